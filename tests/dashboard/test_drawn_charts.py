"""Charts and their tables as markup: everything that is no markup is escaped."""

import re
from dataclasses import replace

import pytest

from tesoro.charts import Figure, Line, Shape
from tesoro.drawn_charts import chart_card, ranked_card, shapes, table

from .conftest import chart

TYPED = "<b>\"&'"
ESCAPED = "&lt;b&gt;&quot;&amp;&#x27;"


def typed(shape=Shape.COLUMNS):
    """Return a chart each word of which somebody typed."""
    words = dict.fromkeys(["title", "heading", "summary", "empty", "more", "more_url"], TYPED)
    return chart(
        shape, **words, series=[TYPED, TYPED], lines=[Line(TYPED, [Figure(3, TYPED, TYPED), Figure(2, TYPED)], TYPED)]
    )


def texts(markup):
    """Return what lies between tags and in attributes."""
    return re.sub(r"</?[a-z][a-zA-Z0-9]*( [a-zA-Z0-9-]+(=\"[^\"<>]*\")?)*/?>", "", markup)


@pytest.mark.parametrize("shape", Shape)
def test_what_people_typed_is_escaped_wherever_it_stands(shape):
    drawn = chart_card(typed(shape), "by-month")

    assert TYPED not in drawn
    assert not re.search(r"<b\b", drawn)
    assert "<" not in texts(drawn)
    assert f'<h2 id="by-month-title">{ESCAPED}</h2>' in drawn
    assert f'aria-label="{ESCAPED}"' in drawn
    assert f'<a class="push" href="{ESCAPED}">{ESCAPED}</a>' in drawn
    assert f'<a href="{ESCAPED}" tabindex="-1"><title>{ESCAPED}: {ESCAPED} {ESCAPED}</title>' in drawn


def test_in_the_table_too():
    cells = f'<th scope="row">{ESCAPED}</th><td class="number"><a href="{ESCAPED}">{ESCAPED}</a></td>'

    assert f"<tr>{cells}" in table(typed())
    assert f'<th scope="col">{ESCAPED}</th><th scope="col" class="number">{ESCAPED}</th>' in table(typed())


def test_words_for_a_chart_without_figures_are_escaped():
    drawn = chart_card(replace(typed(), lines=[]), TYPED)

    assert f'<p class="nothing">{ESCAPED}</p>' in drawn
    assert f'<h2 id="{ESCAPED}-title">' in drawn


def test_words_without_room_are_cut_on_a_phone_and_whole_on_a_screen():
    long = [Line("Recommended by somebody", [Figure(3, "3"), Figure(2, "2")])]
    drawn = shapes(chart(Shape.BARS, lines=long))

    assert re.search(r'<text class="if-narrow" [^>]*>Recommended[^<]*…</text>', drawn)
    assert re.search(r'<text class="if-wide" [^>]*>Recommended by somebody</text>', drawn)
    assert '<text class="strong"' in drawn


def test_nothing_is_drawn_of_a_column_of_zero():
    lines = [Line("Sep", [Figure(0, "0"), Figure(2, "2")])]
    assert shapes(chart(lines=lines)).count("<rect") == 1


def test_of_a_ranking_the_first_are_drawn_and_all_are_in_the_table():
    whole = chart(Shape.BARS, drawn=(0,))
    drawn = ranked_card(replace(whole, lines=whole.lines[:2]), whole, "sources")

    assert drawn.count("<g>") == 2
    assert drawn.count('<th scope="row">') == 3
    assert "Show all 3 as a table" in drawn
    assert "Show as a table" in ranked_card(whole, whole, "sources")
