"""The page of a company and its tabs, each at its own address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.attachments.views.tab import show_files
from contacts.relations.models import Relation
from contacts.relations.record import RelationRecord
from contacts.timeline.tabs import show_activities, show_notes
from contacts.views.info import change_one, show_info
from tesoro.access import Request, member
from tesoro.tenancy import fetch


def of_relation(tab: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Hand the view the page of the company of its address, open at ``tab``.

    A company in the trash can be looked at, and restored; nothing is changed on it.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def found(request: Request, pk: int, **kwargs: Any) -> HttpResponse:
            rows = Relation.with_trash.select_related("account", "created_by", "deleted_by")
            relation = fetch(rows, request, pk=pk)
            if relation.in_trash and request.method == "POST":
                raise Http404
            if relation.in_trash:
                return render(request, "record/in_trash.html", {"subject": relation, "bin": "relations"})
            return view(request, RelationRecord(request, relation, tab), **kwargs)

        return found

    return decorate


@require_safe
@member
@of_relation("activities")
def activities(request: Request, record: RelationRecord) -> HttpResponse:
    """Show the timeline of a company."""
    return show_activities(request, record)


@require_safe
@member
@of_relation("info")
def info(request: Request, record: RelationRecord) -> HttpResponse:
    """Show every field of a company, in groups."""
    return show_info(request, record)


@member
@of_relation("info")
def field(request: Request, record: RelationRecord, field: str) -> HttpResponse:
    """Change one field of a company."""
    return change_one(request, record, field)


@member
@of_relation("notes")
def notes(request: Request, record: RelationRecord) -> HttpResponse:
    """Show the notes on a company; a POST writes one."""
    return show_notes(request, record)


@member
@of_relation("attachments")
def attachments(request: Request, record: RelationRecord) -> HttpResponse:
    """Show the files of a company; a POST keeps those that were sent."""
    return show_files(request, record)
