"""An address that mail came back from."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned


class BouncedAddress(AccountOwned):
    """Mail to this address came back. Known by the address, so a person who gets another one is no longer marked."""

    email_key = models.CharField(_("address"), max_length=254)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("bounced address")
        verbose_name_plural = _("bounced addresses")
        constraints = [models.UniqueConstraint(fields=["account", "email_key"], name="bounce_once")]

    def __str__(self) -> str:
        return self.email_key

    @classmethod
    def of(cls, person: Any) -> "BouncedAddress | None":
        """Return that of the address that a person has now, if mail to it came back."""
        return cls.objects.for_account(person.account_id).filter(email_key=person.email_key).first()
