"""The tabs WhatsApp and SMS of a person."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from contacts.messaging.composing import Composer
from contacts.messaging.thread import Thread
from contacts.record import Record
from contacts.views.detail import of_person
from tesoro.access import Request, member


@member
@of_person
def thread(request: Request, person: Any, channel: str) -> HttpResponse:
    """Show the messages with a person; a POST sends one. htmx gets older messages, or a look at what has changed."""
    record = Record(request, person, str(channel))
    composer = Composer(request, person, channel)
    if request.method == "POST" and "preview" not in request.POST and composer.sent():
        return HttpResponseRedirect(f"{record.url_of(record.tab)}#compose")
    shown = Thread(request, person, channel, record.carried)
    context = {"record": record, "person": person, "composer": composer, "thread": shown}
    if request.htmx and "older" in request.GET:
        return render(request, "messaging/_older.html", context)
    if request.htmx and "since" in request.GET:
        return _refreshed(request, context)
    return render(request, "messaging/thread.html", context, status=422 if composer.form.errors else 200)


def _refreshed(request: Request, context: dict[str, Any]) -> HttpResponse:
    """Answer a look at the thread: nothing when nothing has changed, so that nothing moves under the reader."""
    if context["thread"].is_unchanged:
        return HttpResponse(status=204)
    return render(request, "messaging/_refreshed.html", context)
