"""What is to be decided when two people become one: their fields side by side, and a proposal for each.

Fields that make sense together only are one decision: nobody lives in the street of one and the city of another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from contacts import info
from contacts.models import Kind
from contacts.subjects.revising import holder, raw, shown
from contacts.timeline.models import Event
from tesoro.addresses import PARTS, POINT
from tesoro.geocoding.places import Point

BOTH = "both"
PHOTO = "avatar"


@dataclass(frozen=True)
class Together:
    """Fields that are decided as one. Apps above add theirs to ``together``."""

    label: Any
    names: Sequence[str]


together: list[Together] = [Together(_("Address"), [*PARTS, *POINT])]
# What somebody of the office has settled, and a newer record only has by default: who stays keeps it.
SETTLED = {"salutation", "language", "assigned_to", "role", "relation"}
ADDED = {"notes"}  # texts of which both can be kept, one after the other


@dataclass(frozen=True)
class Decision:
    """One thing that two people have differently, or alike. ``words`` is what each has, by id."""

    key: str
    names: Sequence[str]
    label: str
    words: Mapping[int, str]
    differs: bool
    proposed: str

    @property
    def field(self) -> str:
        """The name of its control."""
        return f"pick-{self.key}"

    @property
    def offers_both(self) -> bool:
        """Whether both can be kept."""
        return self.differs and self.key in ADDED and all(self.words.values())

    @property
    def same(self) -> str:
        """What both have, where they do not differ."""
        return next(iter(self.words.values()))


class Comparison:
    """Two people side by side. Nothing is asked of the database before it is used."""

    def __init__(self, one: Any, two: Any) -> None:
        self.one = one
        self.two = two

    @property
    def people(self) -> tuple[Any, Any]:
        """Both, in the order of the address."""
        return self.one, self.two

    @property
    def may_choose(self) -> bool:
        """Whether either may stay: a lead that turns out to be a contact goes into the contact."""
        return bool(self.one.kind == self.two.kind)

    @cached_property
    def stays(self) -> Any:
        """Who is proposed to stay: the contact before the lead, then the one with more history, then the older."""
        return min(self.people, key=lambda person: (person.kind != Kind.CONTACT, -self.events[person.pk], person.pk))

    @cached_property
    def events(self) -> dict[int, int]:
        """How many events each has."""
        rows = Event.objects.filter(person__in=[person.pk for person in self.people], shown=True)
        counted = dict(rows.order_by().values_list("person").annotate(n=Count("pk")))
        return {person.pk: counted.get(person.pk, 0) for person in self.people}

    @property
    def is_doubtful(self) -> bool:
        """Whether only the names speak for it that both are one: they share no number, and no mailbox name."""
        numbers = [{str(one.phone), str(one.whatsapp)} - {""} for one in self.people]
        mailboxes = [one.email_key.rpartition("@")[0] for one in self.people]
        return not numbers[0] & numbers[1] and mailboxes[0] != mailboxes[1]

    @cached_property
    def decisions(self) -> list[Decision]:
        """Every decision, in the order in which a person's fields are shown."""
        groups = [group for group in together if set(group.names) <= set(self.names)]
        joined = {name: group for group in groups for name in group.names}
        found: dict[str, Decision] = {}
        for name in self.names:
            group = joined.get(name) or Together(info.LABELS.get(name, name), [name])
            key = group.names[0]
            if key not in found:
                found[key] = self._decision(key, group)
        return [*found.values(), self._photo()]

    @property
    def differing(self) -> list[Decision]:
        """The decisions that somebody has to make."""
        return [decision for decision in self.decisions if decision.differs]

    def lacks_point(self, kept: Any) -> bool:
        """Whether both have one address, and only the one who is not ``kept`` its place on the map."""
        (address,) = (decision for decision in self.decisions if set(POINT) <= set(decision.names))
        points = [Point.of(person) for person in self.people]
        return not address.differs and any(points) and Point.of(kept) is None

    @property
    def alike(self) -> list[Decision]:
        """What both have, and have the same."""
        return [decision for decision in self.decisions if not decision.differs and decision.same]

    @cached_property
    def names(self) -> list[str]:
        """The fields that both have; a lead has no role, and what belongs to its pipeline is no contact's."""
        theirs = self.two.parts()
        names = [name for key, part in self.one.parts().items() if key in theirs for name in part.names]
        return [name for name in names if name != "role" or (self.one.is_contact and self.two.is_contact)]

    def _decision(self, key: str, group: Together) -> Decision:
        words = {person.pk: told(person, group.names) for person in self.people}
        # A point is no word: it goes with its address, and where both have the same one, with whoever stays.
        said = [name for name in group.names if name not in POINT]
        values = [[raw(holder(person, name), name) for name in said] for person in self.people]
        return Decision(key, group.names, str(group.label), words, values[0] != values[1], self._proposed(key, values))

    def _photo(self) -> Decision:
        has = [bool(person.avatar) for person in self.people]
        words = {person.pk: str(_("Photo")) if person.avatar else "" for person in self.people}
        return Decision(PHOTO, [PHOTO], str(_("Photo")), words, any(has), self._proposed(PHOTO, [[one] for one in has]))

    def _proposed(self, key: str, values: list[list[Any]]) -> str:
        """Propose the one that is filled; of two the newer, but of what the office settled that of who stays."""
        filled = [any(value not in ("", False) for value in row) for row in values]
        if filled[0] != filled[1]:
            return str(self.people[filled.index(True)].pk)
        if key in ADDED and values[0] != values[1]:
            return BOTH
        if key in SETTLED or key == PHOTO or key not in self._own:
            return str(self.stays.pk)
        return str(max(self.people, key=lambda person: (person.created_at, person.pk)).pk)

    @cached_property
    def _own(self) -> set[str]:
        """The fields of the person's own row."""
        return set(self.one.parts()[""].names)


def told(person: Any, names: Iterable[str]) -> str:
    """Return fields of a person as one reads them, with commas between, without the degrees of a point."""
    said = [name for name in names if name not in POINT]
    return ", ".join(filter(None, (shown(holder(person, name), name) for name in said)))
