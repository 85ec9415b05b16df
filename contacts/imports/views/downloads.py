"""Files to take away: the sample, the failed rows, the report of every row."""

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from contacts.imports import failures
from contacts.imports.models import ImportRun
from contacts.imports.views.report import report_csv
from contacts.imports.views.steps import asked_kind
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch


@admin_only
@require_safe
def sample(request: Request) -> HttpResponse | StreamingHttpResponse:
    """Send a file of the kind that the address names, with every column and one row, owned by whoever asks."""
    kind = asked_kind(request)
    return _csv([failures.sample_csv(kind.key, owner_email=request.user.email)], f"tesoro-{kind.namespace}.csv")


@admin_only
@require_safe
def failed(request: Request, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Send the rows with errors, each with what is wrong, ready to be corrected and imported again."""
    run = fetch(ImportRun, request, pk=pk)
    return _csv(failures.failed_csv(run), f"{_stem(run)}-errors.csv")


@admin_only
@require_safe
def report(request: Request, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Send what became of every row."""
    run = fetch(ImportRun, request, pk=pk)
    return _csv(report_csv(run), f"{_stem(run)}-report.csv")


def _csv(pieces: Iterable[str], name: str) -> StreamingHttpResponse:
    """Stream a file, so that a hundred thousand rows never stand in memory."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=headers)


def _stem(run: ImportRun) -> str:
    return slugify(run.file_name.rpartition(".")[0] or run.file_name) or "import"
