"""Writing: a new email, an answer, and how it will look."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.attachments.attaching import discarded_on_failure, keep, prepare
from contacts.attachments.models import Attachment
from contacts.emails.composing import demand_reachable, write
from contacts.emails.forms import EmailForm
from contacts.emails.models import Conversation, Email
from contacts.emails.models.email import BODY_LIMIT
from contacts.models import Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.once import once


@member
@of_person
def new(request: Request, person: Person) -> HttpResponse:
    """Write an email that begins a conversation with a person."""
    form = EmailForm(*sent(request), person=person, auto_id="email-%s")
    record = Record(request, person, "emails")
    return new_email(request, record, form, refusal(person), bounced=record.bounced)


def sent(request: Request) -> tuple[Any, ...]:
    """Return what a form with files takes of a request: nothing, where it is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def new_email(request: Request, record: SubjectPage, form: EmailForm, refused: str, **told: Any) -> HttpResponse:
    """Write an email that begins a conversation, on the page of a record; ``refused`` says why nobody may."""
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: written(form, on=record.subject, by=request.user))
        if made is not None:
            messages.success(request, _("The email is on its way"))
            return close_form(request, record.url_of("emails"), at=f"email-{made}")
    context = {
        **record.context,
        **told,
        "form": form,
        "refused": refused,
        "composing": "email",
        "heading": _("New email"),
        "submit_label": _("Send"),
        "cancel_url": record.url_of("emails"),
    }
    return form_page(request, "emails/new.html", context)


@require_POST
@member
def preview(request: Request) -> HttpResponse:
    """Show a text as its reader will see it."""
    return render(request, "emails/_preview.html", {"body": request.POST.get("body", "")[:BODY_LIMIT]})


def refusal(person: Person) -> str:
    """Return why nobody may write to a person, or nothing."""
    try:
        demand_reachable(person)
    except ValidationError as error:
        return error.messages[0]
    return ""


def written(form: EmailForm, *, on: Any, by: Any, conversation: Conversation | None = None) -> Email | None:
    """Write the email of a valid form, with its new files; None when the form now says what is wrong.

    ``on`` is the record on whose page it was written. It keeps the new files; a conversation begun there is about it.
    """
    fields, person = form.cleaned_data, form.addressee
    subject = fields["subject"] if conversation is None else answered(conversation)
    try:
        with discarded_on_failure() as new:
            _prepare(on, fields["uploads"] or [], new)
            with transaction.atomic():
                words = {"subject": subject, "body": fields["body"], "deal": on.about.get("deal")}
                files = [*fields["attachments"], *(keep(file, by=by, shown=False) for file in new)]
                return write(person, **words, by=by, conversation=conversation, attachments=files)
    except ValidationError as error:
        form.add_error(None, error)
    return None


def _prepare(subject: Any, uploads: Iterable[Any], new: list[Attachment]) -> None:
    """Store the uploads, filling ``new``, or raise ValidationError naming the one that cannot be kept."""
    for upload in uploads:
        try:
            new.append(prepare(subject, upload))
        except ValidationError as error:
            raise ValidationError({"uploads": f"{upload.name}: {error.messages[0]}"}) from None


def answered(conversation: Conversation) -> str:
    """Return the subject of an answer: "Re: The visit"."""
    subject = conversation.subject
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"[:200]
