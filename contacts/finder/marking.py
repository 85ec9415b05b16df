"""Marking in a text what was searched for: as search compares, accents, case and spelling of numbers aside."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tesoro.text import fold

PASSAGE = 140
_BEFORE = 40
_NUMBER = re.compile(r"\d[\d \t().\-/+]*")
_WORD_START = "  "
Span = tuple[int, int]


def marked(text: str, wanted: list[str]) -> SafeString:
    """Return ``text`` as markup with what is ``wanted``, pieces as search looks for them, within ``<mark>``."""
    parts, at = [], 0
    for start, end in _spans(text, wanted):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))


def matches(text: str, wanted: list[str]) -> bool:
    """Whether any piece stands in ``text``."""
    return bool(_spans(text, wanted))


def passage(text: str, wanted: list[str]) -> str:
    """Return the part of a text of one line that holds the first match, with "…" where it was cut."""
    spans = _spans(text, wanted)
    start = max(0, spans[0][0] - _BEFORE) if spans and len(text) > PASSAGE else 0
    if start:
        start = text.find(" ", start, spans[0][0]) + 1 or start
    end = start + PASSAGE
    return f"{'… ' if start else ''}{text[start:end].rstrip()}{'…' if end < len(text) else ''}"


def _spans(text: str, wanted: list[str]) -> list[Span]:
    """Return where the pieces stand in the text, from left to right, those that touch as one."""
    folded, places = _folded(text)
    found = sorted((places[start], places[end - 1] + 1) for start, end in set(_found(folded, wanted)))
    joined: list[Span] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text as search compares it, and for each of its characters where it came from."""
    if text.isascii():
        return fold(text), list(range(len(text)))
    apart = [(char, place) for place, letter in enumerate(text) for char in _fold_letter(letter)]
    return "".join(char for char, _place in apart), [place for _char, place in apart]


_fold_letter = lru_cache(maxsize=4096)(fold)


def _found(folded: str, wanted: list[str]) -> Iterator[Span]:
    for piece in wanted:
        word = piece.removeprefix(_WORD_START)
        edge = r"(?<![^\W_])" if piece.startswith(_WORD_START) else ""
        yield from (match.span() for match in re.finditer(edge + re.escape(word), folded))
        if word.isdecimal():
            yield from _in_numbers(folded, word, at_start=bool(edge))


def _in_numbers(folded: str, digits: str, at_start: bool) -> Iterator[Span]:
    """Find digits in numbers that are written in groups."""
    for number in _NUMBER.finditer(folded):
        places = [number.start() + place for place, char in enumerate(number[0]) if char.isdecimal()]
        written = "".join(folded[place] for place in places)
        at = written.find(digits)
        if at == 0 or (at > 0 and not at_start):
            yield places[at], places[at + len(digits) - 1] + 1
