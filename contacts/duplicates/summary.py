"""What the page says of each of two people beside their fields: what hangs on them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contacts.record import LABELS, entries
from contacts.subjects.page import counts_of


@dataclass(frozen=True)
class Side:
    """One of two people; ``letter`` tells them apart where their names do not."""

    person: Any
    letter: str

    @cached_property
    def holds(self) -> list[tuple[Any, int]]:
        """What each tab of the person holds, by its name; empty ones are left out."""
        counted = counts_of(self.person, entries())
        return [(label, counted[f"n_{key}"]) for key, label in LABELS.items() if counted.get(f"n_{key}")]

    @cached_property
    def events(self) -> int:
        """How many events stand on the person's timeline."""
        return self.person.events.visible().count()

    @cached_property
    def tags(self) -> list[Any]:
        """The person's tags, in their order."""
        return list(self.person.tags.order_by("key"))
