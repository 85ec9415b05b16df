"""The kinds of records a file can bring: registered by the apps that own the records.

The engine reads, checks, stages, counts, stops and resumes. What a row is, and how it is written, a kind says:
its columns are a django-import-export resource, its writing a ``Session``.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from django.utils.functional import Promise

from contacts.imports.columns import Column
from contacts.imports.matching import Vocabulary


class Existing(NamedTuple):
    """A live record that holds an email."""

    pk: int
    updatable: bool


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
    def begin_chunk(self) -> None:
        """Load what the rules look up: users, companies. Called once before each chunk is checked."""

    @abstractmethod
    def key(self, values: Mapping[str, Any]) -> str:
        """Return what must be unique of a row, "" when it is not known."""

    @abstractmethod
    def existing(self, keys: Sequence[str]) -> dict[str, Existing]:
        """Return the live records of the account that hold these keys, in one query."""

    @abstractmethod
    def complete(self, values: dict[str, Any]) -> list[tuple[str, str]]:
        """Fill in what a new record needs and the row lacks; return what is still missing as (field, message)."""

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

    @abstractmethod
    def targets(self, run: Any, ids: Sequence[int]) -> dict[int, dict[str, str]]:
        """Return name, section and address of these records, in the trash or not, as a report shows them."""

    @abstractmethod
    def check_options(self, options: Mapping[str, Any]) -> dict[str, str]:
        """Return what is wrong with a run's options, by option."""

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names by which the columns are recognised."""
        return Vocabulary(self.columns)

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
