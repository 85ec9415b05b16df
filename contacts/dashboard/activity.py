"""The card "Activity": what each agent did in the period, counted on the timelines."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.dashboard.asked import Asked
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.meetings.models import Attendance
from contacts.timeline.models import Event


@dataclass(frozen=True)
class Deed:
    """A column of the table, and the verbs that count for it."""

    label: Promise
    verbs: tuple[str, ...]


NOTES = Deed(_("Notes"), ("noted",))
CALLS = Deed(_("Calls"), ("called", "call_logged"))
EMAILS = Deed(_("Emails"), ("emailed",))
MESSAGES = Deed(_("Messages"), ("whatsapp_sent", "sms_sent"))
# Of a meeting each timeline tells; it is counted once, on the day it takes place.
MEETINGS = Deed(_("Meetings"), ())
TASKS = Deed(_("Tasks done"), ("task_done",))
DEEDS = [NOTES, CALLS, EMAILS, MESSAGES, MEETINGS, TASKS]
DEED_OF = {verb: deed for deed in DEEDS for verb in deed.verbs}


Cell = tuple[Promise, int]


@dataclass(frozen=True)
class Row:
    """What one agent did, in the order of the columns, each with its label."""

    agent: User
    cells: list[Cell]

    @property
    def total(self) -> int:
        """How much in all."""
        return sum(count for _label, count in self.cells)


@dataclass(frozen=True)
class Activity:
    """The table: busiest first; the last line adds up where there are several."""

    rows: list[Row]

    @property
    def labels(self) -> list[Promise]:
        """The heads of the columns."""
        return [deed.label for deed in DEEDS]

    @property
    def totals(self) -> list[Cell]:
        """What all did together."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return [(column[0][0], sum(count for _label, count in column)) for column in columns]


def load(scope: Scope) -> Activity:
    """Return what the agents of the scope did, in three queries: who is gone stands there if they did anything."""
    agents = User.objects.for_account(scope.account)
    team = {agent.pk: agent for agent in (agents.filter(pk=scope.agent.pk) if scope.agent else agents)}
    done = _told(scope, list(team)) + _met(scope, list(team))
    rows = [Row(agent, [(deed.label, done[agent.pk, deed]) for deed in DEEDS]) for agent in team.values()]
    shown = [row for row in rows if row.agent.is_active or row.total or scope.agent]
    shown.sort(key=lambda row: (-row.total, row.agent.get_full_name(), row.agent.pk))
    return Activity(shown)


def _told(scope: Scope, team: list[int]) -> "Counter[tuple[int, Deed]]":
    """Count events by agent and deed, from one index."""
    counted: Counter[tuple[int, Deed]] = Counter()
    for agent, verb, count in TOLD(scope.account.pk, *scope.span, *team) if team else ():
        counted[agent, DEED_OF[verb]] += count
    return counted


def _met(scope: Scope, team: list[int]) -> "Counter[tuple[int, Deed]]":
    """Count the meetings that begin in the period and were not called off, by who attends."""
    counted = MET(scope.account.pk, *scope.span, *team) if team else []
    return Counter({(agent, MEETINGS): count for agent, count in counted})


def _events(account: int, start: dt.datetime, end: dt.datetime, *team: int) -> Any:
    told = Event.objects.for_account(account).filter(actor__in=team, verb__in=list(DEED_OF), at__gte=start)
    told = told.filter(at__lt=end, shown=True, echo=False).order_by()
    return told.values("actor", "verb").annotate(n=Count("*")).values_list("actor", "verb", "n")


def _attendances(account: int, start: dt.datetime, end: dt.datetime, *team: int) -> Any:
    held: dict[str, Any] = {"meeting__starts_at__gte": start, "meeting__starts_at__lt": end}
    took_place = {"meeting__deleted_at": None, "meeting__cancelled_at": None, "meeting__account": account}
    rows = Attendance.with_left.for_account(account).filter(user__in=team, left_at=None, **held, **took_place)
    return rows.order_by().values("user").annotate(n=Count("*")).values_list("user", "n")


TOLD, MET = Asked(_events), Asked(_attendances)
CARD = Card("activity", 90, load, "dashboard/activity.html")
