"""Charts in templates: ``{% load charts %}``."""

from django import template

from tesoro import plots
from tesoro.charts import Chart

register = template.Library()


@register.filter
def plot(chart: Chart) -> plots.Plot:
    """Return where the shapes of a chart lie."""
    return plots.plot(chart)


@register.filter
def legend(chart: Chart) -> list[tuple[str, str]]:
    """Return the colour and the name of each series that is drawn, where there are several."""
    series = plots.drawn(chart)
    named = [(tone, chart.series[place]) for place, tone in zip(series, plots.tones(len(series)), strict=True)]
    return named if len(named) > 1 else []
