"""The forms of emails: writing one, and the office's mail servers."""

from contacts.emails.forms.server import MailServerForm
from contacts.emails.forms.writing import EmailForm

__all__ = ["EmailForm", "MailServerForm"]
