"""The tab of a person's emails: the conversations, and each with its emails and the way to answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.emails.forms import EmailForm
from contacts.emails.models import Conversation, Email
from contacts.emails.views.writing import refusal, written
from contacts.models import Person
from contacts.record import Record
from contacts.views.detail import of_person
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.answers import placed
from tesoro.keyset import Sort
from tesoro.once import once
from tesoro.tenancy import fetch

NEWEST_FIRST = Sort("-created", "created_at")
CONVERSATIONS_PAGE = 30
EMAILS_PAGE = 20


@require_safe
@member
@of_person
def conversations(request: Request, person: Person) -> HttpResponse:
    """Show the conversations, the one with the newest email first."""
    rows = Email.objects.filter(person=person).newest_of_each().for_list()
    older = request.GET.get("older", "")
    page = keyset.page(rows, NEWEST_FIRST, CONVERSATIONS_PAGE, after=older, scope=f"conversations {person.pk}")
    record = Record(request, person, "emails")
    context = {
        "record": record,
        "person": person,
        "emails": page.rows,
        "older": page.next,
        "new_url": record.form_url("email"),
        "refused": refusal(person),
    }
    fragment = request.htmx and older
    return render(request, "emails/_conversations.html" if fragment else "emails/tab.html", context)


@member
@of_person
def conversation(request: Request, person: Person, conversation: int) -> HttpResponse:
    """Show the emails of a conversation, newest first; a POST answers."""
    thread = fetch(Conversation, request, pk=conversation, person=person)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EmailForm(*data, person=person, conversation=thread, auto_id="reply-%s")
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: written(form, person, by=request.user, conversation=thread))
        if made is not None:
            messages.success(request, _("The email is on its way"))
            return redirect(placed(request.path, f"email-{made}"))
    context = _thread(request, person, thread) | {"form": form}
    if not context["emails"] and request.method != "POST":
        return redirect(context["tab_url"])
    if request.htmx and "older" in request.GET:
        return render(request, "emails/_thread.html", context)
    return render(request, "emails/conversation.html", context, status=422 if form.errors else 200)


def _thread(request: Request, person: Person, thread: Conversation) -> dict[str, Any]:
    rows = thread.emails.select_related("author").prefetch_related("attachments").defer("references")
    older = request.GET.get("older", "")
    page = keyset.page(rows, NEWEST_FIRST, EMAILS_PAGE, after=older, scope=f"emails {thread.pk}")
    record = Record(request, person, "emails")
    return {
        "record": record,
        "tab_url": record.url_of("emails"),
        "person": person,
        "conversation": thread,
        "emails": page.rows,
        "older": page.next,
        "is_first": not page.previous,
        "refused": refusal(person),
    }
