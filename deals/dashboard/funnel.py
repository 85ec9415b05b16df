"""The cards "Open deals of buyers" and "Open deals of owners": how many stand at each stage, and what that is worth."""

from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, number
from deals.dashboard.counting import Tally, tallies
from deals.models import Pipeline, Stage
from deals.models.choices import CHANCES, way_of
from tesoro.charts import Chart, Figure, Line, Shape
from tesoro.money import brief, told


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
        Figure(weighted, told(round(weighted, 0), currency), url),
    ]
    return Line(str(stage.label), figures, brief(tally.worth, currency) if tally.deals else "")


def _weighted(pipeline: Pipeline, tally: Tally) -> Decimal:
    return tally.worth * CHANCES[pipeline][Stage(tally.stage)] / 100


CARDS = [
    Card("deals-buyer", 40, partial(funnel, pipeline=Pipeline.BUYER), half=True),
    Card("deals-owner", 50, partial(funnel, pipeline=Pipeline.OWNER), half=True),
]
