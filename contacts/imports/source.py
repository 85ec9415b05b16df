"""A CSV file being read: records with the number and line they have in the file.

    source = Source(file, dialect)             # source.columns: one label a column
    for record in source: ...                  # record.number, record.line, record.cells, record.faults

Cells are handed on as they stand in the file; trimming and judging is the fields' business. The whole file is never
in memory. A file is refused only where no row could be told from another; everything else is a fault of one row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from . import encoding as encodings

MAX_BYTES = 52_428_800
MAX_COLUMNS = 2_000
MAX_LINES = 1_000_000
MAX_CELL = 32_767  # characters; what a cell of a spreadsheet can hold
MAX_RECORD = 16_777_216  # characters; a longer one is a quote that was never closed

# Keys of faults that belong to no single column.
WHOLE = -1
HEADER_AGAIN = -2
SEPARATORS = ",;\t|:^~"
SEPARATOR_LINE = re.compile(rf"\ufeff?\"?sep=([{re.escape(SEPARATORS)}])\"?\s*$", re.I)
END_OF_FILE = "\x1a\udfff end of file"
BLANK = " \t\r\n\xa0\x1a\ufeff\u200b"
REPLACEMENT = "\ufffd"

csv.field_size_limit(MAX_BYTES)


class Refused(Exception):
    """The file as a whole cannot be taken. `reason` is a sentence for the person, `line` where it was noticed."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written. `header_line` counts from 1 as in the file; 0 means that there is no header."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quotechar: str = '"'
    header_line: int = 1
    spaced: bool = False  # a blank stands between delimiter and opening quote

    def reader(self, lines: Iterator[str]) -> Any:
        """Return a `csv.reader` over lines that kept their ends."""
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quotechar, skipinitialspace=self.spaced)


class Record(NamedTuple):
    """One data record. `number` counts the records that are not blank, `line` is its first line in the file."""

    number: int
    line: int
    cells: list[str]
    faults: dict[int, str]  # by column, or WHOLE, or HEADER_AGAIN


@dataclass(slots=True)
class Survey:
    """What a full read of the file found."""

    rows: int = 0
    blanks: int = 0
    columns: list[str] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)


def survey(file: BinaryIO, dialect: Dialect) -> Survey:
    """Read the whole file once and count. Raises `Refused`, with the line, where it cannot be read or holds no row."""
    source = Source(file, dialect)
    found = Survey(columns=source.columns, nameless=source.nameless)
    for _record in source:
        found.rows += 1
    found.blanks = source.blanks
    if not found.rows:
        if not dialect.header_line:
            raise Refused(_("The file has no rows."))
        raise Refused(_("There is a header in line %(line)d, but no row below it.") % {"line": dialect.header_line})
    return found


class Source:
    """A file being read by a dialect. Iterate it once; `blanks` counts the blank records met so far."""

    def __init__(self, file: BinaryIO, dialect: Dialect) -> None:
        self.dialect = dialect
        self.blanks = 0
        self._lines = _Lines(file, dialect.encoding)
        self._reader = dialect.reader(iter(self._lines))
        self._first: tuple[int, list[str]] | None = None
        self._header: list[str] = []
        header = self._read_header()
        self.columns = labels(header)
        self.nameless = [place for place, cell in enumerate(header) if not _name(cell)]

    def __iter__(self) -> Iterator[Record]:
        """Yield the data records. Raises `Refused` at a quote that is never closed."""
        number, width, header, lines = 0, len(self.columns), self._header, self._lines
        for line, cells in self._records():
            if not any(cells) or not any(cell.strip(BLANK) for cell in cells):
                self.blanks += 1
            else:
                number += 1
                faults: dict[int, str] = {}
                if len(cells) != width:
                    _fit(cells, width, faults)
                if lines.dirty:
                    _clean(cells, faults)
                if lines.characters > MAX_CELL:
                    _cut(cells, faults)
                if cells == header:
                    faults[HEADER_AGAIN] = _("The line repeats the header.")
                yield Record(number, line, cells, faults)
            lines.begin_record()

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each record with its first line; the sentinel tells an open quote from the end of the file."""
        if self._first:
            yield self._first
        reader = self._reader
        line = reader.line_num + 1
        for cells in reader:
            if self._lines.ended:
                if cells != [END_OF_FILE]:
                    raise _never_closed(line, cells)
                return
            yield line, cells
            line = reader.line_num + 1

    def _read_header(self) -> list[str]:
        """Read up to and including the header; without one, keep the first record for the rows."""
        wanted = self.dialect.header_line
        for line, cells in self._records():
            if line == 1 and SEPARATOR_LINE.match(self._lines.first):
                continue
            if not wanted and any(cell.strip(BLANK) for cell in cells):
                self._first = (line, cells)
                return [""] * _width(cells)
            if wanted and line >= wanted:
                self._header = cells[: _width(cells)]
                _clean(cells, {})
                self._lines.begin_record()
                return cells[: _width(cells)]
        raise Refused(_("The file has no rows."))


class _Lines:
    """The lines of a file, their ends kept, a sentinel after the last; notices what a record must be examined for."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._text = encodings.Text(file, encoding)
        self._number = 0
        self.first = ""
        self.ended = False
        self.begin_record()

    def begin_record(self) -> None:
        """Forget what was noticed about the record before."""
        self.dirty = False
        self.characters = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(MAX_RECORD):
            self._number += 1
            self.characters += len(line)
            if "\x00" in line or encodings.UNREADABLE in line:
                self.dirty = True
            if self.characters >= MAX_RECORD:
                reason = _("A record is longer than 16 MB. Is a quote opened and not closed before line %(line)d?")
                raise Refused(reason % {"line": self._number}, self._number)
            if self._number > MAX_LINES:
                reason = _("The file has more than %(most)d lines. Split it and import the parts one after another.")
                raise Refused(reason % {"most": MAX_LINES}, self._number)
            self.first = self.first or line
            yield line
        self.ended = True
        yield END_OF_FILE


def labels(header: list[str]) -> list[str]:
    """Name every column of a header, so that no two have one name: "Email", "Email (2)", "Column 7"."""
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(header, start=1):
        wanted = _name(cell) or _("Column %(number)d") % {"number": place}
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted} ({count})"
        taken.add(name)
        names.append(name)
    return names


def _name(cell: str) -> str:
    """Return the name that a cell of the header gives its column, "" when it gives none."""
    return " ".join(cell.strip(BLANK).split())[:200]


def _width(cells: list[str]) -> int:
    """Count the columns of a header; empty ones at the end count only while there are not too many."""
    if len(cells) <= MAX_COLUMNS:
        return len(cells)
    width = max((place for place, cell in enumerate(cells, start=1) if cell.strip(BLANK)), default=1)
    if width > MAX_COLUMNS:
        reason = _("The file has %(columns)d columns; at most %(most)d can be read.")
        raise Refused(reason % {"columns": width, "most": MAX_COLUMNS})
    return width


def _fit(cells: list[str], width: int, faults: dict[int, str]) -> None:
    """Give a record as many cells as there are columns; what stands in cells too many is a fault and is kept."""
    extra = cells[width:]
    if any(cell.strip(BLANK) for cell in extra):
        faults[WHOLE] = _("The row has %(cells)d cells, but there are %(columns)d columns.") % {
            "cells": len(cells),
            "columns": width,
        }
        del cells[max(width, MAX_COLUMNS) :]
    elif extra:
        del cells[width:]
    else:
        cells.extend([""] * (width - len(cells)))


def _clean(cells: list[str], faults: dict[int, str]) -> None:
    for place, cell in enumerate(cells):
        if "\x00" in cell or encodings.UNREADABLE in cell:
            cells[place] = cell.replace("\x00", REPLACEMENT).replace(encodings.UNREADABLE, REPLACEMENT)
            faults[place] = _("The cell contains a character that cannot be read.")


def _cut(cells: list[str], faults: dict[int, str]) -> None:
    for place, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            cells[place] = cell[:MAX_CELL]
            faults[place] = _("The cell has %(length)d characters; at most %(most)d can be read.") % {
                "length": len(cell),
                "most": MAX_CELL,
            }


def _never_closed(line: int, cells: list[str]) -> Refused:
    """Name the line in which the open quote stands: line breaks in the cells before it were properly quoted."""
    opened = line + sum(len(re.findall(r"\r\n|\r|\n", cell)) for cell in cells[:-1])
    return Refused(_("The quote opened in line %(line)d is never closed.") % {"line": opened}, opened)
