"""The figures of leads on the dashboard: how many came, from where, and how far they got.

A lead of a period is a person who was put down in it and has a place in the pipeline: whoever is a lead still, and
whoever became a contact. Nobody in the trash counts. How far one got is read from the status of today: somebody who was
lost after three visits counts as lost, not as contacted.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Q, Value
from django.db.models.functions import Concat
from django.utils.dateformat import format as date_format
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.dashboard import cards, months
from contacts.dashboard.asked import Asked, whose
from contacts.dashboard.cards import Card, Stat
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import (
    YEAR,
    address,
    arrow,
    compared_with,
    named,
    number,
    percent,
    period_before,
    tone_of,
)
from contacts.models import Kind, Person
from leads.filters import WAY
from leads.models import Lead, Portal, Source, Status
from leads.models.choices import CLOSED_STATUSES
from tesoro.charts import Chart, Figure, Line, Shape
from tesoro.counting import capped
from tesoro.trash import live

WAITING = 8  # as many are shown
COUNTED = 1_000
SHOWN = [
    "account", "status_since", "source", "portal", "property_types", "person__account", "person__kind",
    "person__first_name", "person__last_name", "person__email", "person__avatar",
]  # fmt: skip
RICHEST = 7  # sources that are drawn


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


def register() -> None:
    """Put the figures and the cards of leads onto the dashboard."""
    cards.stats.extend([(10, new_leads), (20, conversion)])
    cards.register(Card("leads-waiting", 5, waiting, "leads/dashboard_waiting.html", aside=True))
    cards.register(Card("leads-months", 10, by_month))
    cards.register(Card("leads-way", 20, way, half=True))
    cards.register(Card("leads-sources", 30, sources, "leads/dashboard_sources.html", half=True))


def still_leads(account: Any, agent: Any, start: datetime, end: datetime) -> Any:
    """Return the people who were put down from ``start`` until before ``end`` and are leads still."""
    people = Person.objects.for_account(account).leads().filter(created_at__gte=start, created_at__lt=end)
    return _of_agent(agent, people).order_by()


def turned(account: Any, agent: Any) -> Any:
    """Return the leads of those who are contacts by now; an index holds who was converted."""
    rows = Lead.objects.for_account(account).filter(live("person"), person__kind=Kind.CONTACT)
    return _of_agent(agent, rows.filter(converted_at__isnull=False), "person__").order_by()


def _of_agent(agent: Any, rows: Any, path: str = "") -> Any:
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


def _waiting_of(account: int, agent: int | None) -> Any:
    rows = Lead.objects.for_account(account).in_pipeline().filter(status=Status.NEW)
    return _of_agent(agent, rows, "person__")


CAME = Asked(lambda *args: still_leads(*args).values_list("pk"))
BY_ORIGIN, TURNED, CONVERTED = Asked(_by_origin), Asked(_turned_by), Asked(_converted_by)
MANY_WAITING = Asked(lambda *args: _waiting_of(*args).values_list("pk")[: COUNTED + 1])


def tallies(scope: Scope) -> list[Tally]:
    """Return all leads of the period, counted once for all cards together."""
    found: list[Tally] = scope.once("tallies", _counted)
    return found


def _counted(scope: Scope) -> list[Tally]:
    contacts = Counter[tuple[str, str]]()
    for one in _turned_in(scope, scope.span):
        contacts[one.source, one.portal] += one.leads
    return [Tally(*row) for row in BY_ORIGIN(*whose(scope), *scope.span)] + [
        Tally(*origin, Status.CONVERTED, count) for origin, count in contacts.items()
    ]


def _came(scope: Scope) -> dict[months.Span, int]:
    """Return how many came and are leads still: in each month, and in the days that the period is compared with."""

    def ask(_scope: Scope) -> dict[months.Span, int]:
        spans = list(dict.fromkeys([*pairwise(months.edges(scope, scope.months)), *_compared(scope)]))
        return dict(zip(spans, months.counts(CAME, whose(scope), spans), strict=True))

    found: dict[months.Span, int] = scope.once("came", ask)
    return found


def _compared(scope: Scope) -> list[months.Span]:
    """Return from when to when lasts what the figures are compared with."""
    return [period_before(scope).span, scope.year_before.span]


def _turned_in(scope: Scope, span: months.Span) -> list[Turned]:
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


def _before(scope: Scope, days: Scope) -> Cohort:
    """Return what earlier days brought: those that the period is compared with."""
    found = _turned_in(scope, days.span)
    leads = _came(scope)[days.span] + sum(one.leads for one in found)
    return Cohort(leads, sum(one.by_then for one in found))


def new_leads(scope: Scope) -> Stat:
    """Tell how many leads the period brought, and whether the one before brought more."""
    count, before = _within(scope), period_before(scope)
    change = count - _before(scope, before).leads
    told = {"n": number(abs(change)), "days": compared_with(scope, before)}
    note = _("As many as %(days)s") % told
    if change > 0:
        note = ngettext("%(n)s more than %(days)s", "%(n)s more than %(days)s", change) % told
    elif change < 0:
        note = ngettext("%(n)s fewer than %(days)s", "%(n)s fewer than %(days)s", -change) % told
    name = named(scope)
    label = _("New leads, %(period)s") % {"period": name} if name else _("New leads")
    return Stat(label, number(count), board(scope), note, tone_of(change), arrow(tone_of(change)))


def conversion(scope: Scope) -> Stat:
    """Tell the share of the period's leads that became contacts.

    It is compared with what the same days of the year before had come to by this day of that year: leads take time.
    """
    count, won = _within(scope), _within(scope, Status.CONVERTED)
    stat = Stat(_("Lead to contact"), percent(won, count, 1) or "–", board(scope, reached=Status.CONVERTED))
    if not count:
        return replace(stat, url="", note=_("No new leads"))
    was = _before(scope, scope.year_before)
    if not was.leads:
        return replace(stat, note=_("%(some)s of %(all)s") % {"some": number(won), "all": number(count)})
    change = round(100 * won / count - 100 * was.won / was.leads, 1)
    told = {"n": number_format(abs(change), 1)}
    note = _("As a year before")
    if change:
        more, less = _("%(n)s points more than a year before"), _("%(n)s points less than a year before")
        note = (more if change > 0 else less) % told
    return replace(stat, note=note, tone=tone_of(change), icon=arrow(tone_of(change)))


def _within(scope: Scope, status: str = "") -> int:
    return sum(tally.leads for tally in tallies(scope) if status in ("", tally.status))


def by_month(scope: Scope) -> Chart:
    """Return new leads and conversions of each month that the period touches, whole months.

    Whoever is converted counts in the month in which that was; beside it stands how many of the month's own leads are
    contacts by now.
    """
    spans, converted = list(pairwise(months.edges(scope, scope.months))), conversions(scope)
    since = [sum(one.leads for one in _turned_in(scope, span)) for span in spans]
    new = [_came(scope)[span] + turned for span, turned in zip(spans, since, strict=True)]
    pattern = "M" if len(scope.months) <= YEAR else "M Y"
    return Chart(
        title=_("Leads and conversions by month"),
        shape=Shape.COLUMNS,
        heading=_("Month"),
        series=[_("New leads"), _("Converted"), _("Of these leads, contacts by now")],
        lines=[
            Line(
                date_format(month, pattern),
                [
                    _figure(new[place], _made_in(scope, month)),
                    _figure(converted[place], _converted_in(scope, month)),
                    Figure(since[place], percent(since[place], new[place]) or "–"),
                ],
            )
            for place, month in enumerate(scope.months)
        ],
        drawn=(0, 1),
        summary=_("New leads in these months: %(new)s. Converted in them: %(converted)s.")
        % {"new": number(sum(new)), "converted": number(sum(converted.values()))},
        empty=_("No leads came in these months, and none were converted."),
    )


def conversions(scope: Scope) -> Counter[int]:
    """Return how many leads were converted in each month that the period touches; who is a lead again is none."""
    return Counter(dict(CONVERTED(*whose(scope), *months.edges(scope, scope.months))))


def way(scope: Scope) -> Chart:
    """Return how many of the period's leads got to each status or beyond it, by the status that they have now.

    Those who are unqualified or lost count as new alone: how far they had come before is not told by their status.
    """
    counts = Counter[str]()
    for tally in tallies(scope):
        counts[tally.status] += tally.leads
    off = sum(counts[status] for status in CLOSED_STATUSES)
    steps = [sum(counts[status] for status in WAY[place:]) for place in range(len(WAY))]
    steps[0] += off
    told = {"new": number(steps[0]), "contacts": number(steps[-1]), "off": number(off)}
    return Chart(
        title=_("From lead to contact"),
        shape=Shape.FUNNEL,
        heading=_("Status"),
        series=[_("Leads")],
        lines=_steps(scope, steps),
        summary=_(
            "New leads: %(new)s. Contacts by now: %(contacts)s. Unqualified or lost: %(off)s; these count as new "
            "alone, however far they had come."
        )
        % told,
        empty=_("No leads came in this period."),
        more_url=address("leads:list", scope, status=CLOSED_STATUSES, **_days(scope)) if off else "",
        more=_("%(off)s unqualified or lost") % told if off else "",
    )


def _steps(scope: Scope, counts: list[int]) -> list[Line]:
    """Return a line for each step, with its share of the step before."""
    before = [0, *counts]
    urls = [board(scope), *(board(scope, reached=status) for status in WAY[1:])]
    return [
        Line(str(status.label), [_figure(count, url)], percent(count, last))
        for status, count, last, url in zip(WAY, counts, before, urls, strict=False)
    ]


@dataclass(frozen=True)
class Sources(Chart):
    """Where leads come from: all in the table, the richest drawn."""

    @property
    def richest(self) -> Chart:
        """The chart of the first few."""
        return replace(self, lines=self.lines[:RICHEST])


def sources(scope: Scope) -> Sources:
    """Return where the period's leads came from, a portal by its own name, the richest first."""
    new, won = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for tally in tallies(scope):
        new[tally.source, tally.portal] += tally.leads
        won[tally.source, tally.portal] += tally.leads if tally.status == Status.CONVERTED else 0
    lines = [_source_line(scope, origin, count, won[origin]) for origin, count in new.items() if count]
    lines.sort(key=lambda line: (-line.figures[0].size, line.label))
    told = {"name": lines[0].label, "n": lines[0].figures[0].text} if lines else {}
    return Sources(
        title=_("Where leads come from"),
        shape=Shape.BARS,
        heading=_("Source"),
        series=[_("New leads"), _("Contacts by now"), _("Share")],
        lines=lines,
        drawn=(0,),
        summary=_("Most came from %(name)s: %(n)s.") % told if lines else "",
        empty=_("No leads came in this period."),
    )


def _source_line(scope: Scope, origin: tuple[str, str], count: int, won: int) -> Line:
    source, portal = origin
    words, share = {"source": source, "portal": portal}, percent(won, count)
    figures = [
        _figure(count, board(scope, **words)),
        _figure(won, board(scope, **words, reached=Status.CONVERTED)),
        Figure(won / count, share),
    ]
    return Line(_origin(source, portal), figures, share)


def _origin(source: str, portal: str) -> str:
    """Return where a lead came from: the portal by its own name."""
    if portal == Portal.OTHER:
        return _("Other portals")
    return str(Portal(portal).label if portal else Source(source).label)


@dataclass(frozen=True)
class Newcomer:
    """A lead to whom nobody has spoken yet."""

    person: Person
    beside: str
    since: datetime

    @classmethod
    def of(cls, lead: Lead) -> "Newcomer":
        """Return a lead with where it came from and what is looked for."""
        return cls(lead.person, " · ".join([_origin(lead.source, lead.portal), lead.what()]), lead.status_since)


@dataclass(frozen=True)
class Waiting:
    """Leads to whom nobody has spoken yet, the oldest first: those that are shown, how many there are, their list."""

    people: list[Newcomer]
    count: int
    url: str

    @property
    def tally(self) -> str:
        """How many there are, for a reader; beyond a thousand nobody reads on."""
        return capped(self.count, COUNTED) if self.count else ""

    @property
    def hidden(self) -> int:
        """How many are not shown; 0 where that is not counted."""
        return self.count - len(self.people) if self.count <= COUNTED else 0


def waiting(scope: Scope) -> Waiting:
    """Return who is new and not yet contacted: of an agent their own, of an admin those of whom the page is about."""
    theirs = scope if scope.user.is_admin else replace(scope, agent=scope.user)
    shown = _waiting_of(*whose(theirs)).select_related("person").only(*SHOWN).order_by("status_since", "pk")
    leads = list(shown[: WAITING + 1])
    count = len(leads) if len(leads) <= WAITING else MANY_WAITING.count(*whose(theirs))
    people = [Newcomer.of(lead) for lead in leads[:WAITING]]
    return Waiting(people, count, address("leads:list", theirs, status=Status.NEW))


def board(scope: Scope, **words: Any) -> str:
    """Return the address of the board with the period's leads.

    It holds a lane of those who became contacts, whom the list of leads has not: all its lanes together are the figure.
    """
    return address("leads:board", scope, **{**_days(scope), **words})


def _days(scope: Scope) -> Mapping[str, date]:
    return {"created_from": scope.first, "created_to": scope.last}


def _made_in(scope: Scope, month: date) -> str:
    return board(scope, created_from=month, created_to=months.last_day(month))


def _converted_in(scope: Scope, month: date) -> str:
    return address("contacts:list", scope, converted_from=month, converted_to=months.last_day(month))


def _figure(count: int, url: str) -> Figure:
    return Figure(count, number(count), url if count else "")
