"""A list as a file: the columns of the import, so that what goes out can come in again."""

import csv
import io
import re
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from contacts.imports.formulas import as_typed
from contacts.sections import Section

CHUNK = 1000
# What a workbook would read as the number of a character: "_x0041_" as "A".
_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def table(section: Section, records: Any) -> Iterator[list[str]]:
    """Yield the header, then a row for each record, newest last; a thousand records are in memory at a time."""
    resource = section.resource()
    yield [str(header) for header in resource.get_export_headers()]
    for record in section.exported(records).iterator(chunk_size=CHUNK):
        yield resource.export_resource(record)


def as_csv(section: Section, records: Any) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with a byte order mark, as spreadsheets want it. A formula is harmless in it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    for number, row in enumerate(table(section, records)):
        writer.writerow(row)
        if number % CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def as_xlsx(section: Section, records: Any) -> BinaryIO:
    """Return an open workbook file with one sheet. Every cell is text, so nothing in it is a formula.

    openpyxl writes row by row into a file of its own; the workbook is put together from it on disk.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(section.words.title))
    for row in table(section, records):
        sheet.append([_text_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def _text_cell(sheet: Any, value: str) -> WriteOnlyCell:
    """Return a cell of text. The apostrophe of a CSV file becomes a mark on the cell, which Excel keeps when edited.

    A text that begins with apostrophes itself keeps the one of the CSV file too: saved as CSV and brought in again,
    it loses that one alone.
    """
    typed = as_typed(value)
    marked = typed != value
    cell = WriteOnlyCell(sheet, value=_CODE.sub("_x005F_", value if typed[:1] == "'" else typed))
    cell.data_type = "s"
    if marked:
        cell.quotePrefix = True
    return cell
