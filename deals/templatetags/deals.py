"""What the templates of deals ask for."""

from typing import Any, NamedTuple

from django import template
from django.utils.translation import gettext as _

from deals.models import Pipeline, Stage
from deals.models.choices import stages_of
from deals.rows import STAGE_HUES

register = template.Library()


class StageChoice(NamedTuple):
    """A stage to choose in a menu."""

    key: str
    label: Any
    hue: str


class StageGroup(NamedTuple):
    """Stages under one heading."""

    label: Any
    stages: list[StageChoice]


@register.simple_tag
def bulk_stages() -> list[StageGroup]:
    """Return the stages that many deals can be given without a reason: those of either pipeline, and of both."""
    buyer, owner = (stages_of(pipeline) for pipeline in (Pipeline.BUYER, Pipeline.OWNER))
    return [
        _group(Pipeline.BUYER.label, [stage for stage in buyer if stage not in owner]),
        _group(Pipeline.OWNER.label, [stage for stage in owner if stage not in buyer]),
        _group(_("Buyer and owner"), [stage for stage in buyer if stage in owner]),
    ]


def _group(label: Any, stages: list[Stage]) -> StageGroup:
    chosen = [StageChoice(one.value, one.label, STAGE_HUES[one]) for one in stages if one != Stage.LOST]
    return StageGroup(label, chosen)
