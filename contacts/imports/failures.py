"""The failed rows as a file that can be corrected and imported again, and a sample to begin with."""

import csv
import io
from collections.abc import Iterator

from contacts.imports import kinds
from contacts.imports.formulas import harmless
from contacts.imports.models import ImportRow, ImportRun

ERROR = "Error"
BYTE_ORDER_MARK = "\ufeff"


def failed_rows(run: ImportRun) -> Iterator[list[str]]:
    """Yield the header and the rows with errors: the cells as they stand, then what is wrong with them.

    Cells that stood beyond the last column come behind the error. Formulas are harmless, and read back as typed.
    """
    width = len(run.columns)
    kept = [place for place in range(width) if run.columns[place] != ERROR or place in run.places]
    yield [*(harmless(run.columns[place]) for place in kept), ERROR]
    failing = ImportRow.objects.filter(run=run).failing().values_list("cells", "errors")
    for cells, errors in failing.iterator(chunk_size=1000):
        row = [cells[place] for place in kept] + [_told(run, errors)] + cells[width:]
        yield [harmless(cell) for cell in row]


def failed_csv(run: ImportRun) -> Iterator[str]:
    """Yield the failed rows as CSV, piece by piece, in the delimiter of the file, with a byte order mark for Excel."""
    yield BYTE_ORDER_MARK
    for row in failed_rows(run):
        yield _line(row, run.delimiter)


def sample_csv(kind: str = "contact", owner_email: str = "agent@example.com") -> str:
    """Return a file with every column of a kind and one row; ``owner_email`` is put where the owner's email belongs."""
    columns = kinds.get(kind).columns
    row = [owner_email if name == "owner_email" else column.example for name, column in columns.items()]
    header = [str(column.label) for column in columns.values()]
    return BYTE_ORDER_MARK + _line(header, ",") + _line([harmless(cell) for cell in row], ",")


def _told(run: ImportRun, errors: list[dict]) -> str:
    """Return what is wrong with a row in one cell, each message with the column it speaks of."""
    labels = dict(enumerate(run.columns))
    told = []
    for error in errors:
        label = labels.get(error.get("column", -1))
        told.append(f"{label}: {error['message']}" if label else error["message"])
    return " ".join(told)


def _line(cells: list[str], delimiter: str) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
