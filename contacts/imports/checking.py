"""Judge rows: each cell by the rule that its field has in the form, then the row, then its email or name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils.translation import gettext as _

from contacts.imports import kinds
from contacts.imports.columns import Column
from contacts.imports.models import ImportRow, ImportRun, OnExisting, Verdict
from contacts.imports.source import HEADER_AGAIN, WHOLE, Record

Error = dict[str, Any]  # message, and where known column (index), field, record (id)


@dataclass(slots=True)
class Checked:
    """A record with its verdict."""

    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[Error] = field(default_factory=list)
    missing: list[Error] = field(default_factory=list)
    key: str = ""
    verdict: str = Verdict.NEW
    target: int | None = None

    def fail(self, message: str, name: str | None = None, place: int | None = None, record: int | None = None) -> None:
        """Add an error."""
        self.errors.append(error(message, name, place, record))

    @property
    def error_fields(self) -> str:
        """The fields with errors, between commas."""
        return named_fields(self.errors)


def error(message: str, name: str | None = None, place: int | None = None, record: int | None = None) -> Error:
    """Return an error as it is stored, without what is not known."""
    known = {"message": message, "field": name, "column": place, "record": record}
    return {key: value for key, value in known.items() if value is not None}


def named_fields(errors: Iterable[Error]) -> str:
    """Return the fields of errors between commas, so that one can be looked for."""
    names = dict.fromkeys(found["field"] for found in errors if "field" in found)
    return f",{','.join(names)}," if names else ""


def _reader(column: Column) -> Callable[[str], Any]:
    """Return what reads the cells of a column; values from a list come again and again, and are read once."""
    return lru_cache(maxsize=512)(column.widget.clean) if column.listed else column.widget.clean


class Checker:
    """Checks the records of one run, chunk by chunk."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run
        self._kind = kinds.get(run.kind)
        self.session = self._kind.session(run)
        self._places = {name: place for place, name in run.places.items()}
        self._plan = [
            (place, name, _reader(column), column.required)
            for place, name in sorted(run.places.items())
            if (column := self.session.columns.get(name))
        ]

    def check(self, records: Sequence[Record]) -> list[Checked]:
        """Return the records, in the order of the file, with their verdicts. Asks a fixed number of queries."""
        self.session.begin_chunk(lambda name: self._cells(records, name))
        rows = [self._read(record) for record in records]
        keys = {row.key for row in rows if row.key}
        existing = self.session.existing(list(keys))
        earlier = self._earlier(keys, records)
        for row in rows:
            first = earlier.get(row.key) if row.key else None
            if row.key:
                earlier[row.key] = min(first or row.record.line, row.record.line)
            twice = first if first is not None and first < row.record.line else None
            self._judge(row, existing.get(row.key), twice)
        return rows

    def _cells(self, records: Sequence[Record], name: str) -> list[str]:
        """Return what the records say in a field; nothing where no column gives it."""
        place = self._places.get(name)
        return [record.cells[place] for record in records if place is not None and place < len(record.cells)]

    def _read(self, record: Record) -> Checked:
        """Clean the cells of a record."""
        row = Checked(record)
        cells, faults, values = record.cells, record.faults, row.values
        if faults and (WHOLE in faults or HEADER_AGAIN in faults):
            row.verdict = Verdict.SKIP if HEADER_AGAIN in faults else Verdict.ERROR
            row.fail(faults.get(HEADER_AGAIN) or faults[WHOLE])
            return row
        for place, name, clean, required in self._plan:
            if faults and place in faults:
                row.fail(faults[place], name, place)
                continue
            cell = cells[place]
            if not cell and not required:
                continue
            try:
                values[name] = clean(cell)
            except ValidationError as refusal:
                found = row.missing if getattr(refusal, "code", "") == "required" else row.errors
                found.append(error(refusal.messages[0], name, place))
        self._add(row, self.session.combine(values))
        row.key = self.session.key(values)
        return row

    def _judge(self, row: Checked, existing: kinds.Existing | None, twice: int | None) -> None:
        """Settle the verdict, once it is known who else has the email."""
        if row.verdict != Verdict.NEW:
            return
        if existing is not None:
            row.target = existing.pk
        if twice is not None:
            message = _("Twice in this file: first in line %(line)d.") % {"line": twice}
            row.fail(message, *self._key_cell)
        elif existing is not None:
            self._meet(row, existing)
        if row.verdict == Verdict.UPDATE and existing is not None:
            row.missing.clear()
            self._add(row, self.session.compare(row.values, existing))
        elif row.verdict != Verdict.SKIP:
            self._complete(row)
        if row.errors and row.verdict != Verdict.SKIP:
            row.verdict = Verdict.ERROR

    def _meet(self, row: Checked, existing: kinds.Existing) -> None:
        """Decide what becomes of a row whose email, or name, another record has."""
        if self._run.on_existing == OnExisting.SKIP:
            row.verdict = Verdict.SKIP
            row.errors = [error(str(self._kind.words.known), *self._key_cell, existing.pk)]
        elif self._run.on_existing == OnExisting.UPDATE and existing.updatable:
            row.verdict = Verdict.UPDATE
        else:
            row.fail(self.session.taken_message(), *self._key_cell, existing.pk)

    @property
    def _key_cell(self) -> tuple[str, int | None]:
        """The field that tells records apart, and its column."""
        name = self._kind.key_field
        return name, self._places.get(name)

    def _complete(self, row: Checked) -> None:
        row.errors.extend(row.missing)
        self._add(row, self.session.complete(row.values))

    def _add(self, row: Checked, wrong: kinds.Wrong) -> None:
        """Add what is wrong with a row as a whole; a cell that was refused already is told once."""
        if wrong:
            judged = {found.get("field") for found in row.errors}
            for name, message in wrong:
                if name not in judged:
                    row.fail(message, name, self._places.get(name))

    def _earlier(self, keys: set[str], records: Sequence[Record]) -> dict[str, int]:
        """Return the first line of each key among the rows already staged, those being checked left out."""
        if not keys:
            return {}
        # The index leaves out empty keys, and is used only where the query says so too.
        staged = ImportRow.objects.filter(run=self._run, email_key__in=keys).exclude(email_key="")
        if not self._run.is_working:  # a correction: the rows are staged already
            staged = staged.exclude(line__in=[record.line for record in records])
        return dict(staged.order_by().values_list("email_key").annotate(Min("line")))
