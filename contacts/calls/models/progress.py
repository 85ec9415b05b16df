"""How far a call over Twilio has come. It has two legs, and news of both arrive late, twice, and in any order."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Progress(models.TextChoices):
    """Where a leg of a call is; the words are Twilio's."""

    QUEUED = "queued", _("Waiting")
    INITIATED = "initiated", _("Dialling")
    RINGING = "ringing", _("Ringing")
    IN_PROGRESS = "in-progress", _("Talking")
    COMPLETED = "completed", _("Ended")
    BUSY = "busy", _("Busy")
    NO_ANSWER = "no-answer", _("No answer")
    CANCELED = "canceled", _("Cancelled")
    FAILED = "failed", _("Failed")


# The near leg stands between Twilio and whoever began: the agent who clicked, or the client who called the office. The
# far one is dialled when the near one is up, and is what the call is about. A call only ever goes to a higher step.
# How the far leg ended outranks how the near one did, which may be told first.
NEAR = {Progress.QUEUED: 1, Progress.INITIATED: 2, Progress.RINGING: 3, Progress.IN_PROGRESS: 4}
FAR = {Progress.QUEUED: 5, Progress.INITIATED: 5, Progress.RINGING: 6, Progress.IN_PROGRESS: 7}
TALKING = FAR[Progress.IN_PROGRESS]
NEAR_ENDED, FAR_ENDED = 8, 9
ENDED = frozenset(Progress) - frozenset(NEAR)
# What an agent reads while the call runs.
WORDS: dict[int, Promise] = {
    0: _("Waiting"), 1: _("Waiting"), 2: _("Ringing the agent"), 3: _("Ringing the agent"), 4: _("Dialling"),
    5: _("Dialling"), 6: _("Ringing"), 7: _("Talking"),
}  # fmt: skip


def step_of(progress: Progress, *, far: bool) -> int:
    """Return how far a call is by the news that one of its legs is at ``progress``."""
    return (FAR.get(progress, FAR_ENDED)) if far else (NEAR.get(progress, NEAR_ENDED))
