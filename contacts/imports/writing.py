"""Import: write the good rows, a chunk in one transaction, one statement a table."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from contacts.imports import bulk, kinds
from contacts.imports.checking import error, named_fields
from contacts.imports.kinds import Failure, Good, Written
from contacts.imports.leases import Lease
from contacts.imports.models import ImportRow, ImportRun, Verdict

CHUNK_ROWS = bulk.CHUNK_ROWS
ANALYZE_AFTER = (2, 10, 50)  # chunks


def write(run: ImportRun, lease: Lease) -> None:
    """Write the staged good rows from where the run stands to the last.

    Each row was checked when it was staged; only whether its email, or name, is still free is asked again. Raises
    Superseded, Stopped or Interrupted between chunks.
    """
    session = kinds.get(run.kind).session(run)
    count = 0
    bulk.analyze(ImportRow)
    while rows := _next(run):
        prepared = session.prepare(rows)
        with lease.chunk() as held:
            written = session.write(rows, prepared)
            _mark_failures(held, written.failures)
            _count(held, rows, written)
        count += 1
        if count in ANALYZE_AFTER:
            bulk.analyze(*kinds.get(run.kind).tables())


def _next(run: ImportRun) -> list[Good]:
    staged = ImportRow.objects.filter(run=run, line__gt=run.position).writable()
    return [Good(*values) for values in staged.values_list("line", "values", "email_key", "target")[:CHUNK_ROWS]]


def _count(run: ImportRun, rows: Sequence[Good], written: Written) -> None:
    """Move the run on by this chunk."""
    run.created += written.created
    run.updated += written.updated
    run.failed += len(written.failures)
    run.position = rows[-1].line
    for line, failure in sorted(written.failures.items()):
        run.note(line=line, message=failure.message)
    run.note(first=rows[0].line, last=rows[-1].line, created=written.created, updated=written.updated)


def _mark_failures(run: ImportRun, failures: Mapping[int, Failure]) -> None:
    """Say on the rows that could not be written why; they join the rows with errors."""
    places = {field: place for place, field in run.places.items()}
    for row in ImportRow.objects.filter(run=run, line__in=failures):
        field, message, record = failures[row.line]
        row.errors = [error(message, field, places.get(field), record)]
        row.error_fields = named_fields(row.errors)
        row.verdict, row.values = Verdict.ERROR, {}
        row.save(update_fields=["errors", "error_fields", "verdict", "values"])


def taken_while_running(record: int) -> Failure:
    """Return what to say of an email that was free when the row was checked and is now that of ``record``."""
    return Failure("email", _("Another record took this email address while the import ran."), record)
