"""The page of a person and its tabs, each at its own address. Leads use the same views with their own kind."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.models import Conflict, Kind, Person
from contacts.models.companions import companions
from contacts.record import Record, tabs_for
from contacts.timeline.forms import NoteForm
from contacts.timeline.noting import write_note
from contacts.timeline.stream import Stream
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.answers import placed
from tesoro.keyset import Sort
from tesoro.posted import back
from tesoro.tenancy import fetch

NEWEST_FIRST = Sort("-created", "created_at")
NOTES_PAGE = 30
MOST_PINNED = 100


def of_person(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the person of its address instead of a number.

    Who became a lead or a contact meanwhile is found in the other section; who lies in the trash can be restored.
    """

    @wraps(view)
    def found(request: Request, pk: int, kind: Kind = Kind.CONTACT, **kwargs: Any) -> HttpResponse:
        rows = ["account", "assigned_to", "relation", "created_by", "deleted_by"]
        people = Person.with_trash.select_related(*rows, *(companion.name for companion in companions))
        person = fetch(people, request, pk=pk)
        if person.in_trash and request.method == "POST":
            raise Http404
        if person.in_trash:
            return render(request, "contacts/in_trash.html", {"person": person, "list": f"{person.namespace}:list"})
        if person.kind != kind and request.method != "POST":
            return redirect(person.get_absolute_url())
        return view(request, person, **kwargs)

    return found


@require_safe
@member
@of_person
def activities(request: Request, person: Person) -> HttpResponse:
    """Show the timeline, newest first; only the older events, or the note's form, when htmx asks for them."""
    if request.htmx and request.htmx.target == "composer":
        return render(request, "timeline/_composer.html", _composer(request, person, _note_form()))
    if request.htmx and "older" in request.GET:
        return render(request, "timeline/_days.html", {"stream": Stream(request, person.events.all())})
    return _activities(request, person, _note_form())


def _note_form(data: Any = None) -> NoteForm:
    """Return the form of a new note; its ids differ from those of a form that opens beside it."""
    return NoteForm(data, auto_id="note-%s")


def _composer(request: Request, person: Person, form: NoteForm) -> dict[str, Any]:
    record = Record(request, person, "activities")
    return {"record": record, "person": person, "form": form, "composing": "note", "tab": "activities"}


def _activities(request: Request, person: Person, form: NoteForm) -> HttpResponse:
    context = {**_composer(request, person, form), "stream": Stream(request, person.events.all())}
    return render(request, "contacts/detail_activities.html", context, status=422 if form.errors else 200)


@member
@of_person
def notes(request: Request, person: Person) -> HttpResponse:
    """Show the notes, pinned ones first; a POST writes one and leads back to the tab it was written in."""
    form = _note_form(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            note = write_note(person, form.cleaned_data["body"], by=request.user, pinned=form.cleaned_data["pinned"])
            messages.success(request, _("Note saved"))
            url = back(request, Record(request, person, "activities").url_of("activities")).url
            return redirect(placed(url, f"note-{note.pk}"))
        if request.POST.get("tab") == "activities":
            return _activities(request, person, form)
    if request.htmx and "older" in request.GET:
        return render(request, "timeline/_notes.html", _notes(request, person))
    record = Record(request, person, "notes")
    context = {"record": record, "person": person, "form": form, "tab": "notes", **_notes(request, person)}
    return render(request, "contacts/detail_notes.html", context, status=422 if form.errors else 200)


def _notes(request: Request, person: Person) -> dict[str, Any]:
    """Return a page of notes; the pinned ones stand on the first."""
    older = request.GET.get("older", "")
    rows = person.note_set.select_related("author")
    page = keyset.page(rows.filter(pinned=False), NEWEST_FIRST, NOTES_PAGE, after=older, scope=str(person.pk))
    pinned = [] if page.previous else list(rows.filter(pinned=True).order_by("-created_at", "-pk")[:MOST_PINNED])
    return {"notes": [*pinned, *page.rows], "older": page.next, "is_first": not page.previous}


@require_safe
@member
@of_person
def later(request: Request, person: Person, tab: str) -> HttpResponse:
    """Say what will be here."""
    if tab not in tabs_for(person):
        raise Http404
    return render(request, "contacts/detail_later.html", {"record": Record(request, person, tab), "person": person})


@require_POST
@member
@of_person
def consent(request: Request, person: Person) -> HttpResponse:
    """Set or lift "do not contact".

    The stored version is taken, not one the form has seen: a switch that says on or off cannot undo anybody's work.
    """
    person.do_not_contact = request.POST.get("do_not_contact") == "on"
    try:
        if person.revise(by=request.user, version=person.version, only=["do_not_contact"]):
            messages.success(request, _consent_told(person))
    except Conflict:
        messages.error(request, _("Somebody saved this record at the same moment. Please try again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return back(request, person.get_absolute_url())


def _consent_told(person: Person) -> str:
    if person.do_not_contact:
        return _("%(name)s will not be contacted") % {"name": person.full_name}
    return _("%(name)s may be contacted again") % {"name": person.full_name}
