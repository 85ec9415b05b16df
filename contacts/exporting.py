"""A list as a file: the columns of the import, so that what goes out can come in again."""

import csv
import io
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from contacts.sections import Section

CHUNK = 1000


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
    """Return an open workbook file with one sheet. Every cell is text, so nothing in it is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(section.words.title))
    for row in table(section, records):
        sheet.append([_text_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    book.save(file)
    file.seek(0)
    return file


def _text_cell(sheet: Any, value: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell
