"""Sections: the lists of the product. What each lists, how it is narrowed and ordered, and what its words are.

A list's page, its filters, saved views, bulk actions and export are the same everywhere; the rooms register what
differs. The address of a section's pages is its namespace: ``contacts:list``, ``leads:list``.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.urls import reverse

from tesoro.keyset import Sort


class Head(NamedTuple):
    """A column of the table: its key, its name, and the word by which the address bar orders the list.

    Of a section whose columns can be chosen, it also says how its cell is drawn: ``draw`` takes a record and what the
    section's ``words_of`` returned. ``titled`` shows the whole of a long cell on hover, ``extra`` stands in the table
    only where it was chosen, and ``fields`` are what it reads of a record that other columns do not.
    """

    key: str
    label: Any
    sort: str = ""
    draw: Callable[[Any, Any], str] | None = None
    titled: bool = False
    extra: bool = False
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """What a section says of itself."""

    title: Any
    search: Any
    placeholder: Any
    create: Any
    all: Any
    filter: Any
    show: Any
    nobody_selected: Any
    trash_question: Any
    # Each takes a number, and words of its own: "3 contacts moved to the trash".
    trashed: Callable[[int], str]
    tagged: Callable[[int, str], str]
    untagged: Callable[[int, str], str]
    # Of a section whose records are assigned to colleagues.
    mine: Any = ""
    assigned: Callable[[int, str], str] = lambda count, name: ""


class Section(ABC):
    """A list of records of one account."""

    namespace: ClassVar[str]
    # What the list can be narrowed to by itself; rooms above add more with ``add_filters``.
    filter_class: ClassVar[Any]
    sorts: ClassVar[Sequence[Sort]]
    heads: ClassVar[Sequence[Head]]
    words: ClassVar[Words]
    # The templates that differ: the rows of the table, and what stands there when it has none.
    rows_template: ClassVar[str]
    empty_template: ClassVar[str]
    # What else can be done with many, as menus of the bulk bar; "" where that is all.
    bulk_template: ClassVar[str] = ""
    # The classes that the table is laid out by, and the filters whose field takes a row of its own.
    table_class: ClassVar[str]
    wide_filters: ClassVar[frozenset[str]]
    create_icon: ClassVar[str]
    # The kind of import that brings such records, "" where there is none.
    import_kind: ClassVar[str] = ""
    # The part of the trash they come to.
    bin: ClassVar[str] = "people"
    # Whether each is somebody's to look after.
    assignable: ClassVar[bool] = True
    # Whether they stand on a board as well, at the address "board".
    board: ClassVar[bool] = False
    # The columns that say in which lane of the board each lies, and where in it.
    lanes: ClassVar[tuple[str, str]] = ("", "")
    # Whether the columns of the table can be chosen; see ``contacts.columns``.
    choosable: ClassVar[bool] = False
    # What takes back other deeds to many than those of every section; see ``contacts.subjects.undoing``.
    undoers: ClassVar[Mapping[str, Callable[[Any], int]]] = {}

    @cached_property
    def filters(self) -> Any:
        """The class of all filters: the section's own, and those that rooms above have added."""
        more = MORE_FILTERS.get(self.namespace)
        # A copy: the class takes what it declares out of what it is given.
        return type(self.filter_class.__name__, (self.filter_class,), dict(more)) if more else self.filter_class

    @abstractmethod
    def everybody(self, account: Any) -> Any:
        """Return all live records of the section."""

    @abstractmethod
    def loaded(self, rows: Any) -> Any:
        """Return the queryset with all that ``rows_of`` reads."""

    @abstractmethod
    def rows_of(self, records: list[Any], account: Any) -> list[Any]:
        """Return records of the account as the rows of the table."""

    def loaded_for(self, rows: Any, heads: Sequence[Head]) -> Any:
        """Return the queryset with all that these columns read."""
        return self.loaded(rows)

    def drawn(self, records: list[Any], account: Any, heads: Sequence[Head], within: str = "") -> list[Any]:
        """Return records of the account as rows with these columns; ``within`` is what their links take along."""
        return self.rows_of(records, account)

    @abstractmethod
    def total(self, account: Any) -> int:
        """Return how many live records the account has, up to 10,001."""

    @abstractmethod
    def elsewhere(self, account: Any, query: str) -> dict[str, Any]:
        """Return what an empty result says of matches in other sections."""

    @abstractmethod
    def trash(self, records: Any, *, by: Any) -> tuple[int, datetime]:
        """Move records to the trash; return how many, and the moment by which that is undone."""

    def assign(self, records: Any, to: Any, *, by: Any) -> tuple[int, datetime]:
        """Give records to a colleague; return how many changed hands, and the moment by which that is undone.

        Only of a section that is ``assignable``.
        """
        raise NotImplementedError

    @abstractmethod
    def tag(self, records: Any, name: str, *, by: Any) -> tuple[int, datetime]:
        """Put a tag on records; return how many did not have it, and the moment by which that is undone."""

    @abstractmethod
    def untag(self, records: Any, tag: Any, *, by: Any) -> tuple[int, datetime]:
        """Take a tag off records; return how many had it, and the moment by which that is undone."""

    @abstractmethod
    def resource(self) -> Any:
        """Return the django-import-export resource by whose columns the records are exported."""

    @abstractmethod
    def exported(self, records: Any) -> Any:
        """Return the queryset with all that the resource's columns read, oldest first."""

    @property
    def import_url(self) -> str:
        """The address at which a file of such records is brought."""
        return f"{reverse('imports:upload')}?kind={self.import_kind}"

    @property
    def board_url(self) -> str:
        """The address of the board."""
        return self.url("board")

    @property
    def map_url(self) -> str:
        """The address of the map."""
        return self.url("map")

    @property
    def list_url(self) -> str:
        """The address of the list."""
        return self.url("list")

    def url(self, name: str) -> str:
        """Return the address of one of the section's pages: "list", "filters", "bulk-trash" …"""
        return reverse(f"{self.namespace}:{name}")


sections: dict[str, Section] = {}
# The filters that rooms above have added, by the namespace of the section and by their word in the address.
MORE_FILTERS: dict[str, dict[str, Any]] = {}


def register(section: Section) -> None:
    """Make a section known by its namespace; the app that owns the records calls it when it is ready."""
    sections[section.namespace] = section


def add_filters(namespace: str, filters: Mapping[str, Any]) -> None:
    """Let the list of a section be narrowed by more; the app that owns what is asked for calls it when it is ready."""
    MORE_FILTERS.setdefault(namespace, {}).update(filters)
