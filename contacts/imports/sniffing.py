"""Find out how a file is written by looking at it: encoding, delimiter, quote, header row."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from django.utils.translation import gettext as _

from . import encoding as encodings
from . import signatures
from .source import BLANK, MAX_BYTES, SEPARATOR_LINE, Dialect, Refused

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_CHARACTERS = 262_144
SAMPLE_RECORDS = 200
HEADER_WITHIN = 20  # records

Known = Callable[[str], bool]
Sample = list[tuple[int, list[str]]]  # line in the file, cells; no blank ones


def sniff(file: BinaryIO, known: Known = lambda name: False) -> Dialect:
    """Return the dialect of a seekable binary file.

    `known` says whether a cell is the name of a field: where it can, it tells header and delimiter best.
    Raises `Refused` for a file that is empty, too large, or no text.
    """
    _refuse_what_is_no_csv(file)
    encoding = encodings.detect(file)
    file.seek(0)
    if encoding in ("utf-8", "windows-1252") and encodings.is_binary(file.read(encodings.SAMPLE)):
        raise Refused(_("This is not a text file. Save the data as CSV and upload that."))
    return sniff_text(_first_lines(file, encoding), encoding, known)


def sniff_text(lines: list[str], encoding: str, known: Known = lambda name: False) -> Dialect:
    """Return the dialect of a file whose encoding is known, judged by its first lines."""
    if not any(line.strip(BLANK) for line in lines):
        raise Refused(_("The file is empty."))
    separator = SEPARATOR_LINE.match(lines[0])
    delimiters = (separator[1],) if separator else DELIMITERS
    body = ["\n", *lines[1:]] if separator else lines
    candidates = [_candidate(body, delimiter, encoding) for delimiter in delimiters]
    best, sample = max(candidates, key=lambda candidate: _score(candidate[1], known))
    return replace(best, header_line=_header_line(sample, known))


def redetect(file: BinaryIO, encoding: str, known: Known = lambda name: False) -> Dialect:
    """Sniff again with an encoding that the person chose. Raises `Refused` as `sniff` does."""
    return sniff_text(_first_lines(file, encoding), encoding, known)


def _refuse_what_is_no_csv(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    if size > MAX_BYTES:
        raise Refused(_("The file is larger than 50 MB. Split it and import the parts one after another."))
    if size == 0:
        raise Refused(_("The file is empty."))
    file.seek(0)
    name = signatures.name_of(file.read(4096))
    if name and signatures.is_spreadsheet(name):
        raise Refused(_("This is %(what)s. Save it as CSV and upload that.") % {"what": name})
    if name:
        raise Refused(_("This is %(what)s, not a CSV file.") % {"what": name})


def _first_lines(file: BinaryIO, encoding: str) -> list[str]:
    text = encodings.Text(file, encoding).read(SAMPLE_CHARACTERS)
    return io.StringIO(text, newline="").readlines()


def _candidate(lines: list[str], delimiter: str, encoding: str) -> tuple[Dialect, Sample]:
    text = "".join(lines[:SAMPLE_RECORDS])
    quotechar = '"' if '"' in text or not _quoted_by("'", delimiter, text) else "'"
    spaced = bool(re.search(rf'(?m){re.escape(delimiter)} +"[^"]*" *({re.escape(delimiter)}|\r?$)', text))
    dialect = Dialect(encoding, delimiter, quotechar, 0, spaced)
    return dialect, _sample(lines, dialect)


def _quoted_by(quote: str, delimiter: str, text: str) -> bool:
    """Say whether most cells stand in these quotes, on both ends."""
    return text.count(f"{quote}{delimiter}{quote}") * 2 > text.count(delimiter) > 0


def _sample(lines: list[str], dialect: Dialect) -> Sample:
    """Parse the first records, leaving out blank ones and the last, which the sample may have cut."""
    reader = dialect.reader(iter(lines))
    records: Sample = []
    line = 1
    for cells in reader:
        if any(cell.strip(BLANK) for cell in cells):
            records.append((line, cells))
        line = reader.line_num + 1
        if len(records) > SAMPLE_RECORDS:
            break
    return records[:-1] if len(records) > 2 else records


def _score(sample: Sample, known: Known) -> tuple[int, float]:
    """Judge a delimiter: names of fields it brings to light, then how many columns it makes, and how evenly."""
    width, share = _usual_width(sample)
    hits = max((_hits(cells, known) for line, cells in sample[:HEADER_WITHIN]), default=0)
    return hits, share * (width - 1)


def _usual_width(sample: Sample) -> tuple[int, float]:
    widths = Counter(len(cells) for line, cells in sample)
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
    return width, count / max(len(sample), 1)


def _hits(cells: list[str], known: Known) -> int:
    return len({cell for cell in cells if cell.strip(BLANK) and known(cell)})


def _header_line(sample: Sample, known: Known) -> int:
    """Find the header: the first record with two names of fields, else the first half-full one, unless it is data."""
    width, _share = _usual_width(sample)
    head = sample[:HEADER_WITHIN]
    for line, cells in head:
        if _hits(cells, known) >= min(2, width):
            return line
    for line, cells in head:
        if sum(1 for cell in cells if cell.strip(BLANK)) * 2 >= width:
            return 0 if any(_is_data(cell) for cell in cells) else line
    return 0


def _is_data(cell: str) -> bool:
    """Say whether a cell is an email address or a number, which no name of a column is."""
    return "@" in cell or sum(character.isdigit() for character in cell) >= 4
