"""Messages by SMS and WhatsApp, and the templates of WhatsApp."""

from contacts.messaging.models.message import BODY_LIMIT, WINDOW, Channel, Message, Wish
from contacts.messaging.models.template import Template

__all__ = ["BODY_LIMIT", "WINDOW", "Channel", "Message", "Template", "Wish"]
