"""The report of a run as a file: one line a row, what became of it, and why."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from contacts.imports import reporting
from contacts.imports.formulas import harmless
from contacts.imports.models import ImportRun
from contacts.imports.reporting import RowView

AT_ONCE = 500
BYTE_ORDER_MARK = "\ufeff"


def report_csv(run: ImportRun) -> Iterator[str]:
    """Yield the report piece by piece, in the delimiter of the file, with a byte order mark for Excel.

    Formulas are harmless. Three queries for each 500 rows.
    """
    labels = [label for _name, label, _place in reporting.fields(run)]
    yield BYTE_ORDER_MARK + _lines(run, [[_("Line"), _("Result"), _("Error"), *labels]])
    after: int | None = 0
    while after is not None:
        page = reporting.rows(run, after=after, limit=AT_ONCE)
        yield _lines(run, [_told(view) for view in page.rows])
        after = page.after


def _told(view: RowView) -> list[str]:
    errors = [f"{cell.label}: {error}" for cell in view.cells for error in cell.errors] + view.messages
    return [str(view.row.line), _result(view), " ".join(errors), *(cell.value for cell in view.cells)]


def _result(view: RowView) -> str:
    """Say what became of a row; of one that nothing has been done with yet, what will."""
    told = {"created": _("created"), "updated": _("updated"), "skipped": _("skipped"), "failed": _("failed")}
    return told.get(view.result) or view.row.get_verdict_display()


def _lines(run: ImportRun, rows: list[list[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=run.delimiter, lineterminator="\r\n").writerows(map(harmless, row) for row in rows)
    return buffer.getvalue()
