"""The calendar: a month, a week or a day, of oneself, of a colleague or of everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.meetings.agenda import Agenda
from tesoro.access import Request, member


@require_safe
@member
def calendar(request: Request) -> HttpResponse:
    """Show the days that the address bar asks for, in the account's time zone."""
    return render(request, "meetings/calendar.html", {"agenda": Agenda(request)})
