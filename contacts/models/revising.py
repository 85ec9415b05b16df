"""Changing a person: their companions change with them, and some fields have an event of their own."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar

from contacts.models.adding import email_race_told
from contacts.models.companions import beside, judge, verbs_of_companions
from contacts.models.linking import tell_of_link
from contacts.subjects.revising import Change, Conflict, Part, Revisable, conflict, holder, shown
from contacts.timeline.recording import record

__all__ = ["TRACKED", "Conflict", "RevisablePerson", "conflict", "events_of", "holder", "shown"]

TRACKED = [
    "salutation", "first_name", "last_name", "email", "phone", "whatsapp", "role", "assigned_to", "language",
    "relation", "notes", "street", "zip_code", "city", "state", "country", "do_not_contact",
]  # fmt: skip


class RevisablePerson(Revisable):
    """A person that can be changed."""

    tracked: ClassVar[Sequence[str]] = TRACKED

    class Meta:
        abstract = True

    def parts(self: Any) -> dict[str, Part]:
        """Return the person and its companions."""
        return {**super().parts(), **{kind.name: Part(row, kind.fields) for kind, row in beside(self)}}

    def judge(self: Any, only: Collection[str] = ()) -> None:
        """Judge the person and its companions."""
        judge(self, only)

    def store(self: Any, moved: Collection[str]) -> None:
        """Store the fields that moved, also those of companions."""
        super().store(moved)
        for kind, row in beside(self):
            if theirs := [name for name in kind.fields if name in moved]:
                row.save(update_fields=[*theirs, *kind.before_save(row, theirs)])

    def races_told(self) -> AbstractContextManager[None]:
        """Turn an email that somebody took at the same moment into the form's error."""
        return email_race_told()

    def tell(self: Any, changes: list[Change], before: Any, *, by: Any) -> None:
        """Write an event for what has one of its own, one for all the rest, and those that a company shares."""
        links = [change for change in changes if change["field"] == "relation"]
        for verb, told in events_of([change for change in changes if change not in links]):
            alone = [change["field"] for change in told]
            verb = "assigned" if verb == "changed" and alone == ["assigned_to"] else verb  # noqa: PLW2901
            record(verb, by=by, person=self, version=self.version, changes=told, **words_of(verb, told))
        if links:
            tell_of_link(self, before.relation, by=by, version=self.version)


def words_of(verb: str, told: list[Change]) -> dict[str, Any]:
    """Return what the sentence of an event names: to whom, or the first field's old and new value and the others'."""
    if verb == "assigned":
        return {"to": told[0]["new"]}
    if verb not in dict(verbs_of_companions()):
        return {}
    return {"old": told[0]["old"], "new": told[0]["new"], **{change["field"]: change["new"] for change in told[1:]}}


def events_of(changes: list[Change]) -> list[tuple[str, list[Change]]]:
    """Return verb and changes of each event that tells ``changes``: some fields have an event of their own."""
    by_field = {change["field"]: change for change in changes}
    told: list[tuple[str, list[Change]]] = []
    for verb, (first, *more) in [*_consent(by_field), *verbs_of_companions()]:
        if first in by_field:
            told.append((verb, [by_field.pop(name) for name in (first, *more) if name in by_field]))
    return [("changed", list(by_field.values())), *told] if by_field else told


def _consent(by_field: dict[str, Change]) -> list[tuple[str, list[str]]]:
    """Return the verb that tells whether somebody is to be contacted."""
    silent = by_field.get("do_not_contact", {}).get("new") == "Yes"
    return [("silenced" if silent else "unsilenced", ["do_not_contact"])]
