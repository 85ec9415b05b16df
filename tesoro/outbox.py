"""What leaves the house: mail, messages and calls, each at most once by itself.

A row is queued in the transaction that writes it. A worker claims it with one conditional update, commits, and only
then speaks to the outside. Whatever breaks between the claim and the answer leaves "state unknown": it may have
arrived, so a person decides whether it is sent again. Nothing here is ever repeated by itself.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import Task

from tesoro.tasks import queued

# Longer than any one sending can take: each has a deadline of its own, well before.
PATIENCE = timedelta(minutes=3)
FAILURE_LENGTH = 500
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class State(models.TextChoices):
    """Where a message is on its way. RECEIVED is the one state of what comes in."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    READ = "read", _("Read")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("State unknown")
    RECEIVED = "received", _("Received")


class Outgoing(models.Model):
    """A row that is sent once. ``failure`` says what the other side answered, in its words.

    A model with a Meta of its own takes ``*Outgoing.Meta.indexes`` along: by them :func:`reap` finds its few rows.
    """

    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.QUEUED, editable=False)
    queued_at = models.DateTimeField(null=True, default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)
    failure = models.CharField(_("failure"), max_length=FAILURE_LENGTH, blank=True, default="", editable=False)

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["state", "queued_at"], name="%(class)s_waiting")]

    @property
    def attempt(self) -> int:
        """Which sending has it: the moment of its claim in microseconds, 0 before the first. News of an older one,
        whose webhooks' addresses name it, are void.
        """
        return (self.claimed_at - _EPOCH) // timedelta(microseconds=1) if self.claimed_at else 0

    @property
    def may_send_again(self) -> bool:
        """Whether a person may decide to send it again."""
        return self.state in (State.FAILED, State.UNKNOWN)

    @property
    def on_its_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.state in (State.QUEUED, State.SENDING)

    def settle(self, state: State, failure: str = "", **fields: Any) -> bool:
        """Store how the sending ended; False when the row was queued anew meanwhile. One update."""
        mine = type(self)._base_manager.filter(pk=self.pk, claimed_at=self.claimed_at)
        done = mine.filter(state__in=[State.SENDING, State.UNKNOWN]).update(
            state=state, failure=failure[:FAILURE_LENGTH], **fields
        )
        self.refresh_from_db()
        return bool(done)

    def confirm(self, **fields: Any) -> bool:
        """Take a row of unknown state for sent, because a person found out; False when its state is known by now."""
        rows = type(self)._base_manager.filter(pk=self.pk, state=State.UNKNOWN)
        done = rows.update(state=State.SENT, failure="", **fields)
        self.refresh_from_db()
        return bool(done)

    def send_again(self, task: Task) -> bool:
        """Queue a failed or unknown row once more, because a person said so; False when it is on its way already.

        Call it in a transaction: the row and its task commit together.
        """
        rows = type(self)._base_manager.filter(pk=self.pk, state__in=[State.FAILED, State.UNKNOWN])
        if not rows.update(state=State.QUEUED, queued_at=timezone.now(), claimed_at=None, failure=""):
            return False
        task.enqueue(self.pk)
        self.refresh_from_db()
        return True


def claim(model: type[Outgoing], pk: int) -> Any:
    """Take a queued row for sending and return it, or None when there is nothing to send. Of several one gets it."""
    rows: Any = model._base_manager.filter(pk=pk, state=State.QUEUED)
    if not rows.update(state=State.SENDING, claimed_at=timezone.now()):
        return None
    return model._base_manager.get(pk=pk)


def reap(model: type[Outgoing], task: Task) -> None:
    """Mark what a worker died over as "state unknown", and queue what lost its task. For ``tesoro.tasks.due``."""
    before = timezone.now() - PATIENCE
    rows: Any = model._base_manager
    rows.filter(state=State.SENDING, claimed_at__lt=before).update(state=State.UNKNOWN)
    stranded = rows.filter(state=State.QUEUED, queued_at__lt=before).order_by("queued_at")
    lost = list(stranded.values_list("pk", flat=True)[:500])
    waiting = {arguments[0] for arguments in queued(task)} if lost else set()
    for pk in [pk for pk in lost if pk not in waiting]:
        rows.filter(pk=pk, state=State.QUEUED).update(queued_at=timezone.now())
        task.enqueue(pk)
