"""The inbox: who called or wrote without being known, and whoever is known and waits for an answer.

Of a stranger a lead is made, or they are found in the books.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.inbox import settling
from contacts.inbox.forms import KnownForm, LeadForm, keep_number
from contacts.inbox.unanswered import UnansweredPage
from contacts.inbox.waiting import Inbox
from contacts.lines.models import Stray
from contacts.models import Conflict, Kind, Person
from tesoro.access import Request, member
from tesoro.answers import form_page
from tesoro.posted import key, moment
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@require_safe
@member
def inbox(request: Request) -> HttpResponse:
    """Show what waits, by number."""
    return render(request, "inbox/list.html", {"inbox": Inbox(request)})


@require_safe
@member
def waiting(request: Request) -> HttpResponse:
    """Show who of my people waits for an answer."""
    return render(request, "inbox/waiting.html", {"waiting": UnansweredPage(request)})


@member
def create_lead(request: Request, pk: int) -> HttpResponse:
    """Make a lead of a stranger; everything from the number goes onto their timeline."""
    stray = _stray(request, pk)
    lead = Person(account=request.account, kind=Kind.LEAD, assigned_to=request.user)
    form = LeadForm(request.POST or None, instance=lead, stray=stray)
    if request.method == "POST" and form.is_valid() and _made(form, stray, request.user):
        return _to(request, lead, _("%(name)s is a lead now") % {"name": lead.full_name})
    context = {"heading": _("New lead"), "submit_label": _("Create lead")}
    return _panel(request, "inbox/lead.html", form, stray, context)


def _made(form: LeadForm, stray: Stray, user: Any) -> bool:
    try:
        with transaction.atomic():
            settling.demand_open(stray)
            form.instance.add(by=user)
            settling.give(stray, form.instance, by=user)
    except settling.AlreadySettled:
        form.add_error(None, _already())
    except ValidationError as error:
        form.add_errors(error)
    return not form.errors


@member
def add_to_known(request: Request, pk: int) -> HttpResponse:
    """Give what a stranger left to somebody in the books. htmx gets the people who match what is typed."""
    stray = _stray(request, pk)
    form = KnownForm(request.POST or None, stray=stray)
    asked = (request.POST if request.method == "POST" else request.GET).get("q", "")[:100]
    finding = "find" in request.POST
    if request.method == "POST" and not finding and form.is_valid() and _given(form, stray, request.user):
        person = form.cleaned_data["person"]
        return _to(request, person, _("Added to %(name)s") % {"name": person.full_name})
    if finding:
        form = KnownForm(initial={"q": asked}, stray=stray)
    people = {"people": form.offered(asked), "chosen": key(request.POST.get("person", ""))}
    if request.htmx and request.htmx.target == "people":
        return render(request, "inbox/_people.html", people)
    context = {"heading": _("Add to somebody you know"), "submit_label": _("Add"), **people}
    return _panel(request, "inbox/person.html", form, stray, context)


def _given(form: KnownForm, stray: Stray, user: Any) -> bool:
    person = form.cleaned_data["person"]
    try:
        with transaction.atomic():
            settling.give(stray, person, by=user)
            if form.cleaned_data["keep"] and not stray.is_nameless:
                keep_number(person, stray.number, by=user)
    except settling.AlreadySettled:
        form.add_error(None, _already())
    except Conflict:
        form.add_error(None, _("Somebody saved this record at the same moment. Please try again."))
    except ValidationError as error:
        form.add_error("keep", " ".join(error.messages))
    return not form.errors


@require_POST
@member
def dismiss(request: Request, pk: int) -> HttpResponse:
    """Take everything from a number out of the inbox; the toast offers Undo."""
    stray = _stray(request, pk)
    try:
        count, at = settling.dismiss(stray, by=request.user)
    except settling.AlreadySettled:
        messages.info(request, _already())
        return redirect("inbox:list")
    told = ngettext("%(n)d entry dismissed", "%(n)d entries dismissed", count) % {"n": count}
    toast(request, told, undo_url=reverse("inbox:restoration", args=[pk]), undo_data={"moment": at.isoformat()})
    return redirect("inbox:list")


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Put back into the inbox what was dismissed at the moment that is posted."""
    count = settling.bring_back(_stray(request, pk), moment(request.POST.get("moment", "")))
    if count:
        messages.success(request, ngettext("%(n)d entry is back", "%(n)d entries are back", count) % {"n": count})
    return redirect("inbox:list")


def _stray(request: Request, pk: int) -> Stray:
    return fetch(Stray.objects.select_related("account"), request, pk=pk)


def _already() -> str:
    return _("Somebody has dealt with this number meanwhile.")


def _panel(request: Request, template: str, form: Any, stray: Stray, context: dict[str, Any]) -> HttpResponse:
    waiting = stray.together.open().count()
    shown = {"form": form, "stray": stray, "waiting": waiting, "cancel_url": reverse("inbox:list"), **context}
    return form_page(request, template, shown, refused=bool(form.errors))


def _to(request: Request, person: Any, told: str) -> HttpResponse:
    messages.success(request, told)
    if not request.htmx:
        return redirect(person)
    return HttpResponse(status=204, headers={"HX-Redirect": person.get_absolute_url()})
