"""The tab Meetings of a record: what is to come, soonest first, then what is past."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contacts.meetings.models import Meeting
from contacts.models import Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
from contacts.views.detail import of_person
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.keyset import Sort

LATEST_FIRST = Sort("-start", "starts_at")
PAGE = 30
MOST_UPCOMING = 100


@require_safe
@member
@of_person
def meetings(request: Request, person: Person) -> HttpResponse:
    """Show the meetings of a person."""
    return show_meetings(request, Record(request, person, "meetings"), Meeting.objects.of_person(person))


def show_meetings(request: Request, record: SubjectPage, rows: Any) -> HttpResponse:
    """Show the meetings of a record; only the older ones when htmx asks for them."""
    context = _meetings(request, record.subject, rows.with_attendees())
    if request.htmx and "older" in request.GET:
        return render(request, "meetings/_past.html", context)
    return render(request, "meetings/tab.html", {**record.context, **context, "plan_url": record.form_url("meeting")})


def _meetings(request: Request, subject: Any, rows: Any) -> dict[str, Any]:
    now = timezone.now()
    older = request.GET.get("older", "")
    page = keyset.page(rows.past(now), LATEST_FIRST, PAGE, after=older, scope=f"{subject.subject} {subject.pk}")
    upcoming = [] if page.previous else list(rows.upcoming(now)[:MOST_UPCOMING])
    return {"upcoming": upcoming, "past": page.rows, "older": page.next}
