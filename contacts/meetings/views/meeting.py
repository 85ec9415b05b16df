"""One meeting: look at it, cancel it, delete it, restore it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.meetings import planning
from contacts.meetings.models import Meeting
from contacts.meetings.untold import tell_untold
from tesoro.access import Request, member
from tesoro.answers import close_form
from tesoro.tenancy import fetch
from tesoro.toasts import toast


def _meeting(request: Request, pk: int, source: Any = None) -> Meeting:
    found: Meeting = fetch((Meeting.objects if source is None else source).with_attendees(), request, pk=pk)
    return found


@require_safe
@member
def meeting(request: Request, pk: int) -> HttpResponse:
    """Show a meeting: in the side panel for htmx, else on a page of its own."""
    template = "meetings/_panel.html" if request.htmx else "meetings/meeting.html"
    return render(request, template, {"meeting": _meeting(request, pk)})


@member
def cancel(request: Request, pk: int) -> HttpResponse:
    """Ask, then call the meeting off."""
    found = _meeting(request, pk)
    found.demand(request.user)
    if request.method == "POST":
        tell_untold(request, planning.cancel(found, by=request.user))
        messages.success(request, _("Meeting called off"))
        return close_form(request, found.get_absolute_url(), at=f"meeting-{pk}")
    return _question(request, found, heading=_("Call this meeting off?"), submit_label=_("Call it off"))


@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a meeting, asking first when mail goes out; the toast offers Undo."""
    found = _meeting(request, pk)
    found.demand(request.user)
    if request.method != "POST":
        words = {"heading": _("Delete this meeting?"), "submit_label": _("Delete it")}
        return _question(request, found, deleting=True, **words)
    tell_untold(request, planning.trash(found, by=request.user))
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("Meeting deleted"), undo_url=reverse("meetings:restoration", args=[pk]), undo_data=undo)
    return close_form(request, reverse("meetings:calendar"))


def _question(request: Request, found: Meeting, **words: Any) -> HttpResponse:
    context = {"meeting": found, "cancel_url": found.get_absolute_url(), **words}
    return render(request, "meetings/question.html", context)


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a meeting out of the trash again."""
    found = _meeting(request, pk, Meeting.with_trash.trashed())
    tell_untold(request, planning.restore(found, by=request.user))
    messages.success(request, _("Meeting restored"))
    return close_form(request, found.get_absolute_url(), at=f"meeting-{pk}")
