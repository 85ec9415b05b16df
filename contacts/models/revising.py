"""Changing a person: what changed is one event, and nobody overwrites what a colleague saved meanwhile."""

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from contacts.models.adding import email_race_told
from contacts.models.companions import beside, judge, verbs_of_companions
from contacts.models.tag import tag_key
from contacts.timeline.recording import record
from tesoro.money import plain_amount

TRACKED = [
    "salutation", "first_name", "last_name", "email", "phone", "whatsapp", "role", "assigned_to", "language",
    "relation", "notes", "street", "zip_code", "city", "state", "country", "do_not_contact",
]  # fmt: skip
STORED = [*TRACKED, "latitude", "longitude"]


class Conflict(Exception):
    """Somebody saved the person since the form was opened. ``current`` is the person as it stands now."""

    def __init__(self, current: Any, changes: list[dict[str, str]], by: Any, at: Any) -> None:
        super().__init__("the person was saved by somebody else meanwhile")
        self.current = current
        self.changes = changes
        self.by = by
        self.at = at


class Revisable(models.Model):
    """A person that can be changed."""

    class Meta:
        abstract = True

    def words(self: Any) -> dict[str, str]:
        """Return each tracked field as a reader sees it, companions' fields and tags included."""
        values = {name: shown(row, name) for row, names in _rows(self) for name in names}
        return {**values, "tags": ", ".join(self.tag_names())}

    def revise(
        self: Any, *, by: Any, version: int, tags: list[str] | None = None, only: Collection[str] = ()
    ) -> list[dict[str, str]]:
        """Store the tracked fields as they stand on this object, with one event that names each old and new value.

        ``version`` is the one the user saw. Returns the changes; without any, nothing is written. ``only`` names the
        fields to be judged, where a rule that another field breaks is no reason to refuse; without it all are.
        Raises Conflict when the row has moved on since, also into the trash, ValidationError by field when a rule is
        broken.
        """
        with transaction.atomic():
            stored = type(self).with_trash.select_for_update().get(pk=self.pk)
            if stored.version != version or stored.in_trash != self.in_trash:
                raise conflict(stored, version)
            judge(self, only)
            before = stored.words()
            moved = [name for mine, theirs, names in _pairs(self, stored) for name in _moved(theirs, mine, names)]
            with email_race_told():
                # Only what moved: a photo, or a stay in the trash, of the meantime is not undone.
                _save(self, moved)
                if tags is not None:
                    self.set_tags(tags)
            changes = differences(before, self.words(), moved)
            if changes:
                self.version = version + 1
                self.save(update_fields=["version"])
                _tell(self, changes, by)
            return changes

    def revise_one(
        self: Any, name: str, *, by: Any, version: int, tags: list[str] | None = None
    ) -> list[dict[str, str]]:
        """Store one field, beside whatever a colleague has changed in others since ``version``.

        Returns the changes; none when a colleague did the very same. Raises Conflict when they gave this field
        another value, or moved the person to the trash, ValidationError when its rule is broken.
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


def _rows(person: Any) -> list[tuple[Any, Sequence[str]]]:
    """Return the person and its companions, each with the names of its tracked fields."""
    return [(person, STORED), *((row, kind.fields) for kind, row in beside(person))]


def _pairs(person: Any, stored: Any) -> Iterator[tuple[Any, Any, Sequence[str]]]:
    """Return each row of the person beside the stored one. A companion that came or went meanwhile has no pair."""
    theirs = {kind.name: row for kind, row in beside(stored)}
    yield person, stored, STORED
    for kind, row in beside(person):
        if kind.name in theirs:
            yield row, theirs[kind.name], kind.fields


def _moved(before: Any, after: Any, names: Sequence[str]) -> list[str]:
    return [name for name in names if raw(before, name) != raw(after, name)]


def _save(person: Any, moved: list[str]) -> None:
    """Store the fields that moved, each on its row."""
    if own := [name for name in STORED if name in moved]:
        person.save(update_fields=own)
    for kind, row in beside(person):
        if theirs := [name for name in kind.fields if name in moved]:
            kind.before_save(row, theirs)
            row.save()


def holder(person: Any, name: str) -> Any:
    """Return the row that holds a field: the person or a companion."""
    return next(row for row, names in _rows(person) if name in names)


def _same(current: Any, mine: Any, name: str, tags: list[str] | None) -> bool:
    if name == "tags":
        return sorted(map(tag_key, current.tag_names())) == sorted(map(tag_key, tags or []))
    return bool(raw(holder(current, name), name) == raw(holder(mine, name), name))


def raw(person: Any, name: str) -> Any:
    """Return one field as it is stored, for comparing: two colleagues may have one name."""
    value = getattr(person, person._meta.get_field(name).attname)
    return getattr(value, "as_e164", None) or ("" if value is None else value)


def shown(person: Any, name: str) -> str:
    """Return one field of a person as a reader sees it."""
    if name == "do_not_contact":
        return "Yes" if person.do_not_contact else "No"
    display = getattr(person, f"get_{name}_display", None)
    value = display() if display else getattr(person, name)
    return plain_amount(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def differences(before: dict[str, str], after: dict[str, str], moved: list[str]) -> list[dict[str, str]]:
    """Return what differs as a list of field, old and new, in the order of the form.

    ``moved`` are the fields whose stored value differs, also where a reader sees the same word before and after.
    """
    names = [name for name in before if name in moved or before[name] != after[name]]
    return [{"field": name, "old": before[name], "new": after[name]} for name in names]


def _tell(person: Any, changes: list[dict[str, str]], by: Any) -> None:
    for verb, told in events_of(changes):
        if [change["field"] for change in told] == ["assigned_to"]:
            record("assigned", by=by, person=person, version=person.version, changes=told, to=told[0]["new"])
        else:
            record(verb, by=by, person=person, version=person.version, changes=told, **_words_of(verb, told))


def _words_of(verb: str, told: list[dict[str, str]]) -> dict[str, Any]:
    """Return what the sentence of a companion's event names: the first field's old and new value, and the others'."""
    if verb not in dict(verbs_of_companions()):
        return {}
    return {"old": told[0]["old"], "new": told[0]["new"], **{change["field"]: change["new"] for change in told[1:]}}


def events_of(changes: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return verb and changes of each event that tells ``changes``: some fields have an event of their own."""
    by_field = {change["field"]: change for change in changes}
    told: list[tuple[str, list[dict[str, str]]]] = []
    for verb, (first, *more) in [*_consent(by_field), *verbs_of_companions()]:
        if first in by_field:
            told.append((verb, [by_field.pop(name) for name in (first, *more) if name in by_field]))
    return [("changed", list(by_field.values())), *told] if by_field else told


def _consent(by_field: dict[str, dict[str, str]]) -> list[tuple[str, list[str]]]:
    """Return the verb that tells whether somebody is to be contacted."""
    silent = by_field.get("do_not_contact", {}).get("new") == "Yes"
    return [("silenced" if silent else "unsilenced", ["do_not_contact"])]


def conflict(stored: Any, version: int) -> Conflict:
    """Return the conflict between ``version`` and the person as stored: who changed what since.

    Changes made to many people at once carry no version of the single person; those after the last event that does
    count as made since.
    """
    known = stored.events.filter(data__version__lte=version).order_by("-id").values_list("id", flat=True).first()
    changes: dict[str, dict[str, str]] = {}
    last = None
    for event in stored.events.filter(id__gt=known or 0).select_related("actor").order_by("id"):
        for change in _changes_of(event):
            first = changes.get(change["field"], change)
            changes[change["field"]] = {**change, "old": first["old"]}
            last = event
    return Conflict(stored, list(changes.values()), last.actor if last else None, last.at if last else None)


def _changes_of(event: Any) -> list[dict[str, str]]:
    if "changes" in event.data:
        return event.data["changes"]
    if event.verb == "assigned":
        return [{"field": "assigned_to", "old": "", "new": event.data["to"]}]
    if event.verb in ("tagged", "untagged"):
        return [{"field": "tags", "old": "", "new": event.data["tag"]}]
    return []
