"""The list of what was found alike, as the address bar asks for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.duplicates import scanning
from contacts.duplicates.finding import MOST_KEPT
from contacts.duplicates.models import Reason, Scan, Step, Suggestion
from contacts.timeline.models import Event
from tesoro import keyset
from tesoro.access import Request
from tesoro.keyset import Page, Sort

SUREST_FIRST = Sort("-score", "score")
PAGE = 25
READ = [
    f"{who}__{name}"
    for who in ("one", "two")
    for name in (
        "account", "kind", "first_name", "last_name", "email", "phone", "avatar", "country", "created_at",
        "last_activity_at", "assigned_to__email", "assigned_to__first_name", "assigned_to__last_name",
        "assigned_to__photo",
    )
]  # fmt: skip
WORDS: dict[str, Any] = {
    Reason.NAME_AND_PHONE: gettext_lazy("Same name and phone"),
    Reason.PHONE: gettext_lazy("Same phone"),
    Reason.MAILBOX: gettext_lazy("Name and email"),
    Reason.NAME: gettext_lazy("Similar names"),
}


@dataclass(frozen=True)
class Side:
    """One of a pair, with how many events stand on their timeline."""

    person: Any
    events: int


@dataclass(frozen=True)
class Entry:
    """A pair as the list shows it."""

    suggestion: Suggestion
    sides: list[Side]


@dataclass(frozen=True)
class Choice:
    """A reason one can narrow the list to."""

    label: Any
    url: str
    count: int
    on: bool


class Pairs:
    """The pairs that a request asks for. Nothing is asked of the database before it is used."""

    def __init__(self, request: Request) -> None:
        self.request = request
        asked = request.GET.get("reason", "")
        self.reason = asked if asked in Reason.values else ""

    @cached_property
    def everything(self) -> Any:
        """All pairs of which both are there."""
        return Suggestion.objects.for_account(self.request.account).of_living()

    @cached_property
    def scan(self) -> Scan | None:
        """The last search, under way or over."""
        return scanning.newest(self.request.account)

    @property
    def step(self) -> str:
        """What is being compared, in words."""
        return str(Step(self.scan.step).label) if self.scan else ""

    @cached_property
    def page(self) -> Page:
        """The pairs to show, the surest first."""
        rows = self.everything.filter(reason=self.reason) if self.reason else self.everything
        beside = ["one__assigned_to", "two__assigned_to"]
        place = {edge: self.request.GET.get(edge, "") for edge in ("after", "before")}
        own = ["account", "reason", "score", "likeness", "one", "two"]
        rows = rows.select_related(*beside).only(*own, *READ)
        return keyset.page(rows, SUREST_FIRST, PAGE, scope=self.reason, **place)

    @cached_property
    def entries(self) -> list[Entry]:
        """The pairs as the list shows them."""
        pairs = self.page.rows
        people = {pk for pair in pairs for pk in (pair.one_id, pair.two_id)}
        told = Event.objects.filter(person__in=people, shown=True).order_by().values_list("person")
        events = dict(told.annotate(n=Count("pk")))
        return [Entry(one, [Side(who, events.get(who.pk, 0)) for who in (one.one, one.two)]) for one in pairs]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many pairs there are for each reason."""
        return dict(self.everything.order_by().values_list("reason").annotate(n=Count("pk")))

    @property
    def total(self) -> int:
        """How many pairs there are."""
        return sum(self.counts.values())

    @property
    def is_cut(self) -> bool:
        """Whether only the surest pairs were kept."""
        return bool(self.scan and self.total >= MOST_KEPT)

    @property
    def choices(self) -> list[Choice]:
        """Everything, and each reason that has pairs."""
        everything = Choice(_("All"), self._url(""), self.total, not self.reason)
        kinds = [
            Choice(WORDS[reason], self._url(reason), self.counts.get(reason, 0), self.reason == reason)
            for reason in Reason
            if self.counts.get(reason) or self.reason == reason
        ]
        return [everything, *kinds]

    @property
    def previous_url(self) -> str:
        """The address of the previous page, or nothing."""
        return self._url(self.reason, before=self.page.previous) if self.page.previous else ""

    @property
    def next_url(self) -> str:
        """The address of the next page, or nothing."""
        return self._url(self.reason, after=self.page.next) if self.page.next else ""

    def _url(self, reason: str, **place: str) -> str:
        words = {"reason": reason, **place} if reason else place
        return f"{reverse('duplicates:list')}?{urlencode(words)}" if words else reverse("duplicates:list")
