"""Mapping: which column goes to which field, the options, and how the file is read."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.imports import encoding as encodings
from contacts.imports import jobs, uploading
from contacts.imports import mapping as mappings
from contacts.imports.forms import DELIMITERS, GONE, DialectForm, OptionsForm, fields_to_choose, told
from contacts.imports.mapping import ColumnView
from contacts.imports.matching import How
from contacts.imports.models import ImportRow, ImportRun, Job
from contacts.imports.source import Refused
from contacts.imports.views.steps import page
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch


@dataclass(frozen=True)
class Row:
    """A column of the file, the field chosen for it, and what there is to say about that."""

    column: ColumnView
    field: str
    tone: str  # "good", "warn", "bad" or ""
    state: str

    @property
    def is_suggested(self) -> bool:
        """Whether somebody should look at it, because the names are merely alike."""
        return self.column.how == How.SUGGESTED and self.field == self.column.field


@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: Request, pk: int) -> HttpResponse:
    """Show the columns and options, or store them and have every row checked."""
    run = fetch(ImportRun, request, pk=pk)
    form = OptionsForm(run, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            mappings.save(run, form.chosen, form.options, remember=form.cleaned_data["remember"])
            jobs.launch(run, Job.VERIFY)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            return redirect("imports:verify", run.pk)
    return _show(request, run, form, DialectForm(run))


@admin_only
@require_POST
def dialect(request: Request, pk: int) -> HttpResponse:
    """Read the file in another way; where that cannot be done, it stays as it was and the reason is told."""
    run = fetch(ImportRun, request, pk=pk)
    form = DialectForm(run, request.POST)
    if form.is_valid():
        try:
            if form.changes:
                uploading.set_dialect(run, **form.changes)
            return redirect("imports:mapping", run.pk)
        except Refused as refusal:
            form.add_error("encoding" if set(form.changes) == {"encoding"} else None, told(refusal))
        except OSError:
            form.add_error(None, GONE)
        run.refresh_from_db()
    return _show(request, run, OptionsForm(run), form)


def _show(request: Request, run: ImportRun, form: OptionsForm, reading: DialectForm) -> HttpResponse:
    rows, refusal = _rows(run, form)
    return page(
        request,
        "mapping",
        run,
        "mapping",
        status=422 if form.errors or reading.errors else 200,
        form=form,
        reading=reading,
        rows=rows,
        refusal=refusal,
        groups=fields_to_choose(run),
        checklist=mappings.checklist(run, form.chosen),
        read_as=_read_as(run),
        mapped=len(form.chosen),
        has_corrections=ImportRow.objects.filter(run=run).exclude(originals={}).exists(),
    )


def _rows(run: ImportRun, form: OptionsForm) -> tuple[list[Row], str]:
    """Return the columns; where the file can no longer be read, none, and the reason."""
    reason = told(Refused(run.refusal, run.refusal_line)) if run.refusal else ""
    try:
        columns = mappings.columns(run)
    except Refused as refusal:
        return [], told(refusal)
    except OSError:
        return [], str(GONE)
    return [_row(column, form) for column in columns], reason


def _row(column: ColumnView, form: OptionsForm) -> Row:
    field = form.chosen.get(column.place, "")
    if field and field in form.twice:
        return Row(column, field, "bad", _("Mapped twice"))
    if field != column.field:
        return Row(column, field, "good" if field else "", _("Chosen") if field else _("Not imported"))
    return Row(column, field, column.tone, column.note or _how(column))


def _how(column: ColumnView) -> str:
    """Say how a column came to its field."""
    if not column.field:
        return _("Not imported")
    if column.how == How.REMEMBERED and column.remembered_at:
        day = dateformat.format(timezone.localtime(column.remembered_at), "j M")
        return _("Remembered from %(day)s") % {"day": day}
    if column.how == How.SUGGESTED:
        return _("Suggested, %(percent)d%% similar") % {"percent": column.score}
    return _("Matched by name") if column.how == How.NAME else _("Chosen")


def _read_as(run: ImportRun) -> list[Any]:
    """Say in words how the file is read."""
    header = _("header in line %(line)d") % {"line": run.header_line} if run.header_line else _("no header")
    delimiter = str(DELIMITERS.get(run.delimiter, run.delimiter)).lower()
    return [delimiter, encodings.CHOICES.get(run.encoding, run.encoding), header]
