"""The tabs that whatever has a timeline has: its activities and its notes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from contacts.subjects.page import SubjectPage
from contacts.timeline.forms import NoteForm
from contacts.timeline.noting import write_note
from contacts.timeline.stream import Stream
from tesoro import keyset
from tesoro.access import Request
from tesoro.answers import placed
from tesoro.keyset import Sort
from tesoro.posted import back

NEWEST_FIRST = Sort("-created", "created_at")
NOTES_PAGE = 30
MOST_PINNED = 100


def show_activities(request: Request, record: SubjectPage, form: NoteForm | None = None) -> HttpResponse:
    """Show the timeline, newest first; only the older events, or the note's form, when htmx asks for them."""
    form = form or note_form()
    context = {**record.context, "form": form, "composing": "note", "tab": "activities"}
    if request.htmx and request.htmx.target == "composer":
        return render(request, "timeline/_composer.html", context)
    stream = Stream(request, record.events, record.carried)
    if request.htmx and "older" in request.GET:
        return render(request, "timeline/_days.html", {"stream": stream})
    status = 422 if form.errors else 200
    return render(request, "record/activities.html", {**context, "stream": stream}, status=status)


def show_notes(request: Request, record: SubjectPage) -> HttpResponse:
    """Show the notes, pinned ones first; a POST writes one and leads back to the tab it was written in."""
    form = note_form(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            return _written(request, record, form)
        if request.POST.get("tab") == "activities":
            return show_activities(request, type(record)(request, record.subject, "activities"), form)
    page = _notes(request, record.subject)
    if request.htmx and "older" in request.GET:
        return render(request, "timeline/_notes.html", page)
    context = {**record.context, "form": form, "tab": "notes", **page}
    return render(request, "record/notes.html", context, status=422 if form.errors else 200)


def note_form(data: Any = None) -> NoteForm:
    """Return the form of a new note; its ids differ from those of a form that opens beside it."""
    return NoteForm(data, auto_id="note-%s")


def _written(request: Request, record: SubjectPage, form: NoteForm) -> HttpResponse:
    note = write_note(record.subject, form.cleaned_data["body"], by=request.user, pinned=form.cleaned_data["pinned"])
    messages.success(request, _("Note saved"))
    return redirect(placed(back(request, record.url_of("activities")).url, f"note-{note.pk}"))


def _notes(request: Request, subject: Any) -> dict[str, Any]:
    """Return a page of notes; the pinned ones stand on the first."""
    older = request.GET.get("older", "")
    rows = subject.note_set.select_related("author")
    page = keyset.page(rows.filter(pinned=False), NEWEST_FIRST, NOTES_PAGE, after=older, scope=str(subject.pk))
    pinned = [] if page.previous else list(rows.filter(pinned=True).order_by("-created_at", "-pk")[:MOST_PINNED])
    return {"notes": [*pinned, *page.rows], "older": page.next, "is_first": not page.previous}
