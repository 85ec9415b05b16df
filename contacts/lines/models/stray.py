"""A stray: a call or message from a number that belongs to nobody in the books. It waits in the inbox."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.phones import format_phone
from tesoro.tenancy import AccountOwned, AccountQuerySet

# What Twilio puts in the place of a number that is withheld: two of these are not the same person.
NAMELESS = [
    "", "anonymous", "Anonymous", "ANONYMOUS", "restricted", "Restricted", "unavailable", "Unavailable", "unknown",
    "Unknown", "+266696687", "+7378742883", "+2562533", "+8656696", "+86282452253",
]  # fmt: skip


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

    def heads(self) -> Self:
        """Return the newest open one of each number; each one from a withheld number stands for itself."""
        newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
        others = Stray.objects.filter(newer, account=OuterRef("account"), number=OuterRef("number")).open()
        return self.open().exclude(Exists(others.exclude(number__in=NAMELESS)))


class Stray(AccountOwned):
    """One call or message from an unknown number. Settled when it was given to a person, or dismissed."""

    kind = models.CharField(_("kind"), max_length=8, choices=StrayKind.choices)
    number = models.CharField(_("number"), max_length=32)
    body = models.TextField(_("text"), blank=True, default="")
    sid = models.CharField(max_length=34)
    at = models.DateTimeField(_("when"), default=timezone.now)
    data = models.JSONField(default=dict)
    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = StrayQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("unknown caller or sender")
        verbose_name_plural = _("unknown callers and senders")
        indexes = [
            models.Index(fields=["account", "at", "id"], name="stray_open", condition=Q(settled_at__isnull=True)),
            models.Index(
                fields=["account", "number", "at", "id"], name="stray_of_number", condition=Q(settled_at__isnull=True)
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["account", "sid"], name="stray_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_nameless(self) -> bool:
        """Whether the number is withheld, so that nobody can be told by it."""
        return self.number in NAMELESS

    @property
    def shown_number(self) -> Any:
        """The number as people write it."""
        return _("Number withheld") if self.is_nameless else format_phone(self.number)

    @property
    def together(self) -> Any:
        """The strays of the account that came from the same number, open or not; of a withheld one it alone."""
        rows = Stray.objects.for_account(self.account_id)
        return rows.filter(pk=self.pk) if self.is_nameless else rows.filter(number=self.number)
