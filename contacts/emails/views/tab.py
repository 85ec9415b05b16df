"""The tab of a record's emails: the conversations, and each with its emails and the way to answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.emails.forms import EmailForm
from contacts.emails.models import Conversation, Email
from contacts.emails.views.writing import refusal, sent, written
from contacts.models import Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
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
    """Show the conversations with a person."""
    rows = Email.objects.filter(person=person)
    return show_conversations(request, Record(request, person, "emails"), rows, refusal(person))


def show_conversations(request: Request, record: SubjectPage, rows: Any, refused: str) -> HttpResponse:
    """Show the conversations of a record, the one with the newest email first; ``refused`` says why none can begin."""
    older = request.GET.get("older", "")
    rows, scope = rows.newest_of_each().for_list(), f"conversations {request.path}"
    page = keyset.page(rows, NEWEST_FIRST, CONVERSATIONS_PAGE, after=older, scope=scope)
    context = {
        **record.context,
        "emails": page.rows,
        "older": page.next,
        "new_url": record.form_url("email"),
        "refused": refused,
    }
    fragment = request.htmx and older
    return render(request, "emails/_conversations.html" if fragment else "emails/tab.html", context)


@member
@of_person
def conversation(request: Request, person: Person, conversation: int) -> HttpResponse:
    """Show the emails of a conversation with a person; a POST answers."""
    thread = fetch(Conversation.objects.select_related("deal"), request, pk=conversation, person=person)
    thread.person = person
    record = Record(request, person, "emails")
    return show_conversation(request, record, thread, bounced=record.bounced)


def show_conversation(request: Request, record: SubjectPage, thread: Conversation, **told: Any) -> HttpResponse:
    """Show the emails of a conversation on the page of a record, newest first; a POST answers."""
    form = EmailForm(*sent(request), person=thread.person, on=record.subject, conversation=thread, auto_id="reply-%s")
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: written(form, on=record.subject, by=request.user, conversation=thread))
        if made is not None:
            messages.success(request, _("The email is on its way"))
            return redirect(placed(request.path + record.carried, f"email-{made}"))
    context = {**_thread(request, record, thread), **told, "form": form}
    if not context["emails"] and request.method != "POST":
        return redirect(context["tab_url"])
    if request.htmx and "older" in request.GET:
        return render(request, "emails/_thread.html", context)
    return render(request, "emails/conversation.html", context, status=422 if form.errors else 200)


def _thread(request: Request, record: SubjectPage, thread: Conversation) -> dict[str, Any]:
    rows = thread.emails.select_related("author").prefetch_related("attachments").defer("references")
    older = request.GET.get("older", "")
    page = keyset.page(rows, NEWEST_FIRST, EMAILS_PAGE, after=older, scope=f"emails {thread.pk}")
    return {
        **record.context,
        "tab_url": record.url_of("emails"),
        "person": thread.person,
        "conversation": thread,
        "emails": page.rows,
        "older": page.next,
        "is_first": not page.previous,
        "refused": refusal(thread.person),
    }
