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
from contacts.record import Record
from contacts.timeline.tabs import show_activities, show_notes
from tesoro.access import Request, member
from tesoro.posted import back
from tesoro.tenancy import fetch


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
            return render(request, "record/in_trash.html", {"subject": person, "bin": "people"})
        if person.kind != kind and request.method != "POST":
            return redirect(person.get_absolute_url())
        return view(request, person, **kwargs)

    return found


@require_safe
@member
@of_person
def activities(request: Request, person: Person) -> HttpResponse:
    """Show the timeline of a person."""
    return show_activities(request, Record(request, person, "activities"))


@member
@of_person
def notes(request: Request, person: Person) -> HttpResponse:
    """Show the notes on a person; a POST writes one."""
    return show_notes(request, Record(request, person, "notes"))


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
