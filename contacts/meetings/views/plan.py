"""Planning a meeting, and changing one: a side panel, the composer of a record's page, or a page of its own."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.meetings import planning
from contacts.meetings.forms import MeetingForm
from contacts.meetings.models import Meeting
from contacts.meetings.untold import tell_untold
from contacts.models import Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.once import once
from tesoro.opened import Overtaken
from tesoro.tenancy import fetch


@member
@of_person
def with_person(request: Request, person: Person) -> HttpResponse:
    """Plan a meeting with the person of the page."""
    return plan_on(request, Record(request, person, "meetings"), host=person)


def plan_on(request: Request, record: SubjectPage, *, deal: Any = None, **offered: Any) -> HttpResponse:
    """Plan a meeting from the page of a record; ``offered`` is what the form takes for who attends."""
    context = {**record.context, "composing": "meeting", "cancel_url": record.url_of("meetings")}
    return _plan(request, context, deal=deal, **offered)


@member
def from_calendar(request: Request) -> HttpResponse:
    """Plan a meeting from the calendar, with whomever it is; ``day`` says when."""
    return _plan(request, {"cancel_url": reverse("meetings:calendar")})


def _plan(request: Request, context: dict[str, Any], *, deal: Any = None, **offered: Any) -> HttpResponse:
    form = MeetingForm(
        request.POST or None,
        instance=Meeting(account=request.account),
        user=request.user,
        starts_at=_asked_start(request.GET.get("day", "")),
        **offered,
    )
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: _planned(form, request.user, deal))
        if made is not None:
            messages.success(request, _told(form, _("Meeting planned.")))
            return close_form(request, context["cancel_url"], at=f"meeting-{made}")
    return _form(request, form, {"heading": _("New meeting"), "submit_label": _("Plan"), **context})


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a meeting; its organiser and admins may. One that was cancelled stays as it was.

    A form that was open while somebody called it off keeps what was typed, and says so.
    """
    posted = request.method == "POST"
    source: Any = Meeting.with_trash if posted else Meeting.objects
    meeting = fetch(source.with_attendees(), request, pk=pk)
    meeting.demand(request.user)
    if meeting.is_cancelled and not posted:
        messages.error(request, _("This meeting was called off. Plan a new one."))
        return close_form(request, meeting.get_absolute_url())
    form = MeetingForm(request.POST or None, instance=meeting, user=request.user)
    if posted and form.is_valid() and _revised(request, form):
        messages.success(request, _told(form, _("Meeting saved.")))
        return close_form(request, meeting.get_absolute_url(), at=f"meeting-{meeting.pk}")
    words = {"heading": _("Edit meeting"), "submit_label": _("Save"), "cancel_url": meeting.get_absolute_url()}
    return _form(request, form, {**words, "refused": form.has_error(NON_FIELD_ERRORS, "off")})


def _told(form: MeetingForm, done: str) -> str:
    """Return what was done, and whether mail goes out."""
    return f"{done} {_('Invitations are on their way.')}" if form.cleaned_data["invite"] else done


def _planned(form: MeetingForm, user: Any, deal: Any) -> Meeting | None:
    """Plan the meeting; what is refused is told at the invitation, which is all that can be."""
    try:
        planning.plan(form.instance, **_attendees(form), by=user, deal=deal)
    except ValidationError as error:
        form.add_error("invite", error.messages)
        return None
    return form.instance


def _revised(request: Request, form: MeetingForm) -> bool:
    """Store the changes, or say in the form what a colleague did meanwhile, or who may not be invited."""
    try:
        opened = form.cleaned_data["opened"]
        untold = planning.revise(form.instance, **_attendees(form), by=request.user, opened=opened)
    except Overtaken as overtaken:
        form.tell(overtaken)
        return False
    except ValidationError as error:
        form.add_error(None if getattr(error, "code", "") == "off" else "invite", error)
        return False
    tell_untold(request, untold)
    return True


def _attendees(form: MeetingForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("people", "colleagues", "invite")}


def _form(request: Request, form: MeetingForm, context: dict[str, Any]) -> HttpResponse:
    return form_page(request, "meetings/form.html", {"form": form, **context})


def _asked_start(value: str) -> dt.datetime | None:
    """Return ten o'clock of the day that the calendar names, or None for what is no day."""
    try:
        day = dt.date.fromisoformat(value)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(10))) if 1970 < day.year < 2200 else None
    except ValueError:
        return None
