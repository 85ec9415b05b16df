"""Messages by SMS and WhatsApp, and the templates of WhatsApp."""

from contacts.messaging.models.message import Channel, Message
from contacts.messaging.models.template import Template

__all__ = ["Channel", "Message", "Template"]
