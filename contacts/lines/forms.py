"""The form by which an admin connects Twilio."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contacts.lines.models import Line
from tesoro.secrecy import seal

LONGEST_TOKEN = 100


class LineForm(forms.ModelForm):
    """The line. The token is asked for and never shown: an empty field keeps the one that is stored."""

    token = forms.CharField(
        label=_("Auth token"),
        required=False,
        max_length=LONGEST_TOKEN,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "spellcheck": "false"}),
    )

    class Meta:
        model = Line
        fields = ["sid", "call_number", "whatsapp_number", "reception", "masking", "recording", "active"]
        help_texts = {
            "sid": _("On the first page of the Twilio console. It begins with AC."),
            "call_number": _("The office's number at Twilio. It rings agents and clients, and sends SMS."),
            "whatsapp_number": _("The number that Twilio registered with WhatsApp."),
            "reception": _("Rings when the caller is unknown, or when their agent has no phone. Empty: a message."),
            "masking": _("Off: clients see the agent's own number, which Twilio must have verified."),
            "recording": _("Tell the other side: most countries ask for it."),
            "active": _("Off: nothing is sent, called or taken in. What was entered here stays."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_token = self.instance.is_readable
        stored = _("A token is stored. Leave this empty to keep it.")
        self.fields["token"].help_text = stored if self.has_token else _("Below the account SID at Twilio.")

    def clean_token(self) -> str:
        """Demand a token where none is stored, and a new one with another SID: a token is given to one account."""
        token = self.cleaned_data["token"]
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ValidationError(_("A token has only letters and digits. Copy it once more."), code="character")
        if not token and not self.has_token:
            raise ValidationError(_("Auth token is missing."), code="required")
        if not token and self.instance.pk and "sid" in self.changed_data:
            raise ValidationError(_("Another account SID has another token. Enter it too."), code="required")
        return token

    def save(self, commit: bool = True) -> Any:
        """Store the line; a new token is sealed. Whether the connection works is open again."""
        if self.cleaned_data["token"]:
            self.instance.token = seal(self.cleaned_data["token"])
        if {"sid", "token"} & set(self.changed_data):
            self.instance.tested_at = None
        return super().save(commit)
