"""What the templates of deals ask for."""

from typing import Any, NamedTuple

from django import template

from deals.models import Stage
from deals.rows import STAGE_HUES

register = template.Library()


class StageChoice(NamedTuple):
    """A stage to choose in a menu."""

    key: str
    label: Any
    hue: str


@register.simple_tag
def bulk_stages() -> list[StageChoice]:
    """Return the stages that many deals can be given without a reason."""
    return [StageChoice(stage.value, stage.label, STAGE_HUES[stage]) for stage in Stage if stage != Stage.LOST]
