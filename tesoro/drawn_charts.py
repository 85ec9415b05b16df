"""Charts and the tables behind them, drawn in Python: templates for their hundreds of shapes cost ten times as much.

Everything that is not markup is escaped here, once. See :mod:`tesoro.charts` for what is drawn.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tesoro import plots
from tesoro.charts import Chart, Figure, Line


def chart_card(chart: Chart, name: str) -> SafeString:
    """Draw the inside of a card that is a chart: its heading, legend, shapes, and the table behind them.

    ``name`` is that of the card, whose heading has the id ``{name}-title``.
    """
    head = f"{_heading(chart, name)}{'' if chart.is_empty else _legend(chart)}{_more(chart)}"
    return mark_safe(f"<header>{head}</header>\n{_nothing(chart) if chart.is_empty else _body(chart, chart)}")


def ranked_card(first: Chart, whole: Chart, name: str) -> SafeString:
    """Draw a chart of the ``first`` lines alone; the table behind it holds those of the ``whole``."""
    return mark_safe(
        f"<header>{_heading(whole, name)}</header>\n{_nothing(whole) if whole.is_empty else _body(first, whole)}"
    )


def shapes(chart: Chart) -> SafeString:
    """Draw the shapes of a chart; over them, for the mouse, what leads to the lists. The table has the same links."""
    plot = plots.plot(chart)
    grid = "".join(f'<line class="grid" x1="0" x2="100%" y1="{y}.5" y2="{y}.5"/>' for y, _text in plot.ticks)
    groups = "\n".join(_group(group, plot.height) for group in plot.groups)
    hits = "".join(_hit(hit) for group in plot.groups for hit in group.hits)
    return mark_safe(
        f'<div class="plot">{_axis(plot)}<div class="shapes">\n'
        f'<svg class="chart" height="{plot.height}" role="img" aria-label="{escape(chart.summary)}">{grid}\n'
        f'{groups}\n</svg>\n<svg class="hits" height="{plot.height}" aria-hidden="true">{hits}</svg></div></div>'
    )


def table(chart: Chart) -> SafeString:
    """Draw the figures of a chart as a table, each with its way to the list that it counts."""
    heads = "".join(f'<th scope="col" class="number">{escape(series)}</th>' for series in chart.series)
    rows = "\n".join(_row(line) for line in chart.lines)
    return mark_safe(
        '<div class="table-frame"><table class="figures-table"><thead><tr>'
        f'<th scope="col">{escape(chart.heading)}</th>{heads}</tr></thead>\n<tbody>{rows}</tbody></table></div>'
    )


def _heading(chart: Chart, name: str) -> str:
    return f'<h2 id="{escape(name)}-title">{escape(chart.title)}</h2>'


def _legend(chart: Chart) -> str:
    """Draw the colour and the name of each series that is drawn, where there are several."""
    series = plots.drawn(chart)
    if len(series) < 2:
        return ""
    named = zip(plots.tones(len(series)), series, strict=True)
    keys = (f'<span><i data-tone="{tone}"></i>{escape(chart.series[place])}</span>' for tone, place in named)
    return f'<p class="legend">{"".join(keys)}</p>'


def _more(chart: Chart) -> str:
    if not chart.more_url:
        return ""
    return f'<a class="push" href="{escape(chart.more_url)}">{escape(chart.more)}</a>'


def _nothing(chart: Chart) -> str:
    return f'<p class="nothing">{escape(chart.empty or _("Nothing in this period."))}</p>'


def _body(drawn: Chart, whole: Chart) -> str:
    many = len(whole.lines)
    words = _("Show all %(n)s as a table") % {"n": many} if many > len(drawn.lines) else _("Show as a table")
    behind = f'<details class="behind"><summary>{escape(words)}</summary>\n{table(whole)}\n</details>'
    return f"{shapes(drawn)}\n{behind}"


def _axis(plot: plots.Plot) -> str:
    if not plot.ticks:
        return ""
    marks = "".join(f'<text x="0" y="{y}" dy="4">{escape(text)}</text>' for y, text in plot.ticks)
    return f'<svg class="chart axis" width="{plot.axis}" height="{plot.height}" aria-hidden="true">{marks}</svg>\n'


def _group(group: plots.Group, height: int) -> str:
    bars = "".join(_bar(bar) for bar in group.bars if bar.height)
    words = "".join(_boxed(word, height) for word in group.words)
    return f"<g><title>{escape(group.title)}</title>{bars}{words}</g>"


def _bar(bar: plots.Bar) -> str:
    return f'<rect class="{bar.tone}" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}" rx="2"/>'


def _hit(hit: plots.Hit) -> str:
    return (
        f'<a href="{escape(hit.url)}" tabindex="-1"><title>{escape(hit.title)}</title>'
        f'<rect x="{hit.x}" y="{hit.y}" width="{hit.width}" height="{hit.height}" rx="2"/></a>'
    )


def _boxed(word: plots.Word, height: int) -> str:
    if not word.across:
        return _word(word)
    return f'<svg role="none" x="{word.left}" width="{word.across}" height="{height}">{_word(word)}</svg>'


def _word(word: plots.Word) -> str:
    if word.text == word.wide:
        return _text(word, word.text, ["strong"] if word.strong else [])
    strong = ["strong"] if word.strong else []
    return _text(word, word.text, ["if-narrow", *strong]) + _text(word, word.wide, ["if-wide", *strong])


def _text(word: plots.Word, text: str, classes: Iterable[str]) -> str:
    named = " ".join(classes)
    of_class = f' class="{named}"' if named else ""
    return f'<text{of_class} x="{word.x}" y="{word.y}" text-anchor="{word.anchor}">{escape(text)}</text>'


def _row(line: Line) -> str:
    cells = "".join(f'<td class="number">{_linked(figure)}</td>' for figure in line.figures)
    return f'<tr><th scope="row">{escape(line.label)}</th>{cells}</tr>'


def _linked(figure: Figure) -> str:
    text = escape(figure.text)
    return f'<a href="{escape(figure.url)}">{text}</a>' if figure.url else text
