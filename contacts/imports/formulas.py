"""Cells that a spreadsheet would run: harmless on their way out, as they were typed when they come back.

An apostrophe before the cell tells every spreadsheet that it is text. One apostrophe is put on and one is taken off,
so that any text, even one that begins with apostrophes itself, survives the way out and in.
"""

import re

# What a spreadsheet takes for the beginning of a formula, perhaps behind apostrophes of our own or of its user.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠]")


def harmless(cell: str) -> str:
    """Return the cell as it may be written into a file that a spreadsheet opens."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_typed(cell: str) -> str:
    """Return what stood in a cell before ``harmless`` or a spreadsheet put an apostrophe before it."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell
