"""The call: placed by a click, taken, or logged by hand."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models import Entry
from tesoro.fields import ProseField
from tesoro.outbox import Outgoing


class Progress(models.TextChoices):
    """How far a call over Twilio has come; the words are Twilio's."""

    QUEUED = "queued", _("Waiting")
    INITIATED = "initiated", _("Dialling")
    RINGING = "ringing", _("Ringing")
    IN_PROGRESS = "in-progress", _("Talking")
    COMPLETED = "completed", _("Ended")
    BUSY = "busy", _("Busy")
    NO_ANSWER = "no-answer", _("No answer")
    CANCELED = "canceled", _("Cancelled")
    FAILED = "failed", _("Failed")


class Outcome(models.TextChoices):
    """What came of it, as the agent says."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    VOICEMAIL = "voicemail", _("Left a message")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class Call(Entry, Outgoing):
    """One call. ``state`` is about asking Twilio to place it, ``progress`` about the call itself."""

    incoming = models.BooleanField(_("incoming"), default=False)
    by_hand = models.BooleanField(default=False, editable=False)
    number = models.CharField(_("number"), max_length=32, blank=True, default="")
    started_at = models.DateTimeField(_("when"), default=timezone.now)
    seconds = models.PositiveIntegerField(_("duration"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True, default="")
    progress = models.CharField(max_length=11, choices=Progress.choices, blank=True, default="", editable=False)
    note = ProseField(_("note"), max_length=5_000, blank=True, default="")
    sid = models.CharField(max_length=34, blank=True, default="", editable=False)
    recording_sid = models.CharField(max_length=34, blank=True, default="", editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.UniqueConstraint(fields=["account", "sid"], condition=~models.Q(sid=""), name="call_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.started_at:%Y-%m-%d %H:%M}"
