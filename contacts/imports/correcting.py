"""Correct a cell of a staged row in place; the row, and those that share its email, are checked again."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.imports.checking import Checker
from contacts.imports.models import ImportRow, ImportRun, Status
from contacts.imports.source import MAX_CELL, WHOLE, Record
from contacts.imports.staging import refresh

MOST_RELATED = 500
CHECKED = ["cells", "originals", "faults", "values", "verdict", "errors", "error_fields", "email_key", "target"]


def correct(run: ImportRun, line: int, place: int, value: str) -> ImportRow:
    """Replace the cell in column ``place`` of the row that begins in ``line``, and return the row, checked again.

    Raises ImportRow.DoesNotExist, or ValidationError when the import has begun or the file has no such column.
    """
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.status != Status.VERIFIED:
            raise ValidationError(_("The import has started; its rows can no longer be corrected."))
        row = ImportRow.objects.get(run=run, line=line)
        if not 0 <= place < len(run.columns) or len(value) > MAX_CELL:
            raise ValidationError(_("This cell cannot be corrected here."))
        before = row.email_key
        _replace(row, place, value.replace("\x00", ""))
        _check_again(run, [row])
        related = _sharing_email(run, row, {before, row.email_key} - {""})
        if related:
            _check_again(run, sorted([row, *related], key=lambda found: found.line))
        return row


def _replace(row: ImportRow, place: int, value: str) -> None:
    """Put a value into a cell and keep what the file has there."""
    original = row.originals.setdefault(str(place), row.cells[place])
    if value == original:
        del row.originals[str(place)]
    row.cells[place] = value
    row.faults.pop(str(place), None)
    if len(row.cells) <= len(row.run.columns):
        row.faults.pop(str(WHOLE), None)


def _sharing_email(run: ImportRun, row: ImportRow, keys: set[str]) -> list[ImportRow]:
    others = ImportRow.objects.filter(run=run, email_key__in=keys).exclude(email_key="").exclude(pk=row.pk)
    return list(others.order_by("line")[:MOST_RELATED])


def _check_again(run: ImportRun, rows: Sequence[ImportRow]) -> None:
    checked = Checker(run).check([_record(row) for row in rows])
    for row, found in zip(rows, checked, strict=True):
        refresh(row, found)
    ImportRow.objects.bulk_update(rows, CHECKED)


def _record(row: ImportRow) -> Record:
    faults: dict[int, Any] = {int(place): message for place, message in row.faults.items()}
    return Record(row.number, row.line, row.cells, faults)
