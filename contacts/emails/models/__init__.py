"""Emails, their conversations, the servers they go through, and the addresses they came back from."""

from contacts.emails.models.bounce import BouncedAddress
from contacts.emails.models.conversation import Conversation
from contacts.emails.models.email import Direction, Email
from contacts.emails.models.server import MailServer, Security

__all__ = ["BouncedAddress", "Conversation", "Direction", "Email", "MailServer", "Security"]
