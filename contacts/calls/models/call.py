"""The call: placed by a click, taken, or logged by hand."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.calls.models.progress import ENDED, NEAR_ENDED, TALKING, WORDS, Progress, step_of
from contacts.timeline.models import Entry
from tesoro.fields import ProseField
from tesoro.outbox import Outgoing, State
from tesoro.trash import LiveManager, TrashQuerySet

NOTE_LIMIT = 5_000
# Twilio ends a call after four hours. What still runs then will never be told.
LONGEST = timedelta(hours=4)


class Outcome(models.TextChoices):
    """What came of it, as the agent says."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    VOICEMAIL = "voicemail", _("Left a message")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class CallQuerySet(TrashQuerySet):
    """Queries with names."""

    def for_tab(self) -> Self:
        """Load what the cards of a tab show, in one query."""
        return self.select_related("author", "event__actor")


class Call(Entry, Outgoing):
    """One call. ``state`` is about asking Twilio to place it, ``progress`` about the call itself.

    A call logged by hand was never asked for: its state says "sent" or "received" from the start.
    """

    incoming = models.BooleanField(_("incoming"), default=False)
    by_hand = models.BooleanField(default=False, editable=False)
    number = models.CharField(_("number"), max_length=32, blank=True, default="")
    started_at = models.DateTimeField(_("when"), default=timezone.now)
    seconds = models.PositiveIntegerField(_("duration"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True, default="")
    progress = models.CharField(max_length=11, choices=Progress.choices, blank=True, default="", editable=False)
    step = models.PositiveSmallIntegerField(default=0, editable=False)
    note = ProseField(_("note"), max_length=NOTE_LIMIT, blank=True, default="")
    sid = models.CharField(max_length=34, blank=True, default="", editable=False)
    recording_sid = models.CharField(max_length=34, blank=True, default="", editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(CallQuerySet)()
    with_trash: ClassVar[Any] = CallQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        # A call that is logged later stands where it took place.
        indexes = [
            *Outgoing.Meta.indexes,
            models.Index(fields=["person", "deleted_at", "started_at", "id"], name="call_of_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "sid"], condition=~models.Q(sid=""), name="call_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        """Whether more is to be expected of it by itself."""
        if self.by_hand or self.progress in ENDED or self.state in (State.FAILED, State.UNKNOWN):
            return False
        return self.started_at > timezone.now() - LONGEST

    @property
    def stamp(self) -> str:
        """What changes when a running call has moved on."""
        return f"{self.state}-{self.step}"

    @property
    def told(self) -> str | Promise:
        """What the card says of the call in a word or two: the agent's outcome, else how far Twilio has come."""
        if self.outcome:
            return self.get_outcome_display()  # type: ignore[attr-defined]
        if self.is_running:
            return _("Ringing") if self.incoming and self.step < TALKING else WORDS[self.step]
        if self.state in (State.FAILED, State.UNKNOWN):
            return State(self.state).label
        return self._ending if self.progress in ENDED else ""

    @property
    def _ending(self) -> str | Promise:
        if self.incoming and self.progress != Progress.COMPLETED:
            return _("Missed")
        if self.step == NEAR_ENDED and self.progress not in (Progress.COMPLETED, Progress.CANCELED):
            return _("Agent not reached")
        return Progress(self.progress).label

    def follow(self, progress: Progress, *, far: bool, sid: str = "", seconds: int | None = None) -> bool:
        """Take in what Twilio tells of a leg; False when it is old news, which changes nothing.

        ``sid`` is the near leg's. That Twilio tells anything at all proves that it placed the call.
        """
        step = step_of(progress, far=far)
        with transaction.atomic():
            row = type(self).with_trash.select_for_update().get(pk=self.pk)
            if step <= row.step:
                return False
            if step == NEAR_ENDED and row.step < TALKING:  # hung up before anybody answered at the other end
                progress = Progress.CANCELED if progress == Progress.COMPLETED else progress
            row.step, row.progress, row.sid = step, progress, row.sid or sid
            row.seconds = seconds if far and progress == Progress.COMPLETED else row.seconds
            if row.state in (State.SENDING, State.UNKNOWN):
                row.state = State.SENT
            row.save(update_fields=["step", "progress", "sid", "seconds", "state"])
        self.refresh_from_db()
        return True
