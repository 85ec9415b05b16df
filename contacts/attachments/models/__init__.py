"""The file of a person."""

from contacts.attachments.models.attachment import Attachment

__all__ = ["Attachment"]
