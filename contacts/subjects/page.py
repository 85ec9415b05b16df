"""What the page of a subject shows around its tabs: the tabs with their counts, and its neighbours in the list."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from contacts.places.maps import Still, still_of
from contacts.subjects.sheet import Sheet
from tesoro.access import Request


@dataclass(frozen=True)
class Tab:
    """One tab of the record, at its own address."""

    key: str
    label: Any
    url: str
    current: bool
    count: int = 0


class SubjectPage(ABC):
    """A subject as its page shows it. Nothing is asked of the database before it is used."""

    labels: ClassVar[Mapping[str, Any]]
    sheet: ClassVar[Sheet]
    # The template that the tabs fill, and the one that follows a field that was changed in its place.
    template: ClassVar[str]
    saved_template: ClassVar[str]

    def __init__(self, request: Request, subject: Any, tab: str) -> None:
        self.request = request
        self.subject = subject
        self.tab = tab

    @abstractmethod
    def entries(self) -> dict[str, Any]:
        """Return what each tab counts, whoever's it is."""

    @abstractmethod
    def neighbours(self) -> Any:
        """Return the live subjects of the list that this one is in."""

    @abstractmethod
    def reloaded(self) -> Any:
        """Return the subject as it is stored now, with all that its page reads; raises Http404 when it is gone."""

    @property
    def events(self) -> Any:
        """What its timeline tells."""
        return self.subject.events.all()

    @property
    def keys(self) -> list[str]:
        """The tabs, in order."""
        return list(self.labels)

    @property
    def context(self) -> dict[str, Any]:
        """What its templates call the record and its subject."""
        return {"record": self, **self.subject.about}

    @property
    def short_name(self) -> str:
        """What the subject is called in the middle of a sentence."""
        return str(self.subject)

    @property
    def section(self) -> str:
        """The namespace of the subject's addresses."""
        return self.subject.namespace

    @property
    def list_url(self) -> str:
        """The address of the list the subject is in."""
        return reverse(f"{self.section}:list")

    @property
    def carried(self) -> str:
        """What the addresses of this page take along, as a query string; of a page by itself nothing."""
        return ""

    def url_of(self, tab: str) -> str:
        """Return the address of a tab."""
        name = "detail" if tab == "activities" else tab
        return reverse(f"{self.section}:{name}", args=[self.subject.pk]) + self.carried

    def form_url(self, what: str) -> str:
        """Return the address of the form that begins something: "email", "task", "meeting" …"""
        return reverse(f"{self.section}:{what}-new", args=[self.subject.pk]) + self.carried

    @property
    def url(self) -> str:
        """The address of the tab that is open."""
        return self.url_of(self.tab)

    @property
    def info_url(self) -> str:
        """The address of the tab with all fields."""
        return self.url_of("info")

    @property
    def notes_url(self) -> str:
        """Where notes are listed, and posted."""
        return self.url_of("notes")

    @property
    def heading(self) -> Any:
        """The name of the tab that is open."""
        return self.labels[self.tab]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many entries each tab holds."""
        return counts_of(self.subject, self.entries())

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs, in order; those that hold something say how much."""
        return [
            Tab(key, self.labels[key], self.url_of(key), key == self.tab, self.counts.get(f"n_{key}", 0))
            for key in self.keys
        ]

    @cached_property
    def tags(self) -> list[Any]:
        """The subject's tags, in their order."""
        return list(self.subject.tags.order_by("key"))

    @cached_property
    def still(self) -> Still | None:
        """The small map of the subject's address; nothing where it is on none."""
        return still_of(self.subject)

    @cached_property
    def newer(self) -> str:
        """The address of the subject above in the list's default order, or nothing."""
        return self._neighbour("gt", "last_activity_at", "pk")

    @cached_property
    def older(self) -> str:
        """The address of the subject below in the list's default order, or nothing."""
        return self._neighbour("lt", "-last_activity_at", "-pk")

    def _neighbour(self, op: str, *order: str) -> str:
        at, pk = self.subject.last_activity_at, self.subject.pk
        beyond = Q(**{f"last_activity_at__{op}e": at}) & (Q(**{f"last_activity_at__{op}": at}) | Q(**{f"pk__{op}": pk}))
        found = self.neighbours().filter(beyond).order_by(*order).values_list("pk", flat=True).first()
        return reverse(f"{self.section}:detail", args=[found]) if found else ""


def counts_of(subject: Any, entries: Mapping[str, Any]) -> dict[str, int]:
    """Return how many of the rows of each tab are the subject's, as ``n_`` and the tab's key, in one query."""
    link = subject.subject
    counted = {}
    for tab, rows in entries.items():
        one = rows.filter(**{link: OuterRef("pk")}).order_by().values(link).annotate(n=Count("pk")).values("n")
        counted[f"n_{tab}"] = Coalesce(Subquery(one), 0)
    row: Any = type(subject).with_trash.filter(pk=subject.pk).values(**counted).get()
    return row
