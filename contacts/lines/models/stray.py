"""A stray: a call or message from a number that belongs to nobody in the books. It waits in the inbox."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned, AccountQuerySet


class StrayKind(models.TextChoices):
    """What came in."""

    CALL = "call", _("Call")
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")


class StrayQuerySet(AccountQuerySet):
    """Queries with names."""

    def open(self) -> Self:
        """Return those nobody has dealt with."""
        return self.filter(settled_at=None)


class Stray(AccountOwned):
    """One call or message from an unknown number. Settled when it was given to a person, or dismissed."""

    kind = models.CharField(_("kind"), max_length=8, choices=StrayKind.choices)
    number = models.CharField(_("number"), max_length=32)
    body = models.TextField(_("text"), blank=True, default="")
    sid = models.CharField(max_length=34)
    at = models.DateTimeField(_("when"), default=timezone.now)
    data = models.JSONField(default=dict)
    person = models.ForeignKey("contacts.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = StrayQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("unknown caller or sender")
        verbose_name_plural = _("unknown callers and senders")
        indexes = [
            models.Index(fields=["account", "at", "id"], name="stray_open", condition=models.Q(settled_at__isnull=True))
        ]
        constraints = [models.UniqueConstraint(fields=["account", "sid"], name="stray_once")]

    def __str__(self) -> str:
        return self.number
