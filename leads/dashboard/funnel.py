"""The card "From lead to contact": how far the leads of the period came."""

from collections import Counter

from django.utils.translation import gettext as _

from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, number, percent
from leads.dashboard.counting import tallies
from leads.dashboard.lists import board, days, figure
from leads.filters import WAY
from leads.models.choices import CLOSED_STATUSES
from tesoro.charts import Chart, Line, Shape


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
        more_url=address("leads:list", scope, status=CLOSED_STATUSES, **days(scope)) if off else "",
        more=_("%(off)s unqualified or lost") % told if off else "",
    )


def _steps(scope: Scope, counts: list[int]) -> list[Line]:
    """Return a line for each step, with its share of the step before."""
    before = [0, *counts]
    urls = [board(scope), *(board(scope, reached=status) for status in WAY[1:])]
    return [
        Line(str(status.label), [figure(count, url)], percent(count, last))
        for status, count, last, url in zip(WAY, counts, before, urls, strict=False)
    ]


CARD = Card("leads-way", 20, way, half=True)
