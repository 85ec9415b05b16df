"""Columns that are drawn from others, such as the key by which an email is unique."""

from collections.abc import Iterable, Mapping, Sequence

# Each column that is drawn, with the fields it is drawn from.
Drawn = Mapping[str, Sequence[str]]


def with_drawn(fields: Iterable[str], drawn: Drawn) -> set[str]:
    """Return the fields that are to be stored, with the columns drawn from any of them.

    The others stay out: on a row read a while ago they would be drawn from what a colleague has changed since.
    """
    stored = set(fields)
    return stored | {column for column, sources in drawn.items() if stored.intersection(sources)}
