"""The line: an office's connection to Twilio."""

import secrets
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField
from tesoro.phones import PhoneField
from tesoro.secrecy import SecretField
from tesoro.tenancy import AccountOwned, AccountQuerySet


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

    sid = LineField(_("account SID"), max_length=34)
    token = SecretField(_("auth token"))
    call_number = PhoneField(_("number for calls and SMS"), blank=True, default="")
    whatsapp_number = PhoneField(_("number for WhatsApp"), blank=True, default="")
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
