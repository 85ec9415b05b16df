"""Planning a meeting, and changing one: a side panel, the composer of a person's page, or a page of its own."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.meetings import planning
from contacts.meetings.forms import MeetingForm
from contacts.meetings.models import Meeting
from contacts.meetings.untold import tell_untold
from contacts.models import Person
from contacts.record import Record
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import close_form
from tesoro.tenancy import fetch


@member
@of_person
def with_person(request: Request, person: Person) -> HttpResponse:
    """Plan a meeting with the person of the page."""
    record = Record(request, person, "meetings")
    context = {"person": person, "record": record, "composing": "meeting", "cancel_url": record.url_of("meetings")}
    return _plan(request, context, host=person)


@member
def from_calendar(request: Request) -> HttpResponse:
    """Plan a meeting from the calendar, with whomever it is; ``day`` says when."""
    return _plan(request, {"cancel_url": reverse("meetings:calendar")})


def _plan(request: Request, context: dict[str, Any], host: Person | None = None) -> HttpResponse:
    form = MeetingForm(
        request.POST or None,
        instance=Meeting(account=request.account),
        user=request.user,
        host=host,
        starts_at=_asked_start(request.GET.get("day", "")),
    )
    if request.method == "POST" and form.is_valid() and _done(form, request.user, planning.plan):
        messages.success(request, _("Invitations are on their way") if form.cleaned_data["invite"] else _("Planned"))
        return close_form(request, context["cancel_url"])
    return _form(request, form, {"heading": _("New meeting"), "submit_label": _("Plan meeting"), **context})


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a meeting; its organiser and admins may. One that was cancelled stays as it was."""
    meeting = fetch(Meeting.objects.with_attendees(), request, pk=pk)
    meeting.demand(request.user)
    if meeting.is_cancelled:
        messages.error(request, _("This meeting was cancelled. Plan a new one."))
        return close_form(request, meeting.get_absolute_url())
    form = MeetingForm(request.POST or None, instance=meeting, user=request.user)
    if request.method == "POST" and form.is_valid() and _done(form, request.user, planning.revise, request):
        messages.success(request, _("Meeting updated"))
        return close_form(request, meeting.get_absolute_url())
    words = {"heading": _("Edit meeting"), "submit_label": _("Update"), "cancel_url": meeting.get_absolute_url()}
    return _form(request, form, words)


def _done(form: MeetingForm, user: Any, command: Any, request: Request | None = None) -> bool:
    """Carry the command out; what it refuses is told at the invitation, which is all it can refuse."""
    chosen = {name: form.cleaned_data[name] for name in ("people", "colleagues", "invite")}
    try:
        untold = command(form.instance, **chosen, by=user)
    except ValidationError as error:
        form.add_error("invite", error.messages)
        return False
    if request is not None:
        tell_untold(request, untold)
    return True


def _form(request: Request, form: MeetingForm, context: dict[str, Any]) -> HttpResponse:
    # A browser logs every 422 that a script receives as an error of the page; the panel is told by what it is given.
    status = 422 if form.errors and not request.htmx else 200
    return render(request, "meetings/form.html", {"form": form, **context}, status=status)


def _asked_start(value: str) -> dt.datetime | None:
    """Return ten o'clock of the day that the calendar names, or None for what is no day."""
    try:
        day = dt.date.fromisoformat(value)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(10))) if 1970 < day.year < 2200 else None
    except ValueError:
        return None
