"""One cell of a row, corrected in place; the row, and those that share its email, are checked again."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from contacts.imports import correcting, kinds, reporting
from contacts.imports.forms import CellForm
from contacts.imports.models import ImportRow, ImportRun
from contacts.imports.views.sheet import Sheet
from contacts.imports.views.steps import page
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch

MOST_SHOWN = 100


@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: Request, pk: int, line: int, place: int) -> HttpResponse:
    """Show one cell to be typed over, or take what was typed and answer with the row, checked again."""
    run = fetch(ImportRun, request, pk=pk)
    row = fetch(ImportRow.objects.filter(run=run), request, line=line)
    if place not in run.places or place >= len(row.cells):
        raise Http404
    form = CellForm(row.cells[place], request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        return _show(request, run, row, place, form)
    key = row.email_key
    try:
        row = correcting.correct(run, line, place, form.cleaned_data["value"])
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    if request.htmx:
        return _rows(request, run, row, {key, row.email_key} - {""})
    return redirect(f"{_back(request, run)}#line-{line}")


def _show(request: Request, run: ImportRun, row: ImportRow, place: int, form: CellForm) -> HttpResponse:
    view = reporting.present(run, [row])[0]
    cell = next(cell for cell in view.cells if cell.place == place)
    context: dict[str, Any] = {"form": form, "line": row.line, "cell": cell, "row": view, "back": _back(request, run)}
    context["suggestions"] = kinds.get(run.kind).suggestions(run, cell.field)
    context["front"] = request.GET.get("front", "") or request.POST.get("front", "")
    if request.htmx:  # a browser would log a 422 that a script receives as an error of the page
        return render(request, "imports/_cell_form.html", {"run": run, **context})
    return page(request, "cell", run, "verify", status=422 if form.errors else 200, **context)


def _rows(request: Request, run: ImportRun, row: ImportRow, keys: set[str]) -> HttpResponse:
    """Answer with the row, and with the rows of the page that share its email: a correction may have changed them."""
    shown = [int(line) for line in request.POST.get("shown", "").split(",")[:MOST_SHOWN] if line.isdecimal()]
    sharing = ImportRow.objects.filter(run=run, line__in=shown, email_key__in=keys).exclude(pk=row.pk)
    run.refresh_from_db()
    sheet = Sheet(run, QueryDict(urlsplit(_back(request, run)).query), request.POST.get("front", ""))
    first, *others = sheet.arrange(reporting.present(run, [row, *sharing]))
    context: dict[str, Any] = {"run": run, "first": first, "others": others, "sheet": sheet}
    return render(request, "imports/_corrected.html", context)


def _back(request: Request, run: ImportRun) -> str:
    """Return the page of rows that the person came from, with its filters; only ever that page of this run."""
    here = reverse("imports:verify", args=[run.pk])
    came = request.POST.get("back") or request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    parts = urlsplit(came)
    return f"{here}?{parts.query}" if parts.path == here and parts.query else here
