"""What screens show of a run: totals, rows with their errors, progress, the report at the end."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from contacts.imports import kinds
from contacts.imports.checking import Error
from contacts.imports.models import ImportRow, ImportRun, Job, Status, Verdict

PAGE = 50


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows by verdict. ``rows`` are the data records; ``blank`` ones stand beside them in the file."""

    rows: int
    blank: int
    new: int
    update: int
    skip: int
    error: int

    @property
    def good(self) -> int:
        """How many rows an import would write."""
        return self.new + self.update


@dataclass(slots=True)
class CellView:
    """A cell of a mapped column. ``record`` is the other record that an error speaks of: name, section, url."""

    field: str
    label: str
    place: int
    value: str
    errors: list[str] = dataclasses.field(default_factory=list)
    record: dict[str, str] | None = None
    corrected: bool = False


@dataclass(slots=True)
class RowView:
    """A row as Verify and the report show it.

    ``messages`` are errors that belong to no column of the file; ``far`` are cells with errors in columns that may be
    out of sight; ``offer`` says how an option of the mapping would fill what the row lacks.
    """

    row: ImportRow
    cells: list[CellView]
    messages: list[str]
    result: str = ""  # "created", "updated", "skipped", "failed"; "" while nothing has been written
    record: dict[str, str] | None = None
    far: list[CellView] = dataclasses.field(default_factory=list)
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the lines from which the pages before and behind are asked; None where there is none."""

    rows: list[RowView]
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come. ``seconds_left`` is None until it can be guessed."""

    status: str
    job: str
    done: int
    total: int
    created: int
    updated: int
    skipped: int
    failed: int
    seconds_left: int | None
    log: list[dict[str, Any]]

    @property
    def percent(self) -> int:
        """The part that is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def totals(run: ImportRun) -> Totals:
    """Count the staged rows by verdict, in one query."""
    counted = ImportRow.objects.filter(run=run).order_by().values_list("verdict").annotate(Count("pk"))
    found = dict(counted)
    by_verdict = [found.get(verdict, 0) for verdict in (Verdict.NEW, Verdict.UPDATE, Verdict.SKIP, Verdict.ERROR)]
    return Totals(run.rows, run.blanks, *by_verdict)


def fields(run: ImportRun) -> list[tuple[str, str, int]]:
    """Return the mapped columns as (field, label, place) in the order of the form."""
    places = {name: place for place, name in run.places.items()}
    columns = kinds.get(run.kind).columns
    return [(name, str(column.label), places[name]) for name, column in columns.items() if name in places]


def rows(
    run: ImportRun,
    *,
    verdict: str = "",
    field: str = "",
    q: str = "",
    after: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> Page:
    """Return a page of rows in the order of the file; ``after`` and ``before`` are lines."""
    found = ImportRow.objects.filter(run=run)
    if verdict:
        found = found.filter(verdict=verdict)
    if field:
        found = found.with_error_in(field)
    if q.strip():
        found = found.containing(q.strip())
    if before is not None:
        staged = list(found.filter(line__lt=before).order_by("-line")[: limit + 1])[::-1]
        more_before, more_after = len(staged) > limit, True
        staged = staged[-limit:]
    else:
        staged = list(found.filter(line__gt=after or 0).order_by("line")[: limit + 1])
        more_before, more_after = after is not None, len(staged) > limit
        staged = staged[:limit]
    return Page(
        present(run, staged),
        staged[0].line if staged and more_before else None,
        staged[-1].line if staged and more_after else None,
    )


def present(run: ImportRun, staged: list[ImportRow]) -> list[RowView]:
    """Return staged rows as they are shown, with the records they speak of, in two queries."""
    kind, columns = kinds.get(run.kind), fields(run)
    written = run.job in (Job.IMPORT, Job.UNDO)
    made = kind.made(run, [row.line for row in staged]) if written else {}
    spoken_of = {error["record"] for row in staged for error in row.errors if "record" in error}
    ids = {*spoken_of, *made.values(), *(row.target for row in staged if row.target)}
    records = kind.targets(run, list(ids)) if ids else {}
    return [_view(row, columns, records, _result(run, row, made), made) for row in staged]


def _view(row: ImportRow, columns: list[Any], records: dict[int, Any], result: str, made: dict[int, int]) -> RowView:
    cells = [
        CellView(name, label, place, row.cells[place], corrected=str(place) in row.originals)
        for name, label, place in columns
    ]
    by_place = {cell.place: cell for cell in cells}
    messages = []
    for error in row.errors:
        cell = by_place.get(error.get("column", -1))
        if cell is None:
            messages.append(error["message"])
        else:
            cell.errors.append(error["message"])
            cell.record = records.get(_record_of(error)) or cell.record
    return RowView(row, cells, messages, result, records.get(made.get(row.line) or row.target or 0))


def _record_of(error: Error) -> int:
    return error.get("record", 0)


def _result(run: ImportRun, row: ImportRow, made: dict[int, int]) -> str:
    if run.job not in (Job.IMPORT, Job.UNDO):
        return ""
    if row.verdict in (Verdict.SKIP, Verdict.ERROR):
        return "skipped" if row.verdict == Verdict.SKIP else "failed"
    if run.job == Job.IMPORT and run.status != Status.DONE and row.line > run.position:
        return ""
    return "updated" if row.verdict == Verdict.UPDATE else "created" if row.line in made else ""


def progress(run: ImportRun) -> Progress:
    """Return how far the run's job has come, in at most one query."""
    done, total = _extent(run)
    return Progress(
        status=run.status,
        job=run.job,
        done=done,
        total=total,
        created=run.created,
        updated=run.updated,
        skipped=run.skipped,
        failed=run.failed,
        seconds_left=_seconds_left(run, done, total),
        log=run.log,
    )


def _extent(run: ImportRun) -> tuple[int, int]:
    if run.job == Job.VERIFY or not run.job:
        return run.checked, run.rows
    if run.job == Job.UNDO:
        return run.undone, run.undone + kinds.get(run.kind).made_by(run).count()
    done = run.created + run.updated
    if run.status == Status.DONE:
        return done, done
    return done, done + ImportRow.objects.filter(run=run, line__gt=run.position).writable().count()


def _seconds_left(run: ImportRun, done: int, total: int) -> int | None:
    if not run.is_working or not done or run.started_at is None:
        return None
    elapsed = (timezone.now() - run.started_at).total_seconds()
    return round(elapsed / done * (total - done))
