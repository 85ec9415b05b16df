"""Writing a note: the note and its event, in one transaction."""

from typing import Any

from django.db import transaction

from contacts.timeline.models import Note
from contacts.timeline.recording import record


def write_note(subject: Any, body: str, *, by: Any, pinned: bool = False) -> Note:
    """Write a note on ``subject``, a person or a company, with its event, in one transaction."""
    with transaction.atomic():
        event = record("noted", by=by, **subject.about)
        return Note.objects.create(
            account_id=subject.account_id, event=event, author=by, body=body, pinned=pinned, **subject.about
        )
