"""The tab Calls, and the two forms that begin there: a call to place, and one to log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.calls.by_hand import log_call
from contacts.calls.forms import LogForm, NoteForm
from contacts.calls.models import Call
from contacts.calls.placing import call, demand_callable
from contacts.models import Person
from contacts.record import Record
from contacts.views.detail import of_person
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.keyset import Sort
from tesoro.once import once

NEWEST_FIRST = Sort("-started", "started_at")
PAGE = 30


@require_safe
@member
@of_person
def calls(request: Request, person: Person) -> HttpResponse:
    """Show the calls, newest first; only the older ones when htmx asks for them."""
    older = request.GET.get("older", "")
    page = keyset.page(
        Call.objects.filter(person=person).for_tab(), NEWEST_FIRST, PAGE, after=older, scope=str(person.pk)
    )
    context = {"person": person, "calls": page.rows, "older": page.next}
    if request.htmx and older:
        return render(request, "calls/_list.html", context)
    record = Record(request, person, "calls")
    context |= {"record": record, "is_first": not page.previous, **_ways(request, person)}
    return render(request, "calls/tab.html", context)


@member
@of_person
def new(request: Request, person: Person) -> HttpResponse:
    """Call the person: Twilio rings the agent first. Where that cannot be, the form to log a call stands in."""
    ways = _ways(request, person)
    if request.method != "POST" and ways["hindrance"]:
        return redirect(ways["log_url"])
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = once(request, lambda: call(person, by=request.user, note=form.cleaned_data["note"]))
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, _("Your phone rings first, then %(name)s's.") % {"name": person.first_name})
            return close_form(request, Record(request, person, "calls").url_of("calls"), at=f"call-{made}")
    words = {"heading": _("Call %(name)s") % {"name": person.full_name}, "submit_label": _("Call now")}
    return _form(request, person, form, {"placing": True, **ways, **words})


@member
@of_person
def log(request: Request, person: Person) -> HttpResponse:
    """Log a call that took place. Of somebody who is not to be contacted too: it asks nothing of them."""
    silent = "1" if person.do_not_contact else ""
    initial = {"started_at": timezone.localtime().replace(second=0, microsecond=0), "incoming": silent}
    form = LogForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: log_call(person, by=request.user, **form.told))
        messages.success(request, _("Call logged"))
        return close_form(request, Record(request, person, "calls").url_of("calls"), at=f"call-{made}")
    words = {"heading": _("Log a call"), "submit_label": _("Log call")}
    return _form(request, person, form, {**_ways(request, person), **words})


def _ways(request: Request, person: Person) -> dict[str, Any]:
    """Return where one calls and logs, and what hinders calling: the code of the reason, and its words."""
    ways = {f"{name}_url": reverse(f"{person.namespace}:call-{name}", args=[person.pk]) for name in ("new", "log")}
    try:
        line = demand_callable(person, request.user)
    except ValidationError as error:
        return {**ways, "hindrance": getattr(error, "code", ""), "because": error.messages[0]}
    return {**ways, "hindrance": "", "line": line}


def _form(request: Request, person: Person, form: Any, context: dict[str, Any]) -> HttpResponse:
    record = Record(request, person, "calls")
    context |= {"form": form, "person": person, "record": record, "composing": "call"}
    context["cancel_url"] = record.url_of("calls")
    return form_page(request, "calls/form.html", context)
