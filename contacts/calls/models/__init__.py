"""The call."""

from contacts.calls.models.call import NOTE_LIMIT, Call, Outcome
from contacts.calls.models.progress import Progress

__all__ = ["NOTE_LIMIT", "Call", "Outcome", "Progress"]
