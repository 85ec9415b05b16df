"""Everything that happens with a person or a company, one row per fact."""

from contacts.timeline.models.entry import Entry, SubjectEntry
from contacts.timeline.models.event import Event
from contacts.timeline.models.note import Note

__all__ = ["Entry", "Event", "Note", "SubjectEntry"]
