"""Several words in one cell or field: parted, and joined so that they are parted again."""

import re
from collections.abc import Iterable
from typing import Any

SEPARATORS = str.maketrans(";|\n", ",,,")
# Blanks but no line break: that parts words itself, and many in a row would be read over and over.
_QUOTED = re.compile(r'[^\S\n]*"((?:[^"]|"")*)"[^\S\n]*(?=[,;|\n]|\Z)')
_PLAIN = re.compile(r"[^,;|\n]*")


def parted(text: str) -> list[str]:
    """Return the words of a cell or field, which stand between commas, semicolons, bars or line breaks."""
    return [word.strip() for word in text.translate(SEPARATORS).split(",") if word.strip()]


def words(text: str) -> list[str]:
    """Return what ``parted`` returns, but keep together what stands between quotation marks: see ``joined``.

    Within them a quotation mark is doubled.
    """
    found, place = [], 0
    while place <= len(text):
        quoted = _QUOTED.match(text, place)
        taken: Any = quoted or _PLAIN.match(text, place)
        found.append(taken[1].replace('""', '"') if quoted else taken[0])
        place = taken.end() + 1
    return [word.strip() for word in found if word.strip()]


def joined(words: Iterable[str]) -> str:
    """Return words as one text, from which ``words`` reads them again."""
    return ", ".join(map(quoted, words))


def quoted(word: str) -> str:
    """Return a word as it stands among others: between quotation marks where it holds what would part it."""
    if word.startswith('"') or parted(word) != [word]:
        return '"{}"'.format(word.replace('"', '""'))
    return word
