"""One file: handed out, never run; renamed, deleted, restored."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.attachments.forms import NameForm
from contacts.attachments.models import Attachment
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast


def _file(request: Request, pk: int, source: Any = None) -> Attachment:
    """Return a file of the account, unless the person or the company it is of lies in the trash."""
    rows = Attachment.objects if source is None else source
    return fetch(rows.in_sight(), request, pk=pk)


def _tab(attachment: Attachment) -> str:
    subject = attachment.whose
    return reverse(f"{subject.namespace}:attachments", args=[subject.pk])


def _hand_out(stored: Any, **options: Any) -> FileResponse:
    """Return a stored file, or raise Http404. Whatever it is, a browser gets nothing that it would run."""
    if not stored or not stored.storage.exists(stored.name):
        raise Http404
    response = FileResponse(stored.open("rb"), **options)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@member
def download(request: Request, pk: int) -> FileResponse:
    """Hand out a file under the name it is shown with, to be saved and not to be shown."""
    found = _file(request, pk)
    return _hand_out(found.file, content_type="application/octet-stream", as_attachment=True, filename=found.name)


@require_safe
@member
def thumbnail(request: Request, pk: int) -> FileResponse:
    """Show the small picture of a file that is an image; a file that is none has no such address."""
    response = _hand_out(_file(request, pk).thumbnail, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Give a file another name; who added it and admins may."""
    found = _file(request, pk)
    found.demand(request.user)
    form = NameForm(request.POST if request.method == "POST" else None, attachment=found)
    if request.method == "POST" and form.is_valid():
        try:
            found.rename(form.cleaned_data["name"], by=request.user)
            messages.success(request, _("File renamed"))
            return close_form(request, _tab(found))
        except ValidationError as error:
            form.add_error("name", error)
    context = {
        "form": form,
        "heading": _("Rename file"),
        "submit_label": _("Rename"),
        "cancel_url": _tab(found),
    }
    return form_page(request, "attachments/rename.html", context)


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a file; the toast offers Undo."""
    found = _file(request, pk)
    found.trash(by=request.user)
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("File deleted"), undo_url=reverse("attachments:restoration", args=[pk]), undo_data=undo)
    return back(request, _tab(found))


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a file out of the trash again."""
    found = _file(request, pk, Attachment.with_trash.trashed())
    found.restore(by=request.user)
    messages.success(request, _("File restored"))
    return back(request, _tab(found))
