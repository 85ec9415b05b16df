"""Deals counted and summed, once for all cards together."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from contacts.dashboard import months
from contacts.dashboard.asked import Asked, whose
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import YEAR
from deals.models import Deal, Pipeline, Stage
from deals.models.choices import way_of

SOON = dt.timedelta(days=14)


class Tally(NamedTuple):
    """How many open deals stand at one stage, what they are worth, and how many of them are late, soon due or cold."""

    pipeline: str
    stage: str
    deals: int
    worth: Decimal
    late: int
    soon: int
    cold: int


class Month(NamedTuple):
    """What was won in a month, in how many deals.

    And of that, what falls into the period, or into the same days of the year before.
    """

    worth: Decimal
    deals: int
    worth_now: Decimal
    count_now: int
    count_before: int


def deals_of(account: Any, agent: Any) -> Any:
    """Return the live deals of whoever the page is about."""
    deals = Deal.objects.for_account(account).order_by()
    return deals if agent is None else deals.filter(assigned_to=agent)


def still_open(account: Any, agent: Any) -> Any:
    """Return the open deals; named by their stages they lie together in the index."""
    stages = sorted(stage for pipeline in Pipeline for stage in way_of(pipeline))
    return deals_of(account, agent).filter(pipeline__in=Pipeline.values, stage__in=stages)


def _by_stage(account: int, agent: int | None, today: dt.date, soon: dt.date, silent: dt.datetime) -> Any:
    counts = {
        "late": Count("pk", filter=Q(closing_on__lt=today)),
        "soon": Count("pk", filter=Q(closing_on__lte=soon)),
        "cold": Count("pk", filter=Q(last_activity_at__lt=silent)),
    }
    rows = still_open(account, agent).values_list("pipeline", "stage")
    return rows.annotate(n=Count("pk"), worth_=Sum("worth"), **counts)


def _won_in(account: int, agent: int | None, *moments: dt.datetime) -> Any:
    """Sum up by month; before the edges of the months come both ends of the period, and of the year before it."""
    start, end, was_start, was_end, *edges = moments
    now, before = Q(closed_at__gte=start, closed_at__lt=end), Q(closed_at__gte=was_start, closed_at__lt=was_end)
    rows = deals_of(account, agent).filter(stage=Stage.WON, closed_at__gte=edges[0], closed_at__lt=edges[-1])
    return rows.values_list(months.PlaceAmong("closed_at", edges)).annotate(
        Sum("worth"),
        deals=Count("pk"),
        now=Sum("worth", filter=now),
        count=Count("pk", filter=now),
        was=Count("pk", filter=before),
    )


BY_STAGE, WON_IN = Asked(_by_stage), Asked(_won_in)


def tallies(scope: Scope) -> list[Tally]:
    """Return the open deals by stage, counted in one query for all cards together."""
    found: list[Tally] = scope.once("open", _counted)
    return found


def _counted(scope: Scope) -> list[Tally]:
    counted = BY_STAGE(*whose(scope), scope.today, scope.today + SOON, silent_since(scope))
    return [Tally(kind, stage, count, _amount(cents), *more) for kind, stage, count, cents, *more in counted]


def _amount(cents: int | None) -> Decimal:
    return Decimal(cents or 0) / 100


def silent_since(scope: Scope) -> dt.datetime:
    """Return the moment since which an open deal must have been silent to be called cold."""
    return scope.now - dt.timedelta(days=scope.account.cold_after_days)


def won_months(scope: Scope) -> dict[dt.date, Month]:
    """Return what was won in each month from a year before the period to its end, asked in one query."""
    found: dict[dt.date, Month] = scope.once("won", _won_months)
    return found


def _won_months(scope: Scope) -> dict[dt.date, Month]:
    asked = replace(scope, first=months.back(scope.months[0], YEAR)).months
    edges = months.edges(scope, asked)
    counted = WON_IN(*whose(scope), *scope.span, *scope.year_before.span, *edges)
    return {
        asked[place]: Month(_amount(worth), deals, _amount(cents), *counts)
        for place, worth, deals, cents, *counts in counted
    }
