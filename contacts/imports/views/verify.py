"""Verify: every row with what is wrong, the totals as filters; while rows are still being checked, how far it is."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from contacts.imports.models import ImportRun, Job, Status
from contacts.imports.views.running import progress_of, watched
from contacts.imports.views.sheet import Sheet
from contacts.imports.views.steps import go, page, step_of
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch


@admin_only
@require_safe
def verify(request: Request, pk: int) -> HttpResponse:
    """Show the rows; while they are being checked, the progress of that; before, lead to the mapping."""
    run = fetch(ImportRun, request, pk=pk)
    if request.htmx:
        return watched(request, run, "verify")
    if step_of(run) == "mapping":
        return go(run)
    if run.job == Job.VERIFY and run.status != Status.VERIFIED:
        return progress_of(request, run, "verify")
    return page(request, "verify", run, "verify", sheet=Sheet(run, request.GET))
