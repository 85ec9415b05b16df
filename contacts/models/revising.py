"""Changing a person: what changed is one event, and nobody overwrites what a colleague saved meanwhile."""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction

from contacts.models.adding import email_race_told
from contacts.models.tag import tag_key
from contacts.timeline.recording import record

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
        """Return each tracked field as a reader sees it, tags included."""
        values = {name: shown(self, name) for name in STORED}
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
            self.full_clean(exclude={"tags", *_beside(self, only)})
            before = stored.words()
            moved = [name for name in STORED if raw(stored, name) != raw(self, name)]
            with email_race_told():
                # Only what moved: a photo, or a stay in the trash, of the meantime is not undone.
                if moved:
                    self.save(update_fields=moved)
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
                setattr(current, name, getattr(self, name))
            return current.revise_one(name, by=by, version=current.version, tags=tags)


def _beside(person: Any, only: Collection[str]) -> set[str]:
    """Return the names of all fields but ``only`` and those that the constraints need; none without ``only``."""
    needed = {*only, "account", "deleted_at", "email_key"}
    return {field.name for field in person._meta.fields} - needed if only else set()


def _same(current: Any, mine: Any, name: str, tags: list[str] | None) -> bool:
    if name == "tags":
        return sorted(map(tag_key, current.tag_names())) == sorted(map(tag_key, tags or []))
    return bool(raw(current, name) == raw(mine, name))


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
    return "" if value is None else str(value)


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
            record(verb, by=by, person=person, version=person.version, changes=told)


def events_of(changes: list[dict[str, str]]) -> list[tuple[str, list[dict[str, str]]]]:
    """Return verb and changes of each event that tells ``changes``: whether to contact somebody is one of its own."""
    consent = [change for change in changes if change["field"] == "do_not_contact"]
    others = [change for change in changes if change["field"] != "do_not_contact"]
    told = [("changed", others)] if others else []
    return [*told, ("silenced" if consent[0]["new"] == "Yes" else "unsilenced", consent)] if consent else told


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
