"""What was found alike, what is not the same for certain, and what was merged."""

from contacts.duplicates.models.merge import UNDO_DAYS, Merge
from contacts.duplicates.models.pair import Dismissal, Reason, Suggestion, ordered
from contacts.duplicates.models.scan import Scan, State, Step

__all__ = ["UNDO_DAYS", "Dismissal", "Merge", "Reason", "Scan", "State", "Step", "Suggestion", "ordered"]
