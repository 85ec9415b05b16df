"""Notes: edit, pin, delete, restore. In the timeline by htmx, or as pages of their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.timeline.forms import NoteForm
from contacts.timeline.models import Note
from tesoro.access import Request, member
from tesoro.answers import placed
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast


def _note(request: Request, pk: int, source: Any = None) -> Note:
    """Return a note of the account, unless the person or the company it is on lies in the trash."""
    notes = Note.objects if source is None else source
    return fetch(notes.in_sight(), request, pk=pk)


def _back(request: Request, note: Note) -> HttpResponse:
    """Return to where the form was, at the note."""
    url = back(request, note.whose.get_absolute_url()).url
    return HttpResponseRedirect(placed(url, f"note-{note.pk}" if note.deleted_at is None else ""))


@require_safe
@member
def note(request: Request, pk: int) -> HttpResponse:
    """Show one note: the card for htmx, else its place on the page of its subject."""
    found = _note(request, pk)
    if request.htmx:
        return render(request, "timeline/_note.html", {"note": found})
    return _back(request, found)


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Change the text of a note; its author and admins may."""
    found = _note(request, pk)
    found.demand(request.user)
    form = NoteForm(request.POST or None, initial={"body": found.body}, auto_id=f"note-{pk}-%s")
    form.fields["body"].widget.attrs["autofocus"] = True
    if request.method == "POST" and form.is_valid():
        found.revise(form.cleaned_data["body"], by=request.user)
        if request.htmx:
            return render(request, "timeline/_note.html", {"note": found})
        messages.success(request, _("Note saved"))
        return _back(request, found)
    template = "timeline/_note_form.html" if request.htmx else "timeline/note_edit.html"
    return render(request, template, {"note": found, "form": form}, status=422 if form.errors else 200)


@require_POST
@member
def pin(request: Request, pk: int) -> HttpResponse:
    """Keep a note at the top of its tab, or with ``pinned=0`` let it go."""
    found = _note(request, pk)
    found.pin(request.POST.get("pinned") != "0")
    return _back(request, found)


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a note; the toast offers Undo."""
    found = _note(request, pk)
    found.trash(by=request.user)
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("Note deleted"), undo_url=reverse("timeline:note-restoration", args=[pk]), undo_data=undo)
    return _back(request, found)


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a note out of the trash again."""
    found = _note(request, pk, Note.with_trash.trashed())
    found.restore(by=request.user)
    messages.success(request, _("Note restored"))
    return _back(request, found)
