"""The run itself: how far it is, its log and its report; start, stop, resume, undo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.imports import jobs, kinds, reporting, uploading
from contacts.imports.forms import GONE
from contacts.imports.models import ImportRow, ImportRun, Job, Status, Verdict
from contacts.imports.reporting import Progress, RowView
from contacts.imports.views.steps import go, page, step_of
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch

SHOWN_FAILURES = 10
SHOWN_WHILE_RUNNING = 6


@dataclass(frozen=True)
class Failure:
    """A row that was left out, with the name that stands in it; the errors of its cells say why."""

    view: RowView
    name: str


@dataclass(frozen=True)
class Entry:
    """A line of the log."""

    text: str
    at: datetime | None
    failure: Failure | None = None


@admin_only
@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    """Show the import: its progress while it runs, its report when it is over; before, lead to the step it is at."""
    found = fetch(ImportRun, request, pk=pk)
    if request.htmx:
        return watched(request, found, "run")
    return progress_of(request, found, "run") if step_of(found) == "run" else go(found)


def watched(request: Request, found: ImportRun, step: str) -> HttpResponse:
    """Answer a page that watches a run at work: the part that has changed.

    When the work of this step is over the whole page is loaded anew: the tally beside it has changed too.
    """
    if found.is_working and step_of(found) == step:
        context = {"run": found, "kind": kinds.get(found.kind), "step": step, **_state(found)}
        return render(request, "imports/_progress.html", context)
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer


def progress_of(request: Request, found: ImportRun, step: str) -> HttpResponse:
    """Show a run as it stands: at work, held up or over."""
    report = {} if found.is_working else _report(found)
    return page(request, "run", found, step, **_state(found), **report)


def _state(found: ImportRun) -> dict[str, Any]:
    """Return how far a run is."""
    progress = reporting.progress(found)
    return {"progress": progress, "log": _log(found), "left": _left(progress)}


def _command(do: Callable[[ImportRun, Any], Any], done: str) -> Callable[..., HttpResponseBase]:
    """Make a view that does one thing to a run and goes on to the step it is at; what cannot be done is told."""

    @admin_only
    @require_POST
    def command(request: Request, pk: int) -> HttpResponse:
        found = fetch(ImportRun, request, pk=pk)
        try:
            do(found, request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        found.refresh_from_db()
        return go(found)

    command.__doc__ = done
    return command


def _launch(found: ImportRun, job: Job, by: Any) -> None:
    """Start a job; who presses the button twice has it started once."""
    if not (found.is_working and found.job == job):
        jobs.launch(found, job, by=by)


start = _command(lambda found, by: _launch(found, Job.IMPORT, by), "Import the good rows.")
stop = _command(lambda found, by: jobs.stop(found), "Stop behind the chunk that is being worked on.")
resume = _command(lambda found, by: jobs.resume(found), "Go on where a run stopped.")
undo = _command(lambda found, by: _launch(found, Job.UNDO, by), "Move what a run created to the trash.")


@admin_only
@require_POST
def again(request: Request, pk: int) -> HttpResponse:
    """Begin anew with the same file and the same mapping."""
    ran = fetch(ImportRun, request, pk=pk)
    try:
        fresh = uploading.again(ran, request.user)
    except OSError:
        messages.error(request, GONE)
        return redirect(kinds.get(ran.kind).upload_url)
    return redirect("imports:mapping", fresh.pk)


def _report(found: ImportRun) -> dict[str, Any]:
    """Return what a run that is not working shows beside its figures."""
    if found.job == Job.VERIFY:
        return {}
    failing = list(ImportRow.objects.filter(run=found, verdict=Verdict.ERROR).order_by("line")[: SHOWN_FAILURES + 1])
    return {
        "failures": [_failure(found, view) for view in reporting.present(found, failing[:SHOWN_FAILURES])],
        "more_failures": len(failing) > SHOWN_FAILURES,
        "beside": kinds.get(found.kind).told_beside(found),
        "can_undo": bool(found.created) and found.job == Job.IMPORT and found.status != Status.IMPORTING,
    }


def _failure(found: ImportRun, view: RowView) -> Failure:
    """Return a row that was left out, with first and last name, as far as the row has them."""
    names = kinds.get(found.kind).names
    return Failure(view, " ".join(cell.value for cell in view.cells if cell.field in names and cell.value))


def _log(found: ImportRun) -> list[Entry]:
    """Return the newest entries of the log; while it grows, only as many as do not push the page about."""
    log = found.log[:SHOWN_WHILE_RUNNING] if found.is_working else found.log
    lines = [noted["line"] for noted in log if "line" in noted]
    staged = list(ImportRow.objects.filter(run=found, line__in=lines)) if lines else []
    rows = {view.row.line: view for view in reporting.present(found, staged)} if staged else {}
    return [_entry(found, noted, rows) for noted in log]


def _entry(found: ImportRun, noted: dict[str, Any], rows: dict[int, RowView]) -> Entry:
    """Say in words what was noted: a chunk that was written, or a row that could not be."""
    at = parse_datetime(noted.get("at", ""))
    if "line" in noted:
        view = rows.get(noted["line"])
        return Entry(noted["message"], at, _failure(found, view) if view else None)
    figures = {name: number_format(value, force_grouping=True) for name, value in noted.items() if name != "at"}
    parts = [_("Lines %(first)s to %(last)s") % figures]
    if noted.get("created") or not noted.get("updated"):
        parts.append(_("%(created)s created") % figures)
    if noted.get("updated"):
        parts.append(_("%(updated)s updated") % figures)
    return Entry(", ".join(parts), at)


def _left(progress: Progress) -> str:
    """Say how long it will take; nothing until it can be guessed."""
    seconds = progress.seconds_left
    if seconds is None:
        return ""
    if seconds < 90:
        n = max(1, seconds)
        return ngettext("About %(n)d second left", "About %(n)d seconds left", n) % {"n": n}
    n = round(seconds / 60)
    return ngettext("About %(n)d minute left", "About %(n)d minutes left", n) % {"n": n}
