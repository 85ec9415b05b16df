"""Into the trash, out of it again, and away for good: one person or many."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from contacts.attachments.models import Attachment
from contacts.calls.models import Call
from contacts.emails.models import Conversation, Email
from contacts.lines.models import Stray
from contacts.meetings.models import Attendance
from contacts.messaging.models import Message
from contacts.models.adding import email_race_told, email_taken
from contacts.models.companions import complete
from contacts.models.tag import PersonTag
from contacts.subjects import trashing
from contacts.subjects.trashing import CHUNK
from contacts.tasks.models import Task
from contacts.timeline.models import Event, Note
from contacts.timeline.recording import record, record_for

# Every table whose rows belong to one person, those that point to others of them first.
HANGING: list[Any] = [Stray, Email, Conversation, Message, Call, Task, Attendance, Attachment, Note, Event, PersonTag]

# Rooms above that remember people elsewhere are told the ids of those who are deleted for good, before they are.
forgetting: list[Callable[[list[int]], None]] = []
# They are given the files of those who are deleted for good, and their ids: what goes to others is taken out before.
handing_on: list[Callable[[Any, Collection[int]], None]] = []
# They are asked who cannot be restored as they are, and why, by the id.
holding_back: list[Callable[[Collection[int]], dict[int, ValidationError]]] = []
# They are told the ids of those who are restored, in the transaction that does it.
coming_back: list[Callable[[Collection[int]], None]] = []


class TrashCommands(trashing.TrashCommands):
    """A person that can be deleted and restored."""

    class Meta(trashing.TrashCommands.Meta):
        abstract = True

    def restore(self: Any, *, by: Any) -> None:
        """Take the person out of the trash with everything that hung on it.

        Raises ValidationError at ``email`` when another live record has the email by now, or for the record as a
        whole when a room above holds it back.
        """
        with transaction.atomic(), email_race_told():
            if reason := held_back([self.pk]).get(self.pk):
                raise reason
            stored = self.locked()
            if stored.namesake_by_email():
                raise email_taken()
            if stored.in_trash:
                self._move(stored, None, None)
                record("restored", by=by, **self.about)
                _come_back(type(self).objects.filter(pk=self.pk), [self.pk])


def held_back(ids: Collection[int]) -> dict[int, ValidationError]:
    """Return why people among ``ids`` cannot be restored as they are, by the id."""
    return {pk: reason for hold in holding_back for pk, reason in hold(ids).items()}


def _come_back(people: Any, ids: list[int]) -> None:
    """Let people who were restored have what they need, and tell the rooms above."""
    complete(people)
    for told in coming_back:
        told(ids)


def trash_people(people: Any, *, by: Any) -> tuple[int, datetime]:
    """Move every live person of a queryset to the trash; see :func:`contacts.subjects.trashing.trash_records`."""
    return trashing.trash_records(people, by=by)


def restore_people(people: Any, *, by: Any) -> tuple[int, list[int]]:
    """Restore the people of a queryset of trashed rows; return how many, and the ids of those who have to stay.

    Their email is taken by now, or a room above holds them back. A thousand rows a statement. Of two with one email
    the older record comes back and the other is refused.
    """
    now = timezone.now()
    restored, refused = 0, []
    ids = list(people.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        for start in range(0, len(ids), CHUNK):
            back, kept = _restore_chunk(people.model, ids[start : start + CHUNK], by, now)
            restored += back
            refused += kept
    return restored, refused


def _restore_chunk(model: Any, ids: list[int], by: Any, now: datetime) -> tuple[int, list[int]]:
    """Restore those whose email is free; look again when somebody takes one between the look and the writing."""
    for last in (False, False, True):
        free, refused = _parted(model, ids)
        part = model.with_trash.filter(pk__in=free)
        try:
            with transaction.atomic():
                record_for(part, "restored", by=by, at=now)
                part.update(deleted_at=None, deleted_by=None, version=F("version") + 1)
                _come_back(part, free)
            break
        except IntegrityError:
            if last:
                raise
    return len(free), refused


def _parted(model: Any, ids: list[int]) -> tuple[list[int], list[int]]:
    """Part the trashed rows among ``ids``, locked, into those that can come back and those that stay."""
    rows = list(
        model.with_trash.trashed()
        .filter(pk__in=ids)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", "account_id", "email_key")
    )
    accounts, keys = {row[1] for row in rows}, {row[2] for row in rows}
    live = model.with_trash.live().filter(account__in=accounts, email_key__in=keys)
    taken = set(live.values_list("account_id", "email_key"))
    held = held_back([row[0] for row in rows])
    free: list[int] = []
    refused: list[int] = list(held)
    for pk, account, key in rows:
        if pk not in held:
            (refused if (account, key) in taken else free).append(pk)
            taken.add((account, key))
    return free, refused


def purge_people(people: Any) -> int:
    """Delete trashed people for good, with every row that hangs on them; return how many people.

    Empties the tables of ``HANGING``, then the people's own, and deletes photos, files and their thumbnails. A file
    that went along with an email to somebody else as well is theirs from then on.
    """
    with transaction.atomic():
        trashed = people.filter(deleted_at__isnull=False).order_by("pk").select_for_update(of=("self",))
        ids = list(trashed.values_list("pk", flat=True))
        files: list[tuple[Any, str]] = []
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            files += _names_of(people.model.with_trash.filter(pk__in=part), "avatar")
            for hand_on in handing_on:
                hand_on(Attachment.with_trash.filter(person_id__in=part), part)
            files += _names_of(Attachment.with_trash.filter(person_id__in=part), "file", "thumbnail")
            for forget in forgetting:
                forget(part)
            for model in HANGING:
                model._base_manager.filter(person_id__in=part).delete()
            people.model.with_trash.filter(pk__in=part).delete()
        transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])
    return len(ids)


def _names_of(rows: Any, *fields: str) -> list[tuple[Any, str]]:
    """Return storage and name of every file that the rows have in these fields."""
    found = []
    for field in fields:
        storage = rows.model._meta.get_field(field).storage
        found += [(storage, name) for name in rows.exclude(**{field: ""}).values_list(field, flat=True)]
    return found
