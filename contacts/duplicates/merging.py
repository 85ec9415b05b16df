"""Merging: of two people one stays, with everything that hung on both; the other goes to the trash with a pointer.

One transaction. What is changed is remembered on the row of the merge, so that :mod:`contacts.duplicates.undoing` can
part them again.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contacts import info
from contacts.duplicates.deciding import BOTH, PHOTO, Comparison, Decision, together
from contacts.duplicates.hanging import How, Link, links
from contacts.duplicates.memory import Patches, columns, differing
from contacts.duplicates.models import Merge
from contacts.models import Person
from contacts.models.companions import beside, companions
from contacts.models.linking import tell_of_link
from contacts.subjects.revising import CAME_FROM, Conflict, conflict, differences, holder, raw, shown
from contacts.timeline.models import Event
from contacts.timeline.recording import record
from tesoro.addresses import POINT

BATCH = 500


class Gone(Exception):
    """One of the two lies in the trash by now, perhaps merged by somebody else."""

    def __init__(self, person: Person) -> None:
        super().__init__("in the trash by now")
        self.person = person


class Stale(Exception):
    """Somebody saved one of the two, or both, since the form was opened. ``conflicts`` say what."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__("saved by somebody else meanwhile")
        self.conflicts = conflicts


def locked(*people: Any) -> list[Person]:
    """Return people as they are stored, held until the transaction ends; always in one order, so nobody deadlocks."""
    rows = Person.with_trash.select_for_update().filter(pk__in=[person.pk for person in people]).order_by("pk")
    found = {person.pk: person for person in rows}
    for person in people:
        if person.pk not in found:  # deleted for good meanwhile
            raise Gone(person)
    return [found[person.pk] for person in people]


def merge(kept: Any, gone: Any, *, picks: Mapping[str, str], versions: Mapping[int, int], by: Any) -> Merge:
    """Merge ``gone`` into ``kept`` and return the merge.

    ``picks`` says for each decision whose value is taken: an id, or "both"; what it does not name is as proposed.
    ``versions`` are those that the user saw. Raises Gone, Stale, or ValidationError by field when a rule refuses what
    was picked. A contact never goes into a lead: ValueError.
    """
    with transaction.atomic():
        kept, gone = locked(kept, gone)
        _demand_fresh([kept, gone], versions)
        if gone.is_contact and not kept.is_contact:
            raise ValueError("a contact does not go into a lead")
        return _Merging(kept, gone, by).run(picks)


def _demand_fresh(people: list[Person], versions: Mapping[int, int]) -> None:
    """Raise Gone or Stale when the people are not what the user saw."""
    for person in people:
        if person.in_trash:
            raise Gone(person)
    if stale := [conflict(one, versions[one.pk]) for one in people if one.version != versions.get(one.pk, one.version)]:
        raise Stale(stale)


class _Merging:
    """One merge under way."""

    def __init__(self, kept: Person, gone: Person, by: Any) -> None:
        self.kept: Any = kept
        self.gone: Any = gone
        self.by = by
        self.at = timezone.now()
        self.patches = Patches(self.at)
        self.comparison = Comparison(kept, gone)
        self.row = Merge(
            account_id=kept.account_id, kept=kept, gone=gone, by=by, at=self.at,
            kept_name=kept.full_name, gone_name=gone.full_name,
        )  # fmt: skip

    def run(self, picks: Mapping[str, str]) -> Merge:
        """Do it, in an order in which no rule is broken on the way: the email is free once its holder is gone."""
        decided = [(decision, self._pick(decision, picks)) for decision in self.comparison.differing]
        words, states, relation = self.kept.words(), self._states(), self.kept.relation
        left = self._left(decided)
        self._move_rows()
        self.gone.trash(by=self.by)
        moved = self._take_fields(decided)
        self._swap_photos({decision.key: pick for decision, pick in decided}.get(PHOTO, ""))
        self._settle()
        self.row.fields = self._changed(states, self._states())
        self.row.patched = self.patches.made
        self.row.told = {"changes": differences(words, self.kept.words(), moved), "left": left}
        self.row.save()
        self._tell(relation)
        return self.row

    def _pick(self, decision: Decision, picks: Mapping[str, str]) -> str:
        """Return what was picked, or what is proposed where that makes no sense."""
        pick = picks.get(decision.key, "")
        sensible = {str(self.kept.pk), str(self.gone.pk), *([BOTH] if decision.offers_both else [])}
        return pick if pick in sensible else decision.proposed

    def _left(self, decided: list[tuple[Decision, str]]) -> list[dict[str, str]]:
        """Return what is not taken over of either, in words."""
        losers = {str(self.kept.pk): self.gone.pk, str(self.gone.pk): self.kept.pk}
        rows = [(one, one.words.get(losers.get(pick, 0), "")) for one, pick in decided if one.key != PHOTO]
        left = [{"field": one.key, "label": one.label, "value": value} for one, value in rows if value]
        return left + list(self._left_beside())

    def _left_beside(self) -> Iterator[dict[str, str]]:
        """Yield what is known of who goes in a row beside them, where who stays has one at rest: it stays as it is."""
        for kind, row in beside(self.gone):
            if kind.kind != self.kept.kind and getattr(self.kept, kind.name, None) is not None:
                for name in kind.fields:
                    if value := shown(row, name):
                        yield {"field": name, "label": str(info.LABELS.get(name, name)), "value": value}

    def _states(self) -> dict[str, dict[str, Any]]:
        """Return the columns of who stays that a merge may change, by row."""
        parts = self.kept.parts()
        own = [*parts.pop("").names, PHOTO, "last_activity_at"]
        return {"": columns(self.kept, own), **{key: columns(part.row) for key, part in parts.items()}}

    @staticmethod
    def _changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
        """Return the columns that changed, by row; with one of a decision all of it, so that it goes back as one."""
        found = {}
        for key in before.keys() & after.keys():
            found[key] = differing(before[key], after[key])
            for group in together:
                if not found[key].keys().isdisjoint(group.names):
                    found[key] |= {name: [before[key][name], after[key][name]] for name in group.names}
        return found

    def _move_rows(self) -> None:
        """Let everything that points to who goes point to who stays; what both have is united first."""
        known = sorted(links(), key=lambda link: (link.treatment.how is not How.UNITE, link.label))
        for link in known:
            if link.treatment.how is How.COMPANION:
                self._bring_companion(link)
            elif link.treatment.how is not How.STAY:
                self._move(link)

    def _move(self, link: Link) -> None:
        rows = link.rows(self.gone)
        if link.treatment.how is How.UNITE:
            rows = rows.exclude(pk__in=self._united(link))
        if link.field.model is Event:
            self._mark(rows)
            rows = rows.exclude(pk__in=self.patches.staying)
        if ids := list(rows.values_list("pk", flat=True)):
            self.row.moved[link.label] = ids
            rows.order_by().update(**{link.field.name: self.kept})

    def _united(self, link: Link) -> list[int]:
        """Settle the rows of which who stays has the same; return those of who goes, which stay with them."""
        fields, settle = link.treatment.beside, link.treatment.settle
        mine = {tuple(getattr(row, f"{name}_id") for name in fields): row for row in link.rows(self.kept)}
        pairs = [(mine.get(tuple(getattr(row, f"{name}_id") for name in fields)), row) for row in link.rows(self.gone)]
        pairs = [(own, row) for own, row in pairs if own is not None]
        for own, row in pairs:
            if settle:
                settle(own, row, self.patches)
        return [row.pk for _own, row in pairs]

    def _mark(self, events: Any) -> None:
        """Note on the events that tell edits of who goes whose they were."""
        edits = Q(data__has_key="changes") | Q(data__has_key="version") | Q(verb__in=["assigned", "tagged", "untagged"])
        rows = list(events.filter(edits).exclude(data__has_key=CAME_FROM).exclude(pk__in=self.patches.staying))
        for event in rows:
            event.data = {**event.data, CAME_FROM: self.gone.pk}
        Event.objects.bulk_update(rows, ["data"], batch_size=BATCH)
        self.row.marked = [event.pk for event in rows]

    def _bring_companion(self, link: Link) -> None:
        """Bring the row beside who goes along, where who stays has none: their way as a lead is not lost."""
        row = link.rows(self.gone).first()
        if row is None or link.rows(self.kept).exists():
            return
        name = next(
            one.name for one in companions if Person._meta.get_field(one.name).related_model is link.field.model
        )
        self.row.companions[name] = columns(row)
        link.rows(self.gone).order_by().update(**{link.field.name: self.kept})

    def _take_fields(self, decided: list[tuple[Decision, str]]) -> list[str]:
        """Give who stays what was picked of who goes; return the fields that changed by it."""
        wanted = [(one, pick) for one, pick in decided if one.key != PHOTO and pick != str(self.kept.pk)]
        taken = [name for decision, pick in wanted for name in self._take(decision, both=pick == BOTH)]
        taken += self._take_point() if self.comparison.lacks_point(self.kept) else []
        if taken:
            self.kept.judge(taken)
            with self.kept.races_told():
                self.kept.store(taken)
        return taken

    def _take(self, decision: Decision, both: bool) -> Iterator[str]:
        """Take over the fields of one decision; yield those that were another's."""
        for name in decision.names:
            mine, theirs = holder(self.kept, name), holder(self.gone, name)
            if raw(mine, name) != raw(theirs, name):
                value = getattr(theirs, name)
                setattr(mine, name, f"{getattr(mine, name)}\n\n{value}" if both else value)
                yield name

    def _take_point(self) -> Sequence[str]:
        """Take over where the address of both stands, which who stays does not know."""
        for name in POINT:
            setattr(self.kept, name, getattr(self.gone, name))
        return POINT

    def _swap_photos(self, pick: str) -> None:
        """Exchange the files, so that each has one owner whatever is deleted for good later."""
        if pick != str(self.gone.pk):
            return
        mine, theirs = self.kept.avatar.name or "", self.gone.avatar.name or ""
        for person, name in ((self.kept, theirs), (self.gone, mine)):
            Person.with_trash.filter(pk=person.pk).update(avatar=name)
            person.avatar = name

    def _settle(self) -> None:
        """Move version and last activity on."""
        self.kept.version += 1
        self.kept.last_activity_at = max(self.kept.last_activity_at, self.gone.last_activity_at)
        self.kept.save(update_fields=["version", "last_activity_at"])

    def _tell(self, relation: Any) -> None:
        """Write the event of the merge, and those of a company that was left or joined by it."""
        told = {"name": self.gone.full_name, "merge": self.row.pk, **self.row.told}
        record("merged", by=self.by, person=self.kept, at=self.at, version=self.kept.version, **told)
        if self.kept.relation != relation:
            tell_of_link(self.kept, relation, by=self.by)
