"""Corrections made by hand, carried over when the same file is checked again.

Until its chunk is checked anew, a corrected row waits among the staged ones, without verdict or email.
"""

from collections.abc import Sequence

from contacts.imports.models import ImportRow, ImportRun, Verdict
from contacts.imports.source import WHOLE, Record

Originals = dict[str, str]  # by column, what a correction replaced


def clear(run: ImportRun) -> None:
    """Throw away what is staged, but for the corrected rows, which wait for the next check."""
    staged = ImportRow.objects.filter(run=run)
    staged.filter(originals={}).delete()
    staged.update(verdict=Verdict.SKIP, values={}, errors=[], error_fields="", email_key="", target=None)


def replace(record: Record, place: int, value: str, width: int) -> None:
    """Put a value into a cell of a record of a file with ``width`` columns; what was wrong with that cell is gone."""
    record.cells[place] = value
    record.faults.pop(place, None)
    if len(record.cells) <= width:
        record.faults.pop(WHOLE, None)


class Carried:
    """The corrections of a run that wait for the check to come to their rows, behind the line where it stands."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        waiting = ImportRow.objects.filter(run=run, line__gt=run.position).exclude(originals={})
        self._lines = set(waiting.values_list("line", flat=True))

    def waiting(self, records: Sequence[Record]) -> list[int]:
        """Return the lines of these records for which a corrected row waits. Asks no query."""
        return [record.line for record in records if record.line in self._lines] if self._lines else []

    def restore(self, records: Sequence[Record]) -> dict[int, Originals]:
        """Put corrected cells back where the file says what they replaced; return by line what they replaced."""
        lines = self.waiting(records)
        if not lines:
            return {}
        kept = {row.line: row for row in ImportRow.objects.filter(run=self._run, line__in=lines)}
        return {record.line: self._put(record, kept[record.line]) for record in records if record.line in kept}

    def drop(self, lines: Sequence[int]) -> None:
        """Remove the rows that waited, in the transaction that stages them anew."""
        if lines:
            ImportRow.objects.filter(run=self._run, line__in=lines).delete()

    def _put(self, record: Record, row: ImportRow) -> Originals:
        restored = {}
        for name, original in row.originals.items():
            place = int(name)
            if place < min(len(record.cells), len(row.cells)) and record.cells[place] == original:
                replace(record, place, row.cells[place], len(self._run.columns))
                restored[name] = original
        return restored
