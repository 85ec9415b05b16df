"""Words in one text are parted, and joined so that they are parted again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesoro.words import joined, parted
from tesoro.words import words as read


def test_words_stand_between_commas_semicolons_bars_and_line_breaks():
    assert parted("villa; finca | plot\nhouse,") == ["villa", "finca", "plot", "house"]


@pytest.mark.parametrize(
    ("cell", "words"),
    [("a, b;c|d\ne", ["a", "b", "c", "d", "e"]), ('"a, b", c', ["a, b", "c"]), ('"say ""hi"""', ['say "hi"']),
     ('6" pipe, "', ['6" pipe', '"']), ('"a" b, c', ['"a" b', "c"]), ('"a, b', ['"a', "b"]), ("", []), (", ;|", []),
     ('  "a;b"  |c', ["a;b", "c"]), ('""', [])],
)  # fmt: skip
def test_the_words_of_a_cell_stand_between_separators_unless_they_are_quoted(cell, words):
    assert read(cell) == words


@given(st.lists(st.text(min_size=1, max_size=12).map(str.strip).filter(bool), max_size=6))
def test_words_that_are_joined_are_read_again(words):
    assert read(joined(words)) == words


def test_a_cell_of_nothing_but_line_breaks_holds_no_word():
    assert read("\n" * 32_000) == []
