"""What counts as a deed of a colleague, and the deeds of a period: who counts them and who lists them asks here.

Notes, calls, emails, messages and ticked tasks are told by the timelines. Of a meeting each timeline tells; it is
counted once for each who attends, on the day it takes place. What was deleted or called off is no deed.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.dashboard.asked import Asked
from contacts.dashboard.scope import Scope
from contacts.meetings.models import Attendance
from contacts.timeline.models import Event


@dataclass(frozen=True)
class Deed:
    """A kind of deed: its word in addresses, its name, and the verbs that count for it."""

    key: str
    label: Promise
    verbs: tuple[str, ...] = ()


NOTES = Deed("note", _("Notes"), ("noted",))
CALLS = Deed("call", _("Calls"), ("called", "call_logged"))
EMAILS = Deed("email", _("Emails"), ("emailed",))
MESSAGES = Deed("message", _("Messages"), ("whatsapp_sent", "sms_sent"))
MEETINGS = Deed("meeting", _("Meetings"))
TASKS = Deed("task", _("Tasks done"), ("task_done",))
DEEDS = [NOTES, CALLS, EMAILS, MESSAGES, MEETINGS, TASKS]
DEED_OF = {verb: deed for deed in DEEDS for verb in deed.verbs}

Counts = Counter[tuple[int, Deed]]


def team_of(scope: Scope) -> dict[int, User]:
    """Return by their keys the colleagues whose deeds are meant; those who have left did something, too."""
    agents = User.objects.for_account(scope.account)
    return {agent.pk: agent for agent in (agents.filter(pk=scope.agent.pk) if scope.agent else agents)}


def counted(scope: Scope, team: Iterable[int]) -> Counts:
    """Return how many deeds of each kind each of the team did in the period; in two queries, on two indexes."""
    counts: Counts = Counter()
    asked = (scope.account.pk, *scope.span, *team)
    for agent, verb, count in TOLD(*asked) if team else ():
        counts[agent, DEED_OF[verb]] += count
    for agent, count in MET(*asked) if team else ():
        counts[agent, MEETINGS] += count
    return counts


def told_between(account: Any, start: dt.datetime, end: dt.datetime, team: Iterable[int], verbs: Iterable[str]) -> Any:
    """Return the events by which the timelines tell of deeds; what stands on several of them counts once."""
    told = Event.objects.for_account(account).filter(actor__in=team, verb__in=list(verbs), at__gte=start, at__lt=end)
    return told.filter(shown=True, echo=False).order_by()


def met_between(account: Any, start: dt.datetime, end: dt.datetime, team: Iterable[int]) -> Any:
    """Return who of the team attends which meeting that begins then and was not called off."""
    held: dict[str, Any] = {"meeting__starts_at__gte": start, "meeting__starts_at__lt": end}
    took_place = {"meeting__deleted_at": None, "meeting__cancelled_at": None, "meeting__account": account}
    rows = Attendance.with_left.for_account(account).filter(user__in=team, left_at=None, **held, **took_place)
    return rows.order_by()


def _told(account: int, start: dt.datetime, end: dt.datetime, *team: int) -> Any:
    told = told_between(account, start, end, team, DEED_OF)
    return told.values("actor", "verb").annotate(n=Count("*")).values_list("actor", "verb", "n")


def _met(account: int, start: dt.datetime, end: dt.datetime, *team: int) -> Any:
    met = met_between(account, start, end, team)
    return met.values("user").annotate(n=Count("*")).values_list("user", "n")


TOLD, MET = Asked(_told), Asked(_met)
