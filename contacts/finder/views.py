"""Search from every page: a page of its own, and what the dialog shows while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.finder.finding import Finding
from tesoro.access import Request, member


@require_safe
@member
def search(request: Request) -> HttpResponse:
    """Show what ``q`` finds; to the dialog, which asks as htmx does, as options to choose from."""
    finding = Finding(request.account, request.GET.get("q", ""), request.GET.get("in", ""))
    template = "finder/_options.html" if request.htmx else "finder/page.html"
    return render(request, template, {"finding": finding})
