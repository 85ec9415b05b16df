"""The card "Where leads come from"."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import percent
from leads.dashboard.counting import tallies
from leads.dashboard.lists import board, figure
from leads.models import Portal, Source, Status
from tesoro.charts import Chart, Figure, Line, Shape

RICHEST = 7  # sources that are drawn


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
        series=[_("New leads"), _("Converted by now"), _("Share converted")],
        lines=lines,
        drawn=(0,),
        summary=_("Most came from %(name)s: %(n)s.") % told if lines else "",
        empty=_("No leads came in this period."),
    )


def _source_line(scope: Scope, origin: tuple[str, str], count: int, won: int) -> Line:
    source, portal = origin
    words, share = {"source": source, "portal": portal}, percent(won, count)
    figures = [
        figure(count, board(scope, **words)),
        figure(won, board(scope, **words, reached=Status.CONVERTED)),
        Figure(won / count, share, board(scope, **words)),
    ]
    return Line(origin_told(source, portal), figures, share)


def origin_told(source: str, portal: str) -> str:
    """Return where a lead came from: the portal by its own name."""
    if portal == Portal.OTHER:
        return _("Other portals")
    return str(Portal(portal).label if portal else Source(source).label)


CARD = Card("leads-sources", 30, sources, "leads/dashboard_sources.html", half=True)
