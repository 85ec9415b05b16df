"""The page of a deal and its tabs, each at its own address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.attachments.views.tab import show_files
from contacts.timeline.tabs import show_activities, show_notes
from contacts.views.info import change_one, show_info
from deals.models import Deal
from deals.record import DealRecord
from tesoro.access import Request, member
from tesoro.tenancy import fetch


def of_deal(tab: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Hand the view the page of the deal of its address, open at ``tab``.

    A deal in the trash can be looked at, and restored; nothing is changed on it.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: Request, pk: int, **kwargs: Any) -> HttpResponse:
            rows = Deal.with_trash.select_related("account", "assigned_to", "created_by", "deleted_by")
            deal = fetch(rows, request, pk=pk)
            if deal.in_trash and request.method == "POST":
                raise Http404
            if deal.in_trash:
                return render(request, "record/in_trash.html", {"subject": deal, "bin": "deals"})
            return view(request, DealRecord(request, deal, tab), **kwargs)

        return found

    return decorate


@require_safe
@member
@of_deal("activities")
def activities(request: Request, record: DealRecord) -> HttpResponse:
    """Show the timeline of a deal."""
    return show_activities(request, record)


@require_safe
@member
@of_deal("info")
def info(request: Request, record: DealRecord) -> HttpResponse:
    """Show every field of a deal, in groups."""
    return show_info(request, record)


@member
@of_deal("info")
def field(request: Request, record: DealRecord, field: str) -> HttpResponse:
    """Change one field of a deal."""
    return change_one(request, record, field)


@member
@of_deal("notes")
def notes(request: Request, record: DealRecord) -> HttpResponse:
    """Show the notes on a deal; a POST writes one."""
    return show_notes(request, record)


@member
@of_deal("attachments")
def attachments(request: Request, record: DealRecord) -> HttpResponse:
    """Show the files of a deal; a POST keeps those that were sent."""
    return show_files(request, record)
