"""The scan: one look through all people of an office for records that may be of one and the same."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned, AccountQuerySet

HEARTBEAT_TIMEOUT = timedelta(minutes=2)


class State(models.TextChoices):
    """Where a scan stands."""

    LOOKING = "looking", _("Looking")
    DONE = "done", _("Done")
    ATTENTION = "attention", _("Needs attention")


class Step(models.TextChoices):
    """What is compared, the weakest reason first: a stronger one writes over it."""

    NAMES = "names", _("Comparing names")
    EMAILS = "emails", _("Comparing email addresses")
    WHATSAPPS = "whatsapps", _("Comparing WhatsApp numbers")
    PHONES = "phones", _("Comparing phone numbers")


class ScanQuerySet(AccountQuerySet):
    """Queries with names."""

    def looking(self) -> Self:
        """Return those that a worker has, or should have, in hand."""
        return self.filter(state=State.LOOKING)


class Scan(AccountOwned):
    """One look. The worker owns the row while it looks; ``step`` and ``position`` say where it goes on."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.LOOKING)
    step = models.CharField(_("step"), max_length=9, choices=Step.choices, default=Step.NAMES)
    position = models.JSONField(default=list)  # the key and id of the last row of this step that was compared
    compared = models.PositiveIntegerField(_("compared"), default=0)
    total = models.PositiveIntegerField(_("to compare"), default=0)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    fence = models.PositiveIntegerField(default=0)
    claimed = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = _("search for duplicates")
        verbose_name_plural = _("searches for duplicates")
        indexes = [
            models.Index(fields=["account", "-id"], name="scan_newest"),
            models.Index(fields=["heartbeat_at"], name="scan_looking", condition=Q(state=State.LOOKING)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(state=State.LOOKING), name="scan_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_looking(self) -> bool:
        """Whether a worker has it in hand, or is about to."""
        return self.state == State.LOOKING

    @property
    def is_held(self) -> bool:
        """Whether a living worker has it in hand."""
        return self.claimed and self.heartbeat_at > timezone.now() - HEARTBEAT_TIMEOUT

    @property
    def needs_attention(self) -> bool:
        """Whether it failed several times without getting on."""
        return self.state == State.ATTENTION

    @property
    def percent(self) -> int:
        """How far it is; 100 only when it is over."""
        return min(99, self.compared * 100 // self.total) if self.total and self.is_looking else 100 - self.is_looking
