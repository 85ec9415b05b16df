"""The list of what lies in the trash, as the address bar asks for it: one kind of records at a time."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.forms import open_record
from contacts.models import Person
from contacts.models.adding import EMAIL_TAKEN
from contacts.models.trashing import held_back, purge_people, restore_people
from tesoro import keyset
from tesoro.access import Request
from tesoro.counting import capped_count
from tesoro.faces import avatar
from tesoro.keyset import Page, Sort
from tesoro.search import terms

NEWEST_FIRST = Sort("-deleted", "deleted_at")
PAGE = 50
MOST_REFUSED = 20


@dataclass(frozen=True)
class Refusal:
    """A record that could not be restored, why, and a way to what stands in the way."""

    record: Any
    message: Any
    url: str
    link: str


@dataclass(frozen=True)
class Row:
    """A record in the trash: its face, what it is, and one way it was reached."""

    record: Any
    face: SafeString
    what: str
    reach: str


class Kind(ABC):
    """One kind of records in the trash: how they are shown, restored, and deleted for good."""

    key: ClassVar[str]
    title: ClassVar[Any]
    model: ClassVar[Any]
    # What the second column tells, and what is said when a search finds nothing.
    what: ClassVar[Any]
    nothing_found: ClassVar[Any]

    def everything(self, account: Any) -> Any:
        """Return all trashed records of the kind."""
        return self.model.with_trash.for_account(account).trashed()

    @abstractmethod
    def row(self, record: Any) -> Row:
        """Return a record as a row."""

    @abstractmethod
    def restore(self, records: Any, *, by: Any) -> tuple[int, list[int]]:
        """Restore the records of a queryset; return how many, and the ids of those that have to stay."""

    @abstractmethod
    def purge(self, records: Any) -> int:
        """Delete the records of a queryset for good, with all that hangs on them; return how many."""

    def refusals(self, account: Any, ids: Sequence[int]) -> list[Refusal]:
        """Return those of the records that cannot be restored, as long as the reason lasts."""
        return []


class PeopleKind(Kind):
    """Contacts and leads."""

    key = "people"
    title = gettext_lazy("Contacts and leads")
    model = Person
    what = gettext_lazy("Section")
    nothing_found = gettext_lazy("Nobody in the trash matches “%(query)s” by name, email or phone.")

    def row(self, record: Any) -> Row:
        """Return a person as a row."""
        return Row(record, avatar(record), str(record.get_kind_display()), record.email)

    def restore(self, records: Any, *, by: Any) -> tuple[int, list[int]]:
        """Restore people; those whose email is used by now, and those who were merged away, stay."""
        return restore_people(records, by=by)

    def purge(self, records: Any) -> int:
        """Delete people for good."""
        return purge_people(records)

    def refusals(self, account: Any, ids: Sequence[int]) -> list[Refusal]:
        """Return those whom a room above holds back, and those whose email another record holds."""
        people = list(self.everything(account).filter(pk__in=ids).order_by("pk"))
        live = Person.objects.for_account(account).filter(email_key__in=[person.email_key for person in people])
        holders = {holder.email_key: holder for holder in live}
        held = held_back([person.pk for person in people])
        return [
            _held(person, held[person.pk]) if person.pk in held else _taken(person, holders[person.email_key])
            for person in people
            if person.pk in held or person.email_key in holders
        ]


def _held(person: Person, reason: Any) -> Refusal:
    return Refusal(person, reason.messages[0], reason.params["link_url"], reason.params["link_text"])


def _taken(person: Person, holder: Person) -> Refusal:
    return Refusal(person, EMAIL_TAKEN, holder.get_absolute_url(), open_record(holder))


_kinds: dict[str, Kind] = {PeopleKind.key: PeopleKind()}


def register(kind: Kind) -> None:
    """Make a kind of records known to the trash; the app that owns them calls it when it is ready."""
    _kinds[kind.key] = kind


def kind_named(key: str) -> Kind:
    """Return the kind of this key; the first one, people, for what is none."""
    return _kinds.get(key) or next(iter(_kinds.values()))


@dataclass(frozen=True)
class Tab:
    """One kind, and how many of it lie in the trash."""

    title: Any
    url: str
    count: str
    current: bool


class Bin:
    """The trashed records of an account, of one kind. Nothing is asked of the database before it is used."""

    def __init__(self, request: Request, query: str | None = None, kind: Kind | None = None) -> None:
        self.request = request
        self.account = request.account
        self.query = (request.GET.get("q", "") if query is None else query).strip()
        self._kind = kind

    @cached_property
    def kind(self) -> Kind:
        """The kind that is shown: the one asked for, or else the first of which anything is there."""
        if self._kind or "bin" in self.request.GET:
            return self._kind or kind_named(self.request.GET["bin"])
        return next((kind for kind in _kinds.values() if self._counts[kind.key] != "0"), kind_named(""))

    @cached_property
    def _counts(self) -> dict[str, str]:
        return {key: capped_count(kind.everything(self.account)) for key, kind in _kinds.items()}

    @property
    def tabs(self) -> list[Tab]:
        """The kinds, with what was searched for."""
        return [
            Tab(kind.title, self._url(bin=key), self._counts[key], kind is self.kind) for key, kind in _kinds.items()
        ]

    @property
    def holds_anything(self) -> bool:
        """Whether anything lies in the trash."""
        return any(count != "0" for count in self._counts.values())

    @cached_property
    def everything(self) -> Any:
        """All trashed records of the kind."""
        return self.kind.everything(self.account)

    @cached_property
    def records(self) -> Any:
        """Those that match the search. The index holds live rows only; a trash is small enough to read."""
        records = self.everything
        for word in terms(self.query):
            records = records.filter(search_text__contains=word)
        return records

    @cached_property
    def page(self) -> Page:
        """The records to show, newest first."""
        place = {edge: self.request.GET.get(edge, "") for edge in ("after", "before")}
        scope = f"{self.kind.key}|{self.query}"
        return keyset.page(self.records.select_related("deleted_by"), NEWEST_FIRST, PAGE, scope=scope, **place)

    @property
    def rows(self) -> list[Row]:
        """The records of the page as rows."""
        return [self.kind.row(record) for record in self.page.rows]

    @cached_property
    def matches(self) -> int:
        """How many match, to the last one: who deletes for good types this number."""
        return self.records.order_by().count()

    @property
    def count_text(self) -> str:
        """What stands beside the title: "12 of 90", or "90"."""
        if not self.query:
            return self.matches_text
        return _("%(matches)s of %(total)s") % {"matches": self.matches_text, "total": self._counts[self.kind.key]}

    @property
    def matches_text(self) -> str:
        """How many match, as it is written: "1,204"."""
        return number_format(self.matches, force_grouping=True, use_l10n=True)

    @property
    def nothing_found(self) -> str:
        """What is said when nothing matches."""
        return str(self.kind.nothing_found) % {"query": self.query}

    @property
    def shown(self) -> str:
        """What the foot says."""
        words = {"rows": len(self.page.rows), "matches": self.matches_text}
        return _("Showing %(rows)s of %(matches)s") % words

    @property
    def url(self) -> str:
        """The address of this kind, without a search."""
        return f"{reverse('trash:list')}?{urlencode({'bin': self.kind.key})}"

    @property
    def previous_url(self) -> str:
        """The address of the previous page, or nothing."""
        return self._url(before=self.page.previous, bin=self.kind.key) if self.page.previous else ""

    @property
    def next_url(self) -> str:
        """The address of the next page, or nothing."""
        return self._url(after=self.page.next, bin=self.kind.key) if self.page.next else ""

    def _url(self, **words: str) -> str:
        given = {"q": self.query, **words} if self.query else words
        return f"{reverse('trash:list')}?{urlencode(given)}"

    @cached_property
    def refusals(self) -> list[Refusal]:
        """Those a restore has just refused, as the address names them, as long as the reason lasts."""
        ids = [int(pk) for pk in self.request.GET.get("refused", "").split(",") if pk.isdecimal() and len(pk) < 19]
        return self.kind.refusals(self.account, ids[:MOST_REFUSED]) if ids else []
