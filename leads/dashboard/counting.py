"""The leads of a period, counted once for all cards together."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, Value
from django.db.models.functions import Concat

from contacts.dashboard import months
from contacts.dashboard.asked import Asked, whose
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import YEAR, period_before
from contacts.models import Kind, Person
from leads.models import Lead, Status
from tesoro.trash import live


class Tally(NamedTuple):
    """How many leads of the period have one origin and one status."""

    source: str
    portal: str
    status: str
    leads: int


class Turned(NamedTuple):
    """How many of those who were put down from ``since`` on, until the next such moment, are contacts by now.

    ``by_then`` of them were that a year ago.
    """

    since: datetime
    source: str
    portal: str
    leads: int
    by_then: int


def still_leads(account: Any, agent: Any, start: datetime, end: datetime) -> Any:
    """Return the people who were put down from ``start`` until before ``end`` and are leads still."""
    people = Person.objects.for_account(account).leads().filter(created_at__gte=start, created_at__lt=end)
    return of_agent(agent, people).order_by()


def turned(account: Any, agent: Any) -> Any:
    """Return the leads of those who are contacts by now; an index holds who was converted."""
    rows = Lead.objects.for_account(account).filter(live("person"), person__kind=Kind.CONTACT)
    return of_agent(agent, rows.filter(converted_at__isnull=False), "person__").order_by()


def of_agent(agent: Any, rows: Any, path: str = "") -> Any:
    """Return the rows whose person is assigned to the agent; ``path`` leads to the person, None means everybody."""
    return rows if agent is None else rows.filter(**{f"{path}assigned_to": agent})


def _by_origin(account: int, agent: int | None, start: datetime, end: datetime) -> Any:
    rows = still_leads(account, agent, start, end).values_list("lead__source", "lead__portal", "lead__status")
    return rows.annotate(count=Count("pk"))


def _turned_by(account: int, agent: int | None, then: datetime, *cuts: datetime) -> Any:
    """Count those who are contacts by now between each two of the moments at which they were put down."""
    # By one key, so that SQLite does not go through all leads in the order of their source.
    keys = [months.PlaceAmong("person__created_at", cuts), Concat("source", Value(" "), "portal")]
    rows = turned(account, agent).filter(person__created_at__gte=cuts[0], person__created_at__lt=cuts[-1])
    if connection.vendor == "postgresql":
        # So it finds the days of people in an index; SQLite would leave that of the converted, who are fewer, for it.
        rows = rows.filter(person__account=account)
    counted = rows.values_list(*keys).annotate(count=Count("pk"))
    return counted.annotate(by_then=Count("pk", filter=Q(converted_at__lt=then)))


def _converted_by(account: int, agent: int | None, *edges: datetime) -> Any:
    rows = turned(account, agent).filter(converted_at__gte=edges[0], converted_at__lt=edges[-1])
    return rows.values_list(months.PlaceAmong("converted_at", edges)).annotate(count=Count("pk"))


CAME = Asked(lambda *args: still_leads(*args).values_list("pk"))
BY_ORIGIN, TURNED, CONVERTED = Asked(_by_origin), Asked(_turned_by), Asked(_converted_by)


def tallies(scope: Scope) -> list[Tally]:
    """Return all leads of the period, counted once for all cards together."""
    found: list[Tally] = scope.once("tallies", _counted)
    return found


def _counted(scope: Scope) -> list[Tally]:
    contacts = Counter[tuple[str, str]]()
    for one in turned_in(scope, scope.span):
        contacts[one.source, one.portal] += one.leads
    return [Tally(*row) for row in BY_ORIGIN(*whose(scope), *scope.span)] + [
        Tally(*origin, Status.CONVERTED, count) for origin, count in contacts.items()
    ]


def came(scope: Scope) -> dict[months.Span, int]:
    """Return how many came and are leads still: in each month, and in the days that the period is compared with."""

    def ask(_scope: Scope) -> dict[months.Span, int]:
        spans = list(dict.fromkeys([*pairwise(months.edges(scope, scope.months)), *_compared(scope)]))
        return dict(zip(spans, months.counts(CAME, whose(scope), spans), strict=True))

    found: dict[months.Span, int] = scope.once("came", ask)
    return found


def _compared(scope: Scope) -> list[months.Span]:
    """Return from when to when lasts what the figures are compared with."""
    return [period_before(scope).span, scope.year_before.span]


def turned_in(scope: Scope, span: months.Span) -> list[Turned]:
    """Return those who were put down in the period, in a month that it touches, or in days it is compared with."""
    found: list[Turned] = scope.once("turned", _turned)
    return [one for one in found if span[0] <= one.since < span[1]]


def _turned(scope: Scope) -> list[Turned]:
    cuts = {*months.edges(scope, scope.months), *scope.span, *(moment for span in _compared(scope) for moment in span)}
    moments = sorted(cuts)
    then = scope.midnight(months.back(scope.today, YEAR) + timedelta(days=1))
    counted = TURNED(*whose(scope), then, *moments)
    return [Turned(moments[place], *origin.split(" "), *counts) for place, origin, *counts in counted]


class Cohort(NamedTuple):
    """How many leads some days brought, and how many of them were contacts by the same time of their own year."""

    leads: int
    won: int


def cohort_of(scope: Scope, days: Scope) -> Cohort:
    """Return what earlier days brought: those that the period is compared with."""
    found = turned_in(scope, days.span)
    leads = came(scope)[days.span] + sum(one.leads for one in found)
    return Cohort(leads, sum(one.by_then for one in found))


def how_many(scope: Scope, status: str = "") -> int:
    """Return how many leads the period brought, or how many of them have a status."""
    return sum(tally.leads for tally in tallies(scope) if status in ("", tally.status))


def conversions(scope: Scope) -> Counter[int]:
    """Return how many leads were converted in each month that the period touches; who is a lead again is none."""
    return Counter(dict(CONVERTED(*whose(scope), *months.edges(scope, scope.months))))
