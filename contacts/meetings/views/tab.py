"""The tab Meetings of a person: what is to come, soonest first, then what is past."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contacts.meetings.models import Meeting
from contacts.models import Person
from contacts.record import Record
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
    """Show the meetings; only the older ones when htmx asks for them."""
    context = _meetings(request, person)
    if request.htmx and "older" in request.GET:
        return render(request, "meetings/_past.html", context)
    record = Record(request, person, "meetings")
    return render(request, "meetings/tab.html", {**context, "record": record, "plan_url": record.form_url("meeting")})


def _meetings(request: Request, person: Person) -> dict[str, Any]:
    now = timezone.now()
    rows = Meeting.objects.of_person(person).with_attendees()
    older = request.GET.get("older", "")
    page = keyset.page(rows.past(now), LATEST_FIRST, PAGE, after=older, scope=str(person.pk))
    upcoming = [] if page.previous else list(rows.upcoming(now)[:MOST_UPCOMING])
    return {"person": person, "upcoming": upcoming, "past": page.rows, "older": page.next}
