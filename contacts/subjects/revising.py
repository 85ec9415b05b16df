"""Changing a subject: what changed is one event, and nobody overwrites what a colleague saved meanwhile."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django.db import transaction

from contacts.subjects.tagging import Taggable
from contacts.timeline.recording import record
from tesoro.addresses import POINT, leave_point
from tesoro.geocoding.places import PLACE, point_told
from tesoro.moments import day
from tesoro.money import AmountField, plain_amount, told
from tesoro.text import fold

Change = dict[str, str]
# Stands in the data of an event of another record that was merged into this one: it tells no change of this one.
CAME_FROM = "came_from"


class Conflict(Exception):
    """Somebody saved the record since the form was opened. ``current`` is the record as it stands now."""

    def __init__(self, current: Any, changes: list[Change], by: Any, at: Any) -> None:
        super().__init__("the record was saved by somebody else meanwhile")
        self.current = current
        self.changes = changes
        self.by = by
        self.at = at


class Part(NamedTuple):
    """A row that holds fields of a subject: the subject itself, or one that is kept beside it."""

    row: Any
    names: Sequence[str]


class Revisable(Taggable):
    """A subject that can be changed. ``tracked`` are the fields that are compared and told, each for itself.

    Its point is compared by its two fields and told as one, ``place``.
    """

    tracked: ClassVar[Sequence[str]]

    class Meta:
        abstract = True

    def parts(self: Any) -> dict[str, Part]:
        """Return the rows that hold the record's fields, by a name that two states of it share."""
        return {"": Part(self, [*self.tracked, *POINT])}

    def judge(self: Any, only: Collection[str] = ()) -> None:
        """Judge the record by its rules, or raise ValidationError by field; ``only`` names the fields to be judged."""
        others = {field.name for field in self._meta.fields} - {*only, "account"} if only else set()
        self.full_clean(exclude=others | {"tags"})

    def store(self: Any, moved: Collection[str]) -> None:
        """Store the fields that moved, each on its row."""
        if own := [name for name in self.parts()[""].names if name in moved]:
            self.save(update_fields=own)

    def races_told(self) -> AbstractContextManager[None]:
        """Return what turns the database's refusal of a row into ValidationError, around each writing."""
        return nullcontext()

    def tell(self: Any, changes: list[Change], before: Any, *, by: Any) -> None:
        """Write the event that tells ``changes``; ``before`` is the record as it stood."""
        record("changed", by=by, version=self.version, changes=changes, **self.about)

    def words(self: Any) -> dict[str, str]:
        """Return each field as a reader sees it, tags included."""
        fields = [(row, name) for row, names in self.parts().values() for name in names if name not in POINT]
        values = {name: shown(row, name) for row, name in fields}
        return {**values, PLACE: point_told(self), "tags": ", ".join(self.tag_names())}

    def revise(
        self: Any, *, by: Any, version: int, tags: list[str] | None = None, only: Collection[str] = ()
    ) -> list[Change]:
        """Store the fields as they stand on this object, with one event that names each old and new value.

        ``version`` is the one the user saw. Returns the changes; without any, nothing is written. ``only`` names the
        fields to be judged, where a rule that another field breaks is no reason to refuse; without it all are.
        Raises Conflict when the row has moved on since, also into the trash, ValidationError by field when a rule is
        broken.
        """
        with transaction.atomic():
            stored = type(self).with_trash.select_for_update().get(pk=self.pk)
            if stored.version != version or stored.in_trash != self.in_trash:
                raise conflict(stored, version)
            leave_point(stored, self)
            self.judge(only)
            before = stored.words()
            moved = list(_moved(stored, self))
            with self.races_told():
                # Only what moved: a photo, or a stay in the trash, of the meantime is not undone.
                self.store(moved)
                if tags is not None:
                    self.set_tags(tags)
            changes = differences(before, self.words(), moved)
            if changes:
                self.version = version + 1
                self.save(update_fields=["version"])
                self.tell(changes, stored, by=by)
            return changes

    def revise_one(self: Any, name: str, *, by: Any, version: int, tags: list[str] | None = None) -> list[Change]:
        """Store one field, beside whatever a colleague has changed in others since ``version``.

        Returns the changes; none when a colleague did the very same. Raises Conflict when they gave this field
        another value, or moved the record to the trash, ValidationError when its rule is broken.
        """
        try:
            return self.revise(by=by, version=version, tags=tags, only=[name])
        except Conflict as conflict:
            current = conflict.current
            if _same(current, self, name, tags):
                return []
            if current.in_trash or name in {change["field"] for change in conflict.changes}:
                raise
            if name != "tags":
                setattr(holder(current, name), name, getattr(holder(self, name), name))
            return current.revise_one(name, by=by, version=current.version, tags=tags)


def holder(subject: Any, name: str) -> Any:
    """Return the row that holds a field of the subject."""
    return next(row for row, names in subject.parts().values() if name in names)


def _moved(before: Any, after: Any) -> Iterator[str]:
    """Yield the fields whose stored value differs. A row beside that came or went meanwhile has no pair."""
    theirs = before.parts()
    for key, (row, names) in after.parts().items():
        if key in theirs:
            yield from (name for name in names if raw(theirs[key].row, name) != raw(row, name))


def _same(current: Any, mine: Any, name: str, tags: list[str] | None) -> bool:
    if name == "tags":
        return sorted(map(fold, current.tag_names())) == sorted(map(fold, tags or []))
    return bool(raw(holder(current, name), name) == raw(holder(mine, name), name))


def raw(row: Any, name: str) -> Any:
    """Return one field as it is stored, for comparing: two colleagues may have one name."""
    value = getattr(row, row._meta.get_field(name).attname)
    return getattr(value, "as_e164", None) or ("" if value is None else value)


def shown(row: Any, name: str) -> str:
    """Return one field of a row as a reader sees it; an amount is money of the row's account."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(row._meta.get_field(name), AmountField) and value not in (None, ""):
        return told(value, row.account.currency)
    if isinstance(value, date):
        return day(value)
    return plain_amount(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def fields_of(name: str) -> Sequence[str]:
    """Return the fields that are told under a name: one of the same name, but for the point, which has two."""
    return POINT if name == PLACE else (name,)


def differences(before: Change, after: Change, moved: Collection[str]) -> list[Change]:
    """Return what differs as a list of field, old and new, in the order of the form.

    ``moved`` are the fields whose stored value differs, also where a reader sees the same word before and after.
    """
    names = [name for name in before if before[name] != after[name] or not {*fields_of(name)}.isdisjoint(moved)]
    return [{"field": name, "old": before[name], "new": after[name]} for name in names]


def conflict(stored: Any, version: int) -> Conflict:
    """Return the conflict between ``version`` and the record as stored: who changed what since.

    Changes made to many records at once carry no version of the single one; those after the last event that does
    count as made since.
    """
    events = stored.events.told_of(stored.subject).exclude(data__has_key=CAME_FROM)
    known = events.filter(data__version__lte=version).order_by("-id").values_list("id", flat=True).first()
    changes: dict[str, Change] = {}
    last = None
    for event in events.filter(id__gt=known or 0).select_related("actor").order_by("id"):
        for change in _changes_of(event):
            first = changes.get(change["field"], change)
            changes[change["field"]] = {**change, "old": first["old"]}
            last = event
    return Conflict(stored, list(changes.values()), last.actor if last else None, last.at if last else None)


def _changes_of(event: Any) -> list[Change]:
    if "changes" in event.data:
        return event.data["changes"]
    if event.verb == "assigned":
        return [{"field": "assigned_to", "old": "", "new": event.data["to"]}]
    if event.verb in ("tagged", "untagged"):
        return [{"field": "tags", "old": "", "new": event.data["tag"]}]
    return []
