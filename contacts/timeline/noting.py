"""Writing a note: the note and its event, in one transaction."""

from typing import Any

from django.db import transaction

from contacts.timeline.models import Note
from contacts.timeline.recording import record


def write_note(person: Any, body: str, *, by: Any, pinned: bool = False) -> Note:
    """Write a note on ``person``, with its event, in one transaction."""
    with transaction.atomic():
        event = record("noted", by=by, person=person)
        return Note.objects.create(
            account_id=person.account_id, event=event, person=person, author=by, body=body, pinned=pinned
        )
