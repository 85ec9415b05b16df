"""What is done with one message: send it again, take it for sent, delete and restore it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.messaging import sending
from contacts.messaging.models import Message
from tesoro.access import Request, member
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast
from tesoro.trash import live


def _message(request: Request, pk: int, source: Any = None) -> Message:
    """Return a message of the account, unless its person lies in the trash."""
    rows = Message.objects if source is None else source
    return fetch(rows.select_related("author", "person").filter(live("person")), request, pk=pk)


def _back(request: Request, message: Message) -> HttpResponse:
    """Return to where the button was, at the message."""
    url = back(request, reverse(f"{message.person.namespace}:{message.channel}", args=[message.person_id])).url
    return HttpResponseRedirect(url if message.in_trash else f"{url}#message-{message.pk}")


@require_POST
@member
def send_again(request: Request, pk: int) -> HttpResponse:
    """Queue a failed message, or one of unknown state, once more; its author and admins may."""
    found = _message(request, pk)
    found.demand(request.user)
    try:
        if not sending.send_again(found):
            messages.info(request, _("This message is on its way already."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(request, found)


@require_POST
@member
def arrived(request: Request, pk: int) -> HttpResponse:
    """Take a message of unknown state for sent; its author and admins may."""
    found = _message(request, pk)
    found.demand(request.user)
    found.confirm()
    return _back(request, found)


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a message from the office's books; the toast offers Undo."""
    found = _message(request, pk)
    found.trash(by=request.user)
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("Message deleted"), undo_url=reverse("messaging:restoration", args=[pk]), undo_data=undo)
    return _back(request, found)


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a message out of the trash again."""
    found = _message(request, pk, Message.with_trash.trashed())
    found.restore(by=request.user)
    messages.success(request, _("Message restored"))
    return _back(request, found)
