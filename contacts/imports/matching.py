"""Which column of a file is which field: by name, as remembered, or as a suggestion."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from contacts.imports.columns import Column
from tesoro.text import fold

SUGGEST_FROM = 80  # percent alike
MOST_WORDS = 8  # of a header; the name of a column is shorter
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_SPLIT_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What wraps a whole record in the export of a program, and stands behind the first of several values.
_SHELLS = frozenset(["data", "attributes", "properties", "property values", "fields", "record", "values"])
_TAILS = ("value", "values", "0")


class How(StrEnum):
    """How a column came to its field."""

    NAME = "name"
    REMEMBERED = "remembered"
    SUGGESTED = "suggested"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one column. ``field`` is "" when nothing was; ``score`` is how alike names are, in percent."""

    place: int
    label: str
    field: str
    how: How
    score: int = 100


def plain(name: str) -> str:
    """Return what two spellings of one header have in common: "E-Mail_Adresse" and "e mail adresse" are one."""
    return _BETWEEN_WORDS.sub(" ", fold(_SPLIT_CAMEL.sub(" ", name).replace("'", ""))).strip()


def fingerprint(labels: Sequence[str]) -> str:
    """Return what files with the same header have in common."""
    return hashlib.sha256("\n".join(map(plain, labels)).encode()).hexdigest()


class Vocabulary:
    """The names by which the columns of one kind are known.

    Names may be nested, as "address.city", "lead.source" or "Person - Phone" are: the last part is the name, if what
    stands before it is one of ``prefixes``, which go with every column, or one of the column's own parents.
    """

    def __init__(self, columns: Mapping[str, Column], prefixes: Collection[str] = ()) -> None:
        self._columns = columns
        self._prefixes = _SHELLS | set(prefixes)
        self._fields: dict[str, tuple[str, int]] = {}
        for field, column in columns.items():
            for rank, name in enumerate((*column.names, field)):
                self._fields.setdefault(plain(name), (field, rank))

    def knows(self, name: str) -> bool:
        """Say whether a cell is the name of a column."""
        return bool(self._look_up(name))

    def match(self, labels: Sequence[str], remembered: Mapping[str, str] | None = None) -> list[Match]:
        """Return a match for each column of a file; no field comes twice.

        ``remembered`` maps indexes of columns to fields, and wins. Of several columns that are names of one field, the
        more telling name wins, then the first. What is only alike is suggested, to be seen and confirmed by a person.
        """
        found = self._remembered(labels, remembered or {})
        if not remembered:
            self._by_name(labels, found)
            self._by_likeness(labels, found)
        return [found.get(place) or Match(place, label, "", How.NONE, 0) for place, label in enumerate(labels)]

    def _look_up(self, label: str) -> tuple[str, int] | None:
        name = plain(re.sub(r" \(\d+\)$", "", label))
        words = name.split()
        while words and len(words) <= MOST_WORDS:
            if known := self._nested(words):
                return known
            if words.pop() not in _TAILS:
                break
        return None

    def _nested(self, words: list[str]) -> tuple[str, int] | None:
        """Return the field that the end of a name tells, the longest end that does."""
        for cut in range(len(words)):
            known = self._fields.get(" ".join(words[cut:]))
            if known and self._may_stand_before(words[:cut], known[0]):
                return known
        return None

    def _may_stand_before(self, words: list[str], field: str) -> bool:
        """Whether words are nothing but prefixes, one behind another."""
        allowed = self._prefixes.union(self._columns[field].parents)
        return not words or any(
            " ".join(words[:cut]) in allowed and self._may_stand_before(words[cut:], field)
            for cut in range(1, len(words) + 1)
        )

    def _remembered(self, labels: Sequence[str], remembered: Mapping[str, str]) -> dict[int, Match]:
        fields = {int(place): field for place, field in remembered.items() if field in self._columns}
        return {
            place: Match(place, labels[place], field, How.REMEMBERED)
            for place, field in fields.items()
            if place < len(labels)
        }

    def _by_name(self, labels: Sequence[str], found: dict[int, Match]) -> None:
        candidates = []
        for place, label in enumerate(labels):
            if known := self._look_up(label):
                candidates.append((known[1], place, known[0], label))
        taken: set[str] = set()
        for _rank, place, field, label in sorted(candidates):
            if field not in taken:
                taken.add(field)
                found[place] = Match(place, label, field, How.NAME)

    def _by_likeness(self, labels: Sequence[str], found: dict[int, Match]) -> None:
        taken = {match.field for match in found.values()}
        free = {name: field for name, (field, _rank) in self._fields.items() if field not in taken}
        candidates = []
        for place, label in enumerate(labels[:200]):
            if place in found or self._look_up(label) or len(plain(label)) < 3:
                continue
            if best := process.extractOne(plain(label), free.keys(), scorer=fuzz.ratio, score_cutoff=SUGGEST_FROM):
                candidates.append((-best[1], place, free[best[0]], label))
        for score, place, field, label in sorted(candidates):
            if field not in taken and not self._columns[field].risky:
                taken.add(field)
                found[place] = Match(place, label, field, How.SUGGESTED, round(-score))


@lru_cache(maxsize=4096)
def known_value(text: str) -> str:
    """Return what spellings of a value have in common, for look-ups of roles, countries and languages."""
    return plain(text)
