"""A chart on the page: shapes, the table behind it, and the ways to the lists."""

import re

import pytest

from contacts.dashboard.cards import Card
from tesoro.charts import Shape

from .conftest import HOME, chart


@pytest.fixture
def draw(as_admin, contact, only):
    """Return a function that shows a page with one chart."""

    def drawn(shape=Shape.COLUMNS, **changes):
        only(Card("by-month", 1, lambda scope: chart(shape, **changes)))
        text = as_admin.get(HOME).content.decode()
        return text.split('<section class="block" id="by-month"')[1].split("</section>")[0]

    return drawn


@pytest.mark.parametrize("shape", Shape)
def test_it_is_an_image_with_a_sentence_and_each_group_has_its_words(draw, shape):
    text = draw(shape)

    assert 'role="img" aria-label="October was highest"' in text
    assert "<title>Oct: New 78, Converted 22</title>" in text
    assert "style=" not in text


def test_each_number_of_the_table_leads_to_its_list(draw):
    table = draw().split("<table")[1]

    assert re.findall(r'<th scope="row">(\w+)</th>', table) == ["Sep", "Oct", "Nov"]
    assert '<a href="/leads/?0=Oct">78</a>' in table
    assert '<a href="/leads/?1=Nov">15</a>' in table
    assert "Show as a table" in draw()


def test_shapes_lead_to_the_lists_too_outside_of_the_order_of_tabs(draw):
    hits = draw().split('<svg class="hits"')[1].split("</svg>")[0]

    assert 'aria-hidden="true"' in hits
    assert hits.count('tabindex="-1"') == hits.count("<a ") == 6
    assert '<a href="/leads/?0=Oct" tabindex="-1"><title>Oct: New 78</title>' in hits


def test_a_legend_stands_where_several_series_are_drawn(draw):
    assert '<i data-tone="b"></i>New</span><span><i data-tone="a"></i>Converted' in draw()
    assert "legend" not in draw(drawn=(0,))


def test_where_there_is_nothing_one_line_says_so(draw):
    text = draw(lines=[], empty="No leads in this period.", more_url="/leads/", more="All leads")

    assert "No leads in this period." in text
    assert "<svg" not in text
    assert "<table" not in text
    assert '<a class="push" href="/leads/">All leads</a>' in text
    assert "Nothing in this period." in draw(lines=[])


def test_what_people_typed_is_escaped(draw):
    text = draw(title="<b>x", summary='"><script>', series=["<i>a", "b"])

    assert "&lt;b&gt;x" in text
    assert "<script>" not in text
    assert "<i>a" not in text
