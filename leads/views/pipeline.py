"""Changing the status of a lead, or of many."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.models import Person
from contacts.sections import sections
from contacts.selection import Selection
from contacts.views.bulk import Done, ask_of_many, tell_undoable
from contacts.within import carried
from leads import pipeline
from leads.forms import StatusForm
from leads.models import Status
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.posted import key
from tesoro.ranking import Place
from tesoro.tenancy import fetch


@member
def change(request: Request, pk: int) -> HttpResponse:
    """Give a lead another status; Lost and Unqualified ask why, Converted leads to the conversion.

    The board says between which cards it falls: ``before`` and ``after``.
    """
    person = fetch(Person.objects.select_related("lead", "account"), request, pk=pk)
    if person.is_contact:
        return redirect(person)
    page = person.get_absolute_url() + carried(request)
    data = request.POST if request.method == "POST" else request.GET if "status" in request.GET else None
    if data is not None and data.get("status") == Status.CONVERTED:
        return redirect(reverse("leads:conversion", args=[pk]) + carried(request))
    form = StatusForm(data if request.method == "POST" else None, initial=_initial(person, data))
    if request.method == "POST" and form.is_valid() and _moved(form, person, request):
        told = {"name": person.full_name, "status": Status(form.cleaned_data["status"]).label}
        messages.success(request, _("%(name)s: %(status)s") % told)
        if "before" in request.GET:
            return close_form(request, reverse("leads:board"), at=f"card-{person.pk}")
        return close_form(request, page)
    context = {
        "form": form,
        "person": person,
        "heading": _("Change the status"),
        "submit_label": _("Save"),
        "cancel_url": page,
    }
    return form_page(request, "leads/status.html", context)


def _initial(person: Any, data: Any) -> dict[str, str]:
    status = (data or {}).get("status") or person.lead.status
    return {"status": status, "reason": person.lead.reason}


def _moved(form: StatusForm, person: Any, request: Request) -> bool:
    data, words = form.cleaned_data, request.GET
    place = Place(data["status"], data["reason"], key(words.get("before", "")), key(words.get("after", "")))
    try:
        if place.before or place.after:
            pipeline.arrange(person, place, by=request.user)
        else:
            pipeline.move(person, place.lane, by=request.user, reason=place.reason)
    except ValidationError as error:
        form.add_error(None, error)
    except pipeline.Gone:
        form.add_error(None, _("Somebody has converted or deleted this lead in the meantime."))
    return not form.errors


@require_POST
@member
def change_many(request: Request) -> HttpResponse:
    """Give the selected leads another status; what is missing is asked for, and the selection is kept meanwhile."""
    return ask_of_many(
        request,
        sections["leads"],
        StatusForm(request.POST),
        _move_many,
        template="leads/status_of_many.html",
        heading=_("Change the status"),
        submit_label=_("Save"),
    )


def _move_many(request: Request, selection: Selection, data: dict[str, Any]) -> None:
    count, at = pipeline.move_many(selection.records, data["status"], by=request.user, reason=data["reason"])
    text = ngettext("%(n)d lead is now %(status)s", "%(n)d leads are now %(status)s", count)
    told = text % {"n": count, "status": Status(data["status"]).label}
    tell_undoable(request, selection.section, Done("status_changed", count, at), told)
