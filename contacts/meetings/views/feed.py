"""The private feed: its address among the settings, and what calendar programs read there."""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.mail import absolute, language_of
from contacts.meetings import ics
from contacts.meetings.models import CalendarFeed, Meeting
from tesoro.access import Request, member, public

SINCE = timedelta(days=92)
PLACE = {"section": "settings"}  # where the frame says one is


@require_safe
@public
def feed(request: Request, token: str) -> HttpResponse:
    """Return the meetings of the user whose address this is, from three months ago on.

    An address nobody has, or has any more, is not there; neither is that of a user who was deactivated.
    """
    found = CalendarFeed.objects.of_address(token).first()
    if found is None:
        raise Http404
    body = _published(found.user)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="tesoro.ics"'
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _published(user: Any) -> bytes:
    meetings = Meeting.objects.for_account(user.account).of_user(user).ending_after(timezone.now() - SINCE)
    with language_of(user):
        return ics.feed(f"{user.get_full_name()} · {user.account.name}", meetings.with_attendees())


@require_safe
@member
def settings(request: Request) -> HttpResponse:
    """Show whether there is an address, and since when. What it is was shown once."""
    found = CalendarFeed.objects.filter(user=request.user).first()
    return render(request, "meetings/feed.html", {"feed": found, **PLACE})


@require_POST
@member
def renew(request: Request) -> HttpResponse:
    """Make an address, in place of the one there was, and show it this once."""
    token = CalendarFeed.renew(request.user)
    address = absolute(reverse("meetings:feed", args=[token]), request)
    found = CalendarFeed.objects.get(user=request.user)
    return render(request, "meetings/feed.html", {"feed": found, "address": address, **PLACE})


@require_POST
@member
def delete(request: Request) -> HttpResponse:
    """Delete the address; programs that read it find nothing from now on."""
    CalendarFeed.objects.filter(user=request.user).delete()
    messages.success(request, _("The address is gone. Calendar programs that read it find nothing any more."))
    return redirect("meetings:feed-settings")
