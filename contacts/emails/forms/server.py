"""The office's mail servers. A stored password is never shown, and never sent to a server it was not typed in for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contacts.emails import hosts
from contacts.emails.models import MailServer, Security
from tesoro.secrecy import seal

LONGEST_PASSWORD = 500
WAYS = ("smtp", "imap")
FIELDS = [
    "sender", "smtp_host", "smtp_port", "smtp_security", "smtp_user",
    "imap_host", "imap_port", "imap_security", "imap_user", "imap_folder",
]  # fmt: skip


def _password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": "new-password", "spellcheck": "false"})
    return forms.CharField(label=label, required=False, strip=False, max_length=LONGEST_PASSWORD, widget=widget)


class MailServerForm(forms.ModelForm):
    """Both servers. An empty password keeps the one that is stored; a box removes it."""

    smtp_password = _password(_("SMTP password"))
    imap_password = _password(_("IMAP password"))
    smtp_forget = forms.BooleanField(label=_("Remove the stored password"), required=False)
    imap_forget = forms.BooleanField(label=_("Remove the stored password"), required=False)

    class Meta:
        model = MailServer
        fields = FIELDS
        # Distinct words, for the list of what is wrong names both servers.
        labels = {
            "smtp_host": _("SMTP server"),
            "smtp_port": _("SMTP port"),
            "smtp_security": _("SMTP security"),
            "smtp_user": _("SMTP user"),
            "imap_host": _("IMAP server"),
            "imap_port": _("IMAP port"),
            "imap_security": _("IMAP security"),
            "imap_user": _("IMAP user"),
        }
        help_texts = {
            "sender": _("Clients see it as the sender, under the name of the agent who writes."),
            "smtp_host": _("Leave it empty to send through the service."),
            "imap_host": _("Leave it empty when answers come in another way."),
            "imap_folder": _("The one that is looked into, usually INBOX."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for way in WAYS:
            if self.has_password(way):
                stored = _("A password is stored. Leave this empty to keep it.")
                self.fields[f"{way}_password"].help_text = stored
            else:
                del self.fields[f"{way}_forget"]

    def has_password(self, way: str) -> bool:
        """Whether a password is stored for "smtp" or "imap"."""
        return bool(getattr(self.instance, f"{way}_password"))

    def clean(self) -> dict[str, Any] | None:
        """Judge what takes more than one field: the name of each server, its password, the sender."""
        super().clean()
        for way in WAYS:
            self._judge_host(way)
            self._judge_password(way)
        if self.cleaned_data.get("smtp_host") and not self.cleaned_data.get("sender") and "sender" not in self.errors:
            self.add_error("sender", _("Say which address mail is sent from: the server asks for one of its own."))
        return self.cleaned_data

    def _judge_host(self, way: str) -> None:
        """Refuse a name nobody knows, or one inside the service's own network."""
        host, port = self.cleaned_data.get(f"{way}_host"), self.cleaned_data.get(f"{way}_port")
        if not host or not port:
            return
        try:
            hosts.addresses(host, port)
        except ValidationError as error:
            self.add_error(f"{way}_host", error)

    def _judge_password(self, way: str) -> None:
        """Ask for the password anew where it would go to another server, or over a line that can be read."""
        data = self.cleaned_data
        keeps = self.has_password(way) and not data.get(f"{way}_password") and not data.get(f"{way}_forget")
        moved = {f"{way}_host", f"{way}_port", f"{way}_user"} & set(self.changed_data)
        opened = f"{way}_security" in self.changed_data and data.get(f"{way}_security") == Security.NONE
        if keeps and data.get(f"{way}_host") and (moved or opened):
            self.add_error(f"{way}_password", _("The server has changed. Type its password again."))

    def save(self, commit: bool = True) -> Any:
        """Store the servers, with passwords sealed. A server that is gone takes its password along.

        Only what is shown here is written: meanwhile a worker may note how far it got in the mailbox. Another mailbox
        is read from its beginning.
        """
        changed = [*FIELDS, "smtp_password", "imap_password"]
        for way in WAYS:
            self._store_password(way)
        if {"imap_host", "imap_user", "imap_folder"} & set(self.changed_data):
            afresh = {"imap_validity": None, "imap_uid": 0, "imap_failure": ""}
            afresh |= {"imap_looked_at": None, "imap_leased_until": None}
            for name, value in afresh.items():
                setattr(self.instance, name, value)
            changed += afresh
        self.instance.save(update_fields=changed if self.instance.pk else None)
        return self.instance

    def _store_password(self, way: str) -> None:
        data, field = self.cleaned_data, f"{way}_password"
        if data.get(field):
            setattr(self.instance, field, seal(data[field]))
        elif data.get(f"{way}_forget") or not data.get(f"{way}_host"):
            setattr(self.instance, field, "")
