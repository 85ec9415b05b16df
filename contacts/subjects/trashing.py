"""Into the trash and out of it again: one subject, or many."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts.subjects.subject import Subject
from contacts.timeline.recording import record, record_for
from tesoro.trash import Trashable

CHUNK = 1000


class TrashCommands(Subject, Trashable):
    """A subject that can be deleted, and restored by a command of its room, which knows what stands in the way."""

    class Meta(Trashable.Meta):
        abstract = True

    def trash(self: Any, *, by: Any) -> datetime:
        """Move the record to the trash and return the moment, by which the deletion can be undone."""
        now = timezone.now()
        with transaction.atomic():
            stored = self.locked()
            if stored.in_trash:  # somebody pressed twice, or two at once
                return stored.deleted_at
            self._move(stored, now, by)
            record("deleted", by=by, at=now, **self.about)
        return now

    def locked(self: Any) -> Any:
        """Return the row as it is stored, in the trash or not, locked."""
        return type(self).with_trash.select_for_update().get(pk=self.pk)

    def _move(self: Any, stored: Any, at: datetime | None, by: Any) -> None:
        stored.deleted_at, stored.deleted_by, stored.version = at, by, stored.version + 1
        stored.save(update_fields=["deleted_at", "deleted_by", "version"])
        self.deleted_at, self.deleted_by, self.version = at, by, stored.version


def trash_records(rows: Any, *, by: Any) -> tuple[int, datetime]:
    """Move every live row of a queryset to the trash, in one transaction.

    Returns how many, and the moment they share: ``undo`` finds them by it.
    """
    now = timezone.now()
    with transaction.atomic():
        ids = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            part = rows.model.objects.filter(pk__in=ids[start : start + CHUNK])
            record_for(part, "deleted", by=by, at=now)
            part.update(deleted_at=now, deleted_by=by, version=F("version") + 1)
    return len(ids), now


def restore_records(rows: Any, *, by: Any) -> int:
    """Restore the trashed rows of a queryset that nothing can stand in the way of; return how many."""
    now = timezone.now()
    with transaction.atomic():
        ids = list(rows.trashed().select_for_update().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            part = rows.model.with_trash.filter(pk__in=ids[start : start + CHUNK])
            record_for(part, "restored", by=by, at=now)
            part.update(deleted_at=None, deleted_by=None, version=F("version") + 1)
    return len(ids)
