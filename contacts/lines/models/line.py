"""The line: an office's connection to Twilio."""

import re
import secrets
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import RuleField
from tesoro.phones import PhoneField
from tesoro.secrecy import SecretField, UnreadableError, unseal
from tesoro.tenancy import AccountOwned, AccountQuerySet

SID = re.compile(r"AC[0-9a-fA-F]{32}")


class SidField(RuleField):
    """The name of an account at Twilio."""

    def rule(self, value: str) -> str:
        """Return the SID, or raise ValidationError."""
        if not SID.fullmatch(value.strip()):
            raise ValidationError(_("An account SID is AC, then 32 digits or letters from a to f."), code="sid")
        return value.strip()


def new_key() -> str:
    """Return the part of a webhook's address that says which line is meant. No secret: the signature is."""
    return secrets.token_hex(12)


class LineQuerySet(AccountQuerySet):
    """Queries with names."""

    def active(self) -> Self:
        """Return lines that may be used."""
        return self.filter(active=True)


class Line(AccountOwned):
    """An office's Twilio account. The token is stored encrypted and never shown again."""

    sid = SidField(_("account SID"), max_length=34)
    token = SecretField(_("auth token"))
    call_number = PhoneField(_("number for calls and SMS"), blank=True, default="")
    whatsapp_number = PhoneField(_("number for WhatsApp"), blank=True, default="")
    reception = PhoneField(_("reception"), blank=True, default="")
    masking = models.BooleanField(_("show clients the office's number"), default=True)
    recording = models.BooleanField(_("record calls"), default=False)
    active = models.BooleanField(_("active"), default=True)
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)
    tested_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = LineQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("telephone line")
        verbose_name_plural = _("telephone lines")
        constraints = [models.UniqueConstraint(fields=["account"], name="line_once")]

    def __str__(self) -> str:
        return str(self.call_number or self.whatsapp_number or self.sid)

    def clean(self) -> None:
        """Refuse an active line without a number."""
        super().clean()
        if self.active and not self.call_number and not self.whatsapp_number:
            raise ValidationError({"call_number": _("An active line needs a number: this one, or one for WhatsApp.")})

    @property
    def is_readable(self) -> bool:
        """Whether a token is stored and the key it was sealed with is still there."""
        try:
            return bool(unseal(self.token))
        except UnreadableError:
            return False
