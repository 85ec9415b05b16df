"""Marking compares as search does."""

import pytest

from contacts.finder.marking import PASSAGE, marked, passage
from tesoro.search import terms


@pytest.mark.parametrize(
    ("text", "query", "markup"),
    [
        ("Andrea López", "lopez", "Andrea <mark>López</mark>"),
        ("Ursula Weiß", "weiss", "Ursula <mark>Weiß</mark>"),
        ("Ana Banana", "an", "<mark>An</mark>a Banana"),
        ("Ana Banana", "ana", "<mark>Ana</mark> B<mark>ana</mark>na"),
        ("Dourado", "dou rado", "<mark>Dourado</mark>"),
        ("+34 612 34 56 78", "61234", "+34 <mark>612 34</mark> 56 78"),
        ("+34 612 34 56 78", "34", "+<mark>34</mark> 612 <mark>34</mark> 56 78"),
        ("a < b", "<", "a <mark>&lt;</mark> b"),
        ("nothing", "", "nothing"),
        ("", "x", ""),
    ],
)
def test_what_was_searched_for_is_marked(text, query, markup):
    assert marked(text, terms(query)) == markup


def test_a_long_text_is_shown_around_the_first_match():
    text = f"{'before ' * 60}terrace {'after ' * 60}".strip()
    shown = passage(text, terms("terrace"))

    assert "terrace" in shown
    assert shown.startswith("… before")
    assert shown.endswith("…")
    assert len(shown) <= PASSAGE + 4


def test_a_short_text_is_shown_whole():
    assert passage("Wants the terrace", terms("terrace")) == "Wants the terrace"


def test_a_long_text_that_matches_elsewhere_is_shown_from_its_beginning():
    assert passage("word " * 100, terms("garage")).startswith("word word")
