"""The forms of emails: writing one, and the office's mail servers."""

from contacts.emails.forms.server import MailServerForm
from contacts.emails.forms.writing import AddressedForm, EmailForm

__all__ = ["AddressedForm", "EmailForm", "MailServerForm"]
