"""Upload: choose a file; a file that cannot be taken is told beside the field, with line and reason."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from contacts.imports import kinds, uploading
from contacts.imports.forms import UploadForm, told
from contacts.imports.models import ImportRun, Status
from contacts.imports.source import Refused
from contacts.imports.views.steps import asked_kind, page
from tesoro.access import Request, admin_only

WAITING = (Status.UPLOADED, Status.MAPPED, Status.VERIFYING, Status.VERIFIED, Status.STOPPED, Status.ATTENTION)


@admin_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request) -> HttpResponse:
    """Show the form for the kind that the address names, or take a file and go on to its mapping."""
    kind = asked_kind(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        try:
            run = uploading.start(request.account, request.user, form.cleaned_data["file"], kind.key)
        except Refused as refusal:
            form.add_error("file", told(refusal))
        else:
            return redirect("imports:mapping", run.pk)
    columns = kind.columns.values()
    return page(
        request,
        "upload",
        None,
        "upload",
        kind=kind,
        status=422 if form.errors else 200,
        form=form,
        others=kinds.everything(),
        required=[column.label for column in columns if column.required],
        optional=[column.label for column in columns if not column.required],
        unfinished=_unfinished(request),
    )


def _unfinished(request: Request) -> ImportRun | None:
    """Return the user's newest import if it still waits for them."""
    runs = ImportRun.objects.for_account(request.account).filter(user=request.user)
    newest = runs.order_by("-created_at", "-id").first()
    return newest if newest and newest.status in WAITING else None
