"""The page where everybody comes in, and the list behind its numbers of what colleagues did."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contacts.dashboard.deed_lines import DeedsPage
from contacts.dashboard.forms import ActivityForm, FilterForm
from contacts.dashboard.page import Dashboard
from tesoro.access import Request, member, public


@require_safe
@public
def home(request: Request) -> HttpResponseBase:
    """Show members their dashboard; send everybody else where they belong."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    return dashboard(request) if request.account else redirect("admin:index")


@member
def dashboard(request: Request) -> HttpResponse:
    """Show what is to be done today, and the figures of the days and of the colleague that the address names."""
    form = FilterForm(request.GET, user=request.user, now=timezone.now())
    page = Dashboard(form.scope())
    context = {"form": form, "page": page, "scope": page.scope, "section": "dashboard"}
    return render(request, "dashboard/page.html", context)


@require_safe
@member
def activity(request: Request) -> HttpResponse:
    """Show what colleagues did in the days that the address names; the next page of it when htmx asks for older."""
    form = ActivityForm(request.GET, user=request.user, now=timezone.now())
    page = DeedsPage(request, form.scope())
    if request.htmx and "older" in request.GET:
        return render(request, "dashboard/_deeds.html", {"page": page})
    return render(request, "dashboard/deeds.html", {"form": form, "page": page, "section": "dashboard"})
