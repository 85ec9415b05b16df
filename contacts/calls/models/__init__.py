"""The call."""

from contacts.calls.models.call import Call, Outcome, Progress

__all__ = ["Call", "Outcome", "Progress"]
