"""The kinds of records a file can bring: registered by the apps that own the records.

The engine reads, checks, stages, counts, stops and resumes. What a row is, and how it is written, a kind says:
its columns are a django-import-export resource, its writing a ``Session``.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise

from contacts.imports.columns import Column
from contacts.imports.matching import Vocabulary
from contacts.imports.options import Option
from tesoro.addresses import HALF_A_POINT, lacking

Wrong = list[tuple[str, str]]  # field and message of each thing that is wrong with a row
Cells = Callable[[str], Sequence[str]]  # returns what the rows of a chunk say in a field
Counted = Callable[[int], str]  # returns the sentence for so many records, in which %(n)s is their number


@dataclass(frozen=True)
class Words:
    """What screens say of the records of a kind."""

    upload: Any
    see: Any
    owner: Any
    when_known: Any
    update_known: Any
    known: Any
    trashing: Any
    undo_means: Any
    create: Counted
    update: Counted
    undo: Counted
    undone: Counted
    kept: Counted
    # What somebody should know of the file before it is made; "" where the columns say it all.
    hint: Any = ""


class Existing(NamedTuple):
    """A live record that holds a key: an email, or a name. ``record`` is what an update is judged with, if loaded."""

    pk: int
    updatable: bool
    record: Any = None


@dataclass(slots=True)
class Good:
    """A staged row that is about to be written."""

    line: int
    values: dict[str, Any]
    email_key: str
    target: int | None


class Failure(NamedTuple):
    """Why a good row could not be written: the field at fault, and the record that stands in the way, if one does."""

    field: str
    message: str
    record: int | None = None


@dataclass(slots=True)
class Written:
    """What became of the rows of a chunk: how many were written, and by line why the others were not."""

    created: int = 0
    updated: int = 0
    failures: dict[int, Failure] = field(default_factory=dict)


class Session(ABC):
    """One run of one kind, in one process: look-ups are kept from chunk to chunk."""

    columns: Mapping[str, Column]

    @abstractmethod
    def begin_chunk(self, cells: Cells) -> None:
        """Load what the rules look up: users, companies that ``cells`` name. Called before each chunk is checked."""

    @abstractmethod
    def key(self, values: Mapping[str, Any]) -> str:
        """Return what must be unique of a row, "" when it is not known."""

    @abstractmethod
    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return the live records of the account that hold these keys, in a fixed number of queries."""

    def combine(self, values: dict[str, Any]) -> Wrong:
        """Settle what the cells of a row say together; return what contradicts. Coordinates come in pairs."""
        return [(name, str(HALF_A_POINT)) for name in lacking(values)]

    @abstractmethod
    def complete(self, values: dict[str, Any]) -> Wrong:
        """Fill in what a new record needs and the row lacks; return what is still missing, or breaks a rule."""

    def compare(self, values: Mapping[str, Any], existing: Existing) -> Wrong:
        """Return which rules a known record would break when the row updates it."""
        return []

    @abstractmethod
    def taken_message(self) -> str:
        """Return what to say of a key that another record holds."""

    @abstractmethod
    def prepare(self, rows: Sequence[Good]) -> Any:
        """Make ready what ``write`` will insert, before the database is locked."""

    @abstractmethod
    def write(self, rows: Sequence[Good], prepared: Any) -> Written:
        """Create and update, with the events, in the caller's transaction."""


class Kind(ABC):
    """A kind of record that can be imported."""

    key: ClassVar[str]
    title: ClassVar[str | Promise]
    words: ClassVar[Words]
    # The namespace of the section in which the records are, and where the kind stands among the others.
    namespace: ClassVar[str]
    place: ClassVar[int]
    # The field that tells records apart, and those that a row is called by.
    key_field: ClassVar[str] = "email"
    names: ClassVar[Sequence[str]] = ("first_name", "last_name")
    options: ClassVar[Sequence[Option]] = ()
    # What other programs put before the name of any field: "contact.email", "Person - Phone".
    prefixes: ClassVar[frozenset[str]] = frozenset()

    @property
    @abstractmethod
    def columns(self) -> Mapping[str, Column]:
        """The columns, by the name of their field."""

    @abstractmethod
    def session(self, run: Any) -> Session:
        """Return a session for this run."""

    @abstractmethod
    def made_by(self, run: Any) -> Any:
        """Return the queryset of live records that the run created."""

    @abstractmethod
    def made(self, run: Any, lines: Sequence[int]) -> dict[int, int]:
        """Return by line the records that the run created from these lines, in the trash or not."""

    @abstractmethod
    def trash(self, records: Any, by: Any) -> int:
        """Move the records of a queryset to the trash with their events; return how many."""

    def trash_beside(self, run: Any, by: Any) -> None:
        """Move to the trash what the run made beside its records, and nobody uses. Called when these are there."""
        return

    @abstractmethod
    def targets(self, run: Any, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return name, section and address of these records, in the trash or not, as a report shows them."""

    def told_beside(self, run: Any) -> str:
        """Return what the run made beside its records, in a sentence; "" for nothing."""
        return ""

    @abstractmethod
    def tables(self) -> list[Any]:
        """Return the models into whose tables a run writes many rows."""

    def suggestions(self, run: Any, name: str) -> list[str]:
        """Return what a cell of this field may say, where that is a list."""
        return []

    def check_options(self, options: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with a run's options, by option."""
        given = [(option, options.get(option.name)) for option in self.options]
        return {option.name: str(option.refusal) for option, answer in given if answer and not option.allows(answer)}

    @property
    def default_options(self) -> dict[str, str]:
        """The options of a run that nobody has asked yet."""
        return {option.name: option.default for option in self.options if option.default}

    def offer(self, name: str) -> str:
        """Return how to have an option stand in for the empty cells of a field, "" where none does."""
        return next((str(option.offer) for option in self.options if option.field == name), "")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names by which the columns are recognised."""
        return Vocabulary(self.columns, self.prefixes)

    @property
    def list_url(self) -> str:
        """The address of the section."""
        return reverse(f"{self.namespace}:list")

    @property
    def upload_url(self) -> str:
        """The address at which a file of such records is brought."""
        return f"{reverse('imports:upload')}?kind={self.key}"

    @property
    def required(self) -> list[str]:
        """The fields that must be mapped."""
        return [name for name, column in self.columns.items() if column.required]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind importable."""
    _kinds[kind.key] = kind


def get(key: str) -> Kind:
    """Return the kind of this key, or raise KeyError."""
    return _kinds[key]


def named(key: str) -> Kind | None:
    """Return the kind that an address names, None when there is no such one."""
    return _kinds.get(key)


def everything() -> list[Kind]:
    """Return the kinds in the order of their sections."""
    return sorted(_kinds.values(), key=lambda kind: kind.place)
