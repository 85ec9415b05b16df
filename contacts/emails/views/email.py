"""One email: where it stands, sent again, known to have arrived, deleted, restored."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.emails.composing import send_again
from contacts.emails.models import Email
from contacts.record import Record
from tesoro.access import Request, member
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast
from tesoro.trash import live


def _email(request: Request, pk: int, source: Any = None) -> Email:
    """Return an email of the account, unless its person lies in the trash."""
    emails = Email.objects if source is None else source
    return fetch(emails.select_related("author", "person", "conversation").filter(live("person")), request, pk=pk)


def _thread_url(request: Request, email: Email) -> str:
    """Return the address of the conversation, or of the tab when nothing of it is left to see."""
    record = Record(request, email.person, "emails")
    if not email.conversation.emails.exists():
        return record.url_of("emails")
    return reverse(f"{record.section}:conversation", args=[email.person_id, email.conversation_id])


def _back(request: Request, email: Email) -> HttpResponse:
    """Return to where the form was, at the email while it is there."""
    url = back(request, _thread_url(request, email)).url
    return HttpResponseRedirect(url if email.in_trash else f"{url}#email-{email.pk}")


@require_safe
@member
def email(request: Request, pk: int) -> HttpResponse:
    """Show one email: its place in the conversation, or for htmx itself, or its state alone.

    Nothing when the page has ``seen`` the state, so that nothing moves under the reader.
    """
    found = _email(request, pk)
    if not request.htmx:
        return HttpResponseRedirect(f"{_thread_url(request, found)}#email-{pk}")
    if request.GET.get("seen") == found.state:
        return HttpResponse(status=204)
    template = "emails/_state.html" if "alone" in request.GET else "emails/_email.html"
    return render(request, template, {"email": found, "person": found.person, "watched": "alone" in request.GET})


@require_POST
@member
def sending(request: Request, pk: int) -> HttpResponse:
    """Send a failed email again, or one that nobody knows about; its author and admins may."""
    found = _email(request, pk)
    found.demand(request.user)
    try:
        if send_again(found):
            messages.success(request, _("The email is on its way"))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return _back(request, found)


@require_POST
@member
def arrival(request: Request, pk: int) -> HttpResponse:
    """Take a person's word that an email of unknown state has arrived."""
    found = _email(request, pk)
    found.demand(request.user)
    if found.confirm():
        messages.success(request, _("Noted as sent"))
    return _back(request, found)


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete an email from the timeline; the toast offers Undo."""
    found = _email(request, pk)
    found.trash(by=request.user)
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("Email deleted"), undo_url=reverse("emails:restoration", args=[pk]), undo_data=undo)
    return _back(request, found)


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take an email out of the trash again."""
    found = _email(request, pk, Email.with_trash.trashed())
    found.restore(by=request.user)
    messages.success(request, _("Email restored"))
    return _back(request, found)
