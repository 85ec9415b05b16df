"""Calendar: to be filled."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tesoro.access import Request, member


@require_safe
@member
def calendar(request: Request) -> HttpResponse:
    """Show the page."""
    return render(request, "meetings/calendar.html")
