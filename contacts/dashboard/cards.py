"""What a dashboard is made of: figures at its head, and cards, registered by whoever owns the rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contacts.dashboard.scope import Scope


@dataclass(frozen=True)
class Stat:
    """One figure at the head of the page, with a note below it; ``tone`` is "good", "bad" or nothing.

    ``url`` is the list that the figure counts, ``note_url`` the one that the note names or compares it with; ``more``
    goes on with the note, and has a list of its own.
    """

    label: str
    text: str
    url: str
    note: str = ""
    tone: str = ""
    # "arrow-up" or "arrow-down" where the note says that something grew or fell.
    icon: str = ""
    note_url: str = ""
    more: str = ""
    more_url: str = ""


@dataclass(frozen=True)
class Card:
    """One block of the page. Its template is given what ``load`` returns as ``card``; None leaves the block out.

    ``aside`` puts it into the column of the day; ``half`` lets it share a line with the next one that is ``half``.
    The template of a card that is a chart is left as it is, and ``load`` returns a :class:`tesoro.charts.Chart`.
    """

    name: str
    place: int
    load: Callable[[Scope], Any]
    template: str = "dashboard/chart.html"
    aside: bool = False
    half: bool = False


stats: list[tuple[int, Callable[[Scope], Stat | None]]] = []
_cards: dict[str, Card] = {}


def register(card: Card) -> None:
    """Have a card shown."""
    _cards[card.name] = card


def cards() -> list[Card]:
    """Return all cards in their order."""
    return sorted(_cards.values(), key=lambda card: card.place)


def heads(scope: Scope) -> list[Stat]:
    """Return the figures at the head of the page in their order."""
    found = (make(scope) for _place, make in sorted(stats, key=lambda one: one[0]))
    return [stat for stat in found if stat is not None]
