"""A board: the records that a listing asks for, in lanes instead of rows.

The rooms say which lanes there are, what a card shows, and how one is moved; ``contacts.views.board`` shows and moves.
The address bar adds two words to those of the list:
``open`` names the folded lanes that stand open, ``after`` the place in one lane from which it goes on.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.db import connection
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.models import Account
from contacts.listing import Listing
from contacts.tickets import Ticket
from tesoro import keyset
from tesoro.counting import bounded_count, capped
from tesoro.keyset import Page, Sort
from tesoro.ranking import Place

# How many cards a lane shows at first, so that a board opens as fast as a list, and how many each time one scrolls on.
# A window shows fewer of them where there are many lanes.
FIRST, FIRST_OF_MANY, MORE = 6, 5, 24


@dataclass(frozen=True)
class LaneKind:
    """One lane: its word in addresses and forms, its name, its hue.

    A folded one is a narrow strip until it is opened. One that is not ``ordered`` takes a card wherever it falls.
    ``asks`` means that a question comes before a card lies there; no card leaves a lane that is not ``movable``.
    One that ``cheers`` is where a celebration comes from.
    """

    key: str
    label: Any
    hue: str = ""
    folded: bool = False
    ordered: bool = True
    asks: bool = False
    movable: bool = True
    cheers: bool = False


class Gone(Exception):
    """What is to be moved has left the board meanwhile. Says so, for a reader."""


@dataclass(frozen=True)
class Sum:
    """What a lane is worth: in a few signs, and in full."""

    brief: str
    full: str


@dataclass(frozen=True)
class Way:
    """A link to another board of the same section."""

    label: Any
    url: str
    current: bool


class Lane:
    """A lane as the board shows it. Nothing is asked of the database before it is used."""

    def __init__(self, board: "Board", kind: LaneKind) -> None:
        self.board = board
        self.kind = kind
        self.key = kind.key
        self.label = kind.label

    @cached_property
    def rows(self) -> Any:
        """The records of the lane that match, in no order yet."""
        return self.board.rows(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether its cards are shown."""
        return not self.kind.folded or self.key in self.board.opened

    @cached_property
    def count(self) -> int:
        """How many cards match, as far as the board counts."""
        return self.board.count(self.kind)

    @property
    def count_text(self) -> str:
        """The number for a reader."""
        return capped(self.count)

    @cached_property
    def sum(self) -> Sum | None:
        """What all that match are worth together, where the board reckons it."""
        return self.board.sum(self.kind)

    @cached_property
    def page(self) -> Page:
        """The records to show: the first few, or those after the place that the address names."""
        sort, size, scope = self.board.sort, self.board.size, f"{self.key}|{self.board.listing.scope}"
        if not self.after and self.key in self.board.tops:
            return keyset.first_page(self.board.tops[self.key], sort, size, scope=scope)
        return keyset.page(self.board.loaded(self.rows), sort, size, after=self.after, scope=scope)

    @property
    def after(self) -> str:
        """The place from which the lane goes on, "" at its top."""
        key, _colon, cursor = self.board.after.partition(":")
        return cursor if key == self.key else ""

    @property
    def cards(self) -> list[Ticket]:
        """The cards to show."""
        return [self.board.cards[record.pk] for record in self.page.rows] if self.is_open else []

    @cached_property
    def more_url(self) -> str:
        """The address at which the lane goes on, "" at its end."""
        return self.board.address(after=f"{self.key}:{self.page.next}") if self.page.next else ""

    @property
    def top_url(self) -> str:
        """The address of the board with this lane from its top."""
        return self.board.address()

    @cached_property
    def toggle_url(self) -> str:
        """The address at which a folded lane stands open, or an open one is folded."""
        return self.board.address(open=sorted(self.board.opened ^ {self.key}))

    @cached_property
    def create_url(self) -> str:
        """The address of the form for a new record in this lane, "" where none can begin here."""
        return self.board.create_url(self.kind)


def wait_for_board(account_id: int) -> None:
    """Let one transaction at a time give cards of an account another place.

    Two ranks drawn at once from the same room would fall together, and a column that is spread anew waits for every
    card that moves. Whoever moves more than one card, or locks a person first, waits here before: else each waits for
    the other.
    """
    Account.objects.select_for_update(no_key=True).values_list("pk").get(pk=account_id)


# What a card has in place of each mark of its lane's menu.
_MARK = re.compile(r"\[(name|place|ask)\]")


@lru_cache(maxsize=256)
def _menu(board: type["Board"], own: LaneKind, language: str) -> str:
    """Draw the menu of a lane's cards, with marks for what is the card's: a template for each card is felt."""
    return render_to_string("board/_moves.html", {"kinds": board.kinds, "own": own, "word": board.word})


class Board(ABC):
    """The lanes of one section."""

    # The table of what the cards show.
    model: ClassVar[Any]
    kinds: ClassVar[Sequence[LaneKind]]
    sort: ClassVar[Sort]
    # The field by which a form names the lane.
    word: ClassVar[str]
    # More lanes than a window holds: each as wide as a card needs.
    wide: ClassVar[bool] = False
    # What stands above the lanes, as a template, and changes with every move; "" for nothing.
    ledger_template: ClassVar[str] = ""

    def __init__(self, listing: Listing, size: int = FIRST) -> None:
        self.listing = listing
        self.size = size
        self.opened = {kind.key for kind in self.kinds if kind.folded} & set(listing.data.getlist("open"))
        self.after = listing.data.get("after", "")

    @abstractmethod
    def rows(self, kind: LaneKind) -> Any:
        """Return the records of a lane that match the listing's search and filters."""

    def count(self, kind: LaneKind) -> int:
        """Return how many records of a lane match; where the board does not count exactly, up to 10,001."""
        return bounded_count(self.rows(kind))

    def sum(self, kind: LaneKind) -> Sum | None:
        """Return what all records of a lane that match are worth; None where the board does not reckon it."""
        return None

    def top_questions(self, lanes: list[str]) -> list[tuple[str, list[Any]]]:
        """Return for each lane SQL and parameters that ask for the keys of its first records, one more than shown.

        Nothing where each lane is to be read by itself.
        """
        return []

    @cached_property
    def tops(self) -> dict[str, list[Any]]:
        """The loaded records on top of each lane that stands open, in two queries: one for each lane is felt."""
        found: dict[str, list[Any]] = {lane.key: [] for lane in self.lanes if lane.is_open}
        asked = self.top_questions(list(found))
        if not asked:
            return {}
        # By their keys alone, which were found in the account: with more to go by, SQLite reads all its records.
        records = self.loaded(self.model.with_trash.filter(pk__in=_keys_of_all(asked)))
        for record in sorted(records, key=lambda record: (self.rank_of(record), record.pk)):
            # One that went to another lane between the two queries may lie in one that is not open.
            found.setdefault(self.lane_of(record), []).append(record)
        return found

    @abstractmethod
    def loaded(self, rows: Any) -> Any:
        """Return the queryset with all that ``cards_of`` reads."""

    @abstractmethod
    def cards_of(self, records: list[Any]) -> list[Ticket]:
        """Return the cards of records."""

    @abstractmethod
    def create_url(self, kind: LaneKind) -> str:
        """Return the address of the form for a new record in a lane, "" where none can begin there."""

    @abstractmethod
    def place_url(self, record: Any) -> str:
        """Return the address to which the move of a record is posted."""

    @abstractmethod
    def lane_of(self, record: Any) -> str:
        """Return the word of the lane in which a record lies."""

    @abstractmethod
    def rank_of(self, record: Any) -> int:
        """Return the rank of a record in its lane."""

    @abstractmethod
    def hold(self, record: Any) -> None:
        """Let nobody else move the account's cards, or change this record, until the transaction ends; load it anew.

        Raises Gone for one that was deleted for good.
        """

    @abstractmethod
    def place_of(self, record: Any) -> Place:
        """Return where a record lies, so that it can be put back there. Raises Gone."""

    @abstractmethod
    def standing(self, record: Any) -> dict[str, Any]:
        """Return how a record stands: its lane, reason, rank, and the days that go with them, as JSON has them."""

    @abstractmethod
    def arrange(self, record: Any, place: Place, *, by: Any, was: Mapping[str, Any] | None = None) -> None:
        """Put a record into a place, before the neighbour it names, else behind the other one, else on top.

        ``was`` says how it stood there before: it gets rank and days back. ``record`` is loaded anew. Raises Gone, and
        ValidationError where the rules refuse.
        """

    @property
    def switch(self) -> Sequence[Way]:
        """The ways to other boards of the section, where there are several."""
        return ()

    @cached_property
    def lanes(self) -> list[Lane]:
        """All lanes, in order."""
        return [Lane(self, kind) for kind in self.kinds]

    @cached_property
    def going_on(self) -> Lane | None:
        """The lane that the address asks to go on with."""
        return next((lane for lane in self.lanes if lane.after), None)

    def lane(self, key: str) -> Lane:
        """Return the lane of this word; raises StopIteration when there is none."""
        return next(lane for lane in self.lanes if lane.key == key)

    @cached_property
    def cards(self) -> dict[int, Ticket]:
        """The cards of the lanes that stand open, by the key of their record; made in one go, whatever their number."""
        return {card.pk: card for card in self.cards_of([row for lane in self._read for row in lane.page.rows])}

    @property
    def _read(self) -> list[Lane]:
        """The lanes whose cards are wanted: one that goes on is asked for alone when script asks."""
        alone = self.going_on if self.listing.request.htmx else None
        return [alone] if alone else [lane for lane in self.lanes if lane.is_open]

    def menu(self, kind: LaneKind, *, name: str, place_url: str, ask_url: str) -> SafeString:
        """Draw the ways of a card out of its lane: a button each, a link where a question comes first."""
        if not kind.movable:
            return SafeString()
        values = {"name": escape(name), "place": escape(place_url), "ask": escape(ask_url)}
        # In one pass: a name may hold what looks like a mark.
        return mark_safe(_MARK.sub(lambda mark: values[mark[1]], _menu(type(self), kind, get_language() or "")))

    @property
    def is_empty(self) -> bool:
        """Whether no lane holds a card."""
        return not any(lane.count for lane in self.lanes)

    def address(self, **changes: Any) -> str:
        """Return the address of the board with some words changed; a list repeats its word, an empty one leaves."""
        words = self.listing.data.copy()
        for name in ("after", *changes):
            words.pop(name, None)
        for name, value in changes.items():
            words.setlist(name, value if isinstance(value, list) else [value])
        query = words.urlencode()
        return f"{self.listing.here}?{query}" if query else self.listing.here


def _keys_of_all(questions: list[tuple[str, list[Any]]]) -> list[int]:
    """Return the keys that several questions find, asked in one go."""
    of_all = " UNION ALL ".join(f"SELECT * FROM ({sql}) lane_{place}" for place, (sql, _params) in enumerate(questions))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(of_all, [param for _sql, params in questions for param in params])
        return [pk for (pk,) in cursor.fetchall()]
