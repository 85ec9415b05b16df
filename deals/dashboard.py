"""The figures of deals on the dashboard: what is open now, what was won, what closes soon and what goes cold.

Open deals are those of today, whatever the period. What is weighted is the value times the chance of the stage, which
is Tesoro's own reckoning, the same for every office: see ``deals.models.choices.CHANCES``. Nothing in the trash counts.
"""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum
from django.db.models.functions import Greatest
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.dashboard import cards, months
from contacts.dashboard.asked import Asked, AskedRows, whose
from contacts.dashboard.cards import Card, Stat
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import YEAR, address, arrow, named, number, tone_of
from deals.models import Deal, Party, Pipeline, Stage
from deals.models.choices import CHANCES, way_of
from deals.rows import STAGE_HUES
from tesoro.charts import Chart, Figure, Line, Shape
from tesoro.moments import day_and_month
from tesoro.money import brief, told
from tesoro.trash import live

SOON = dt.timedelta(days=14)
CLOSING, COLD = 8, 5  # as many are shown
SHOWN = ["account", "name", "stage", "value", "closing_on", "last_activity_at"]


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
    """What was won in a month; and of that, what falls into the period, or into the same days of the year before."""

    worth: Decimal
    worth_now: Decimal
    count_now: int
    count_before: int


def register() -> None:
    """Put the figures and the cards of deals onto the dashboard."""
    cards.stats.extend([(30, open_deals), (40, won)])
    cards.register(Card("deals-buyer", 40, lambda scope: funnel(scope, Pipeline.BUYER), half=True))
    cards.register(Card("deals-owner", 50, lambda scope: funnel(scope, Pipeline.OWNER), half=True))
    cards.register(Card("deals-won", 60, won_by_month))
    cards.register(Card("deals-closing", 70, closing, "deals/dashboard_closing.html"))
    cards.register(Card("deals-cold", 80, cold, "deals/dashboard_cold.html"))


def deals_of(account: Any, agent: Any) -> Any:
    """Return the live deals of whoever the page is about."""
    deals = Deal.objects.for_account(account).order_by()
    return deals if agent is None else deals.filter(assigned_to=agent)


def _open(account: Any, agent: Any) -> Any:
    """Return the open deals; named by their stages they lie together in the index."""
    stages = sorted(stage for pipeline in Pipeline for stage in way_of(pipeline))
    return deals_of(account, agent).filter(pipeline__in=Pipeline.values, stage__in=stages)


def _by_stage(account: int, agent: int | None, today: dt.date, soon: dt.date, silent: dt.datetime) -> Any:
    counts = {
        "late": Count("pk", filter=Q(closing_on__lt=today)),
        "soon": Count("pk", filter=Q(closing_on__lte=soon)),
        "cold": Count("pk", filter=Q(last_activity_at__lt=silent)),
    }
    rows = _open(account, agent).values_list("pipeline", "stage")
    return rows.annotate(n=Count("pk"), worth_=Sum("worth"), **counts)


def _won_in(account: int, agent: int | None, *moments: dt.datetime) -> Any:
    """Sum up by month; before the edges of the months come both ends of the period, and of the year before it."""
    start, end, was_start, was_end, *edges = moments
    now, before = Q(closed_at__gte=start, closed_at__lt=end), Q(closed_at__gte=was_start, closed_at__lt=was_end)
    rows = deals_of(account, agent).filter(stage=Stage.WON, closed_at__gte=edges[0], closed_at__lt=edges[-1])
    return rows.values_list(months.PlaceAmong("closed_at", edges)).annotate(
        Sum("worth"), now=Sum("worth", filter=now), count=Count("pk", filter=now), was=Count("pk", filter=before)
    )


def _closing_by(account: int, agent: int | None, last: dt.date) -> Any:
    return _first(_open(account, agent).filter(closing_on__lte=last), "closing_on", CLOSING)


def _silent_since(account: int, agent: int | None, moment: dt.datetime) -> Any:
    # By an expression, so that the open deals are asked and not all deals in the order of their activity.
    silence = Greatest("last_activity_at", "last_activity_at")
    return _first(_open(account, agent).alias(silence=silence).filter(silence__lt=moment), silence, COLD)


def _first(deals: Any, order: Any, many: int) -> Any:
    """Return the first of some deals; which they are is found in an index alone."""
    first = deals.order_by(order, "pk").values("pk")[:many]
    # By their keys alone, which were found in the account: with more to go by, SQLite reads all its deals.
    return Deal.with_trash.filter(pk__in=first).order_by(order, "pk").only(*SHOWN)


def _clients_of(*deals: int) -> Any:
    parties = Party.objects.filter(live("person"), deal__in=deals).clients().order_by("pk")
    return parties.values_list("deal", "person__first_name", "person__last_name")


BY_STAGE, WON_IN, CLIENTS = Asked(_by_stage), Asked(_won_in), Asked(_clients_of)
CLOSING_BY, SILENT_SINCE = AskedRows(_closing_by), AskedRows(_silent_since)


def tallies(scope: Scope) -> list[Tally]:
    """Return the open deals by stage, counted in one query for all cards together."""
    found: list[Tally] = scope.once("open", _counted)
    return found


def _counted(scope: Scope) -> list[Tally]:
    counted = BY_STAGE(*whose(scope), scope.today, scope.today + SOON, _silent(scope))
    return [Tally(kind, stage, count, _amount(cents), *more) for kind, stage, count, cents, *more in counted]


def _amount(cents: int | None) -> Decimal:
    return Decimal(cents or 0) / 100


def open_deals(scope: Scope) -> Stat:
    """Tell what the open deals are worth, how many they are, and how many of them should be closed by now."""
    found = tallies(scope)
    worth = sum((tally.worth for tally in found), Decimal(0))
    count, late = sum(tally.deals for tally in found), sum(tally.late for tally in found)
    note = ngettext("%(n)s deal", "%(n)s deals", count) % {"n": number(count)}
    if late:
        past = ngettext("%(late)s past its date", "%(late)s past their date", late) % {"late": number(late)}
        note = _("%(deals)s, %(past)s") % {"deals": note, "past": past}
    text = brief(worth, scope.account.currency)
    return Stat(_("Open deals"), text, address("deals:list", scope, state="open"), note)


def won(scope: Scope) -> Stat:
    """Tell what the deals are worth that were won in the period, against the same days of the year before."""
    found = won_months(scope).values()
    change = sum(month.count_now - month.count_before for month in found)
    told = {"n": number(abs(change))}
    note = _("As many deals as a year before")
    if change > 0:
        note = ngettext("%(n)s deal more than a year before", "%(n)s deals more than a year before", change) % told
    elif change < 0:
        note = ngettext("%(n)s deal fewer than a year before", "%(n)s deals fewer than a year before", -change) % told
    name, tone = named(scope), tone_of(change)
    label = _("Won, %(period)s") % {"period": name} if name else _("Won")
    text = brief(sum((month.worth_now for month in found), Decimal(0)), scope.account.currency)
    return Stat(label, text, _won_between(scope, scope.first, scope.last), note, tone, arrow(tone))


def won_months(scope: Scope) -> dict[dt.date, Month]:
    """Return what was won in each month from a year before the period to its end, asked in one query."""
    found: dict[dt.date, Month] = scope.once("won", _won_months)
    return found


def _won_months(scope: Scope) -> dict[dt.date, Month]:
    asked = replace(scope, first=months.back(scope.months[0], YEAR)).months
    edges = months.edges(scope, asked)
    counted = WON_IN(*whose(scope), *scope.span, *scope.year_before.span, *edges)
    return {asked[place]: Month(_amount(worth), _amount(cents), *counts) for place, worth, cents, *counts in counted}


def _won_between(scope: Scope, first: dt.date, last: dt.date) -> str:
    return address("deals:list", scope, stage=Stage.WON, closed_from=first, closed_to=last)


def funnel(scope: Scope, pipeline: Pipeline) -> Chart:
    """Return the open deals of one pipeline by stage: how many, what they are worth, and that weighted by chance."""
    found = {tally.stage: tally for tally in tallies(scope) if tally.pipeline == pipeline}
    lines = [_stage_line(scope, pipeline, stage, found.get(stage)) for stage in way_of(pipeline)]
    worth = sum((tally.worth for tally in found.values()), Decimal(0))
    weighted = sum((_weighted(pipeline, tally) for tally in found.values()), Decimal(0))
    amounts = [brief(amount, scope.account.currency) for amount in (worth, weighted)]
    words = {"count": number(sum(tally.deals for tally in found.values())), "worth": amounts[0], "weighted": amounts[1]}
    titles = {Pipeline.BUYER: _("Open deals of buyers"), Pipeline.OWNER: _("Open deals of owners")}
    return Chart(
        title=titles[pipeline],
        shape=Shape.FUNNEL,
        heading=_("Stage"),
        series=[_("Deals"), _("Value"), _("Weighted by chance")],
        lines=lines,
        drawn=(0,),
        summary=_("Open deals: %(count)s, worth %(worth)s, weighted by the chance of their stage %(weighted)s.")
        % words,
        empty=_("No deal is open here."),
        more_url=address("deals:board", scope, pipeline=pipeline),
        more=_("%(weighted)s weighted") % words if found else _("Board"),
    )


def _stage_line(scope: Scope, pipeline: Pipeline, stage: Stage, tally: Tally | None) -> Line:
    tally = tally or Tally(pipeline, stage, 0, Decimal(0), 0, 0, 0)
    currency, weighted = scope.account.currency, _weighted(pipeline, tally)
    url = address("deals:list", scope, pipeline=pipeline, stage=stage) if tally.deals else ""
    figures = [
        Figure(tally.deals, number(tally.deals), url),
        Figure(tally.worth, told(tally.worth, currency), url),
        Figure(weighted, told(round(weighted, 0), currency)),
    ]
    return Line(str(stage.label), figures, brief(tally.worth, currency) if tally.deals else "")


def _weighted(pipeline: Pipeline, tally: Tally) -> Decimal:
    return tally.worth * CHANCES[pipeline][Stage(tally.stage)] / 100


def won_by_month(scope: Scope) -> Chart:
    """Return what was won in each month that the period touches, whole months, and in the same month a year before."""
    pairs = [(months.back(month, YEAR), month) for month in scope.months]
    lines = [
        Line(
            date_format(month, "M" if len(pairs) <= YEAR else "M Y"),
            [_worth_figure(scope, earlier), _worth_figure(scope, month)],
        )
        for earlier, month in pairs
    ]
    was, now = (sum((Decimal(line.figures[place].size) for line in lines), Decimal(0)) for place in (0, 1))
    told = {"now": brief(now, scope.account.currency), "was": brief(was, scope.account.currency)}
    return Chart(
        title=_("Won by month against the year before"),
        shape=Shape.COLUMNS,
        heading=_("Month"),
        series=[_("A year before"), _("Won")],
        lines=lines,
        summary=_("Won in these months: %(now)s. In the same months of the year before: %(was)s.") % told,
        empty=_("No deal was won in these months, nor in those of the year before."),
    )


def _worth_figure(scope: Scope, month: dt.date) -> Figure:
    found = won_months(scope).get(month)
    url = _won_between(scope, month, months.last_day(month)) if found else ""
    worth = found.worth if found else Decimal(0)
    return Figure(worth, told(worth, scope.account.currency), url)


@dataclass(frozen=True)
class Row:
    """A deal in a card: whose it is, where it stands, what it is worth, and the day or the silence that matters."""

    deal: Deal
    clients: str
    stage: str
    hue: str
    value: str
    day: str
    late: bool = False

    @classmethod
    def of(cls, deal: Deal, clients: list[str], scope: Scope) -> "Row":
        """Return a deal and its clients as the card shows them."""
        stage, closes = Stage(deal.stage), deal.closing_on
        return cls(
            deal=deal,
            clients=", ".join(clients),
            stage=str(stage.label),
            hue=STAGE_HUES[stage] or "grey",
            value=told(deal.value, scope.account.currency),
            day=day_and_month(closes, scope.now) if closes else "",
            late=bool(closes and closes < scope.today),
        )


@dataclass(frozen=True)
class Rows:
    """The first deals of a card, how many there are in all, and the list that holds them."""

    rows: list[Row]
    count: int
    url: str

    @property
    def tally(self) -> str:
        """How many there are, for a reader."""
        return number(self.count) if self.count else ""

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.count - len(self.rows)


def closing(scope: Scope) -> Rows:
    """Return the open deals that should be closed within two weeks; those that should have been come first."""
    last = scope.today + SOON
    shown = _shown(scope, CLOSING_BY(*whose(scope), last))
    count = sum(tally.soon for tally in tallies(scope))
    return Rows(shown, count, address("deals:list", scope, state="open", closing_to=last))


def cold(scope: Scope) -> Rows | None:
    """Return the open deals in which nothing happened for as long as the account's threshold, the quietest first."""
    count = sum(tally.cold for tally in tallies(scope))
    if not count:
        return None
    shown = _shown(scope, SILENT_SINCE(*whose(scope), _silent(scope)))
    return Rows(shown, count, address("deals:list", scope, state="cold"))


def _silent(scope: Scope) -> dt.datetime:
    """Return the moment since which an open deal must have been silent to be called cold."""
    return scope.now - dt.timedelta(days=scope.account.cold_after_days)


def _shown(scope: Scope, deals: list[Deal]) -> list[Row]:
    clients = _clients(deals)
    return [Row.of(deal, clients[deal.pk], scope) for deal in deals]


def _clients(deals: list[Deal]) -> dict[int, list[str]]:
    """Return the names of those for whom each deal is made, in one query."""
    found: dict[int, list[str]] = {deal.pk: [] for deal in deals}
    for deal, first, last in CLIENTS(*found) if found else ():
        found[deal].append(f"{first} {last}")
    return found
