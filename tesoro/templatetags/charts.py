"""Charts in templates: ``{% load charts %}``."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from tesoro import drawn_charts
from tesoro.charts import Chart

register = template.Library()


@register.filter
def chart_card(chart: Chart, name: str) -> SafeString:
    """Draw the inside of the card ``name`` that is a chart."""
    return drawn_charts.chart_card(chart, name)


@register.filter
def ranked_card(chart: Any, name: str) -> SafeString:
    """Draw the inside of the card ``name``: of a chart with a ``richest`` part, that part, and all in the table."""
    return drawn_charts.ranked_card(chart.richest, chart, name)
