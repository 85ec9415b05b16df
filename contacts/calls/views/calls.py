"""One call: its card, what came of it, away and back again, and what to do when nobody knows whether it was made."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.calls.by_hand import revise
from contacts.calls.forms import LogForm, OutcomeForm
from contacts.calls.models import Call
from contacts.calls.placing import call_again, took_place
from tesoro.access import Request, member
from tesoro.answers import form_page, placed
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast
from tesoro.trash import live


def _call(request: Request, pk: int, source: Any = None) -> Call:
    """Return a call of the account, unless its person lies in the trash."""
    calls = Call.objects if source is None else source
    return fetch(calls.select_related("author", "person").filter(live("person")), request, pk=pk)


def _back(request: Request, call: Call) -> HttpResponse:
    """Return to where the form was, at the call."""
    url = back(request, call.person.get_absolute_url()).url
    return HttpResponseRedirect(placed(url, f"call-{call.pk}" if call.deleted_at is None else ""))


def _card(request: Request, call: Call) -> HttpResponse:
    return render(request, "calls/_call.html", {"call": call, "person": call.person})


@require_safe
@member
def call(request: Request, pk: int) -> HttpResponse:
    """Show one call: the card for htmx, else its place on the person's page. Nothing when the page has ``seen`` it."""
    found = _call(request, pk)
    if not request.htmx:
        return _back(request, found)
    if request.GET.get("seen") == found.stamp:
        return HttpResponse(status=204)
    return _card(request, found)


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Say what came of a call; its author and admins may. One that was logged by hand can be put right altogether."""
    found = _call(request, pk)
    found.demand(request.user)
    initial = {
        "started_at": found.started_at, "incoming": "1" if found.incoming else "", "duration": found.seconds,
        "outcome": found.outcome, "note": found.note,
    }  # fmt: skip
    kind = LogForm if found.by_hand else OutcomeForm
    form = kind(request.POST if request.method == "POST" else None, initial=initial, auto_id=f"call-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        revise(found, by=request.user, **(form.told if isinstance(form, LogForm) else form.cleaned_data))
        if request.htmx:
            return _card(request, found)
        messages.success(request, _("Call saved"))
        return _back(request, found)
    template = "calls/_edit.html" if request.htmx else "calls/edit.html"
    return form_page(request, template, {"call": found, "person": found.person, "form": form})


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a call; the toast offers Undo."""
    found = _call(request, pk)
    found.trash(by=request.user)
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("Call deleted"), undo_url=reverse("calls:restoration", args=[pk]), undo_data=undo)
    return _back(request, found)


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a call out of the trash again."""
    found = _call(request, pk, Call.with_trash.trashed())
    found.restore(by=request.user)
    messages.success(request, _("Call restored"))
    return _back(request, found)


@require_POST
@member
def again(request: Request, pk: int) -> HttpResponse:
    """Call once more, after a failure or when nobody knows whether the first was made."""
    found = _call(request, pk)
    try:
        if call_again(found, by=request.user):
            words = _("Your phone rings first, then %(name)s's.")
            messages.success(request, words % {"name": found.person.first_name})
        else:
            messages.info(request, _("This call is on its way already."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return _back(request, found)


@require_POST
@member
def confirm(request: Request, pk: int) -> HttpResponse:
    """Note that a call of unknown state took place."""
    found = _call(request, pk)
    if took_place(found, by=request.user):
        messages.success(request, _("Noted. Edit the call to say what came of it."))
    else:
        messages.info(request, _("The state of this call is known by now."))
    return _back(request, found)
