"""Writing an email: the row, its event and its task, in one transaction. A worker sends it."""

import re
import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.emails.addressing import domain_of, named, sender_address, server_of
from contacts.emails.models import Conversation, Email
from contacts.emails.tasks import deliver
from contacts.timeline.recording import record
from tesoro.emails import email_key
from tesoro.outbox import State

MOST_BYTES = 20 * 1024 * 1024  # in all; on its way a file grows by a third, and few servers take more than 25 MB
MOST_REFERENCES = 20  # beside the first; RFC 5322 asks for no more, and a header has an end
_MESSAGE_ID = re.compile(r"<[^<>\s]+@[^<>\s]+>\Z")


def write(
    person: Any,
    *,
    subject: str,
    body: str,
    by: Any,
    conversation: Conversation | None = None,
    attachments: Collection[Attachment] = (),
    calendar: str = "",
    deal: Any = None,
) -> Email:
    """Write an email to ``person`` in the name of ``by`` and queue it; without a conversation it begins one.

    One that begins about ``deal`` stands on its timeline too, and so does all that follows in it.

    ``body`` is Markdown, ``calendar`` an invitation (iCalendar) that goes along. Raises ValidationError when the person
    may not be written to, or when subject (200 characters) or body break their rules.
    """
    demand_reachable(person)
    sender = sender_address(server_of(person.account_id))
    email = Email(
        account_id=person.account_id,
        person=person,
        author=by,
        subject=subject,
        body=body,
        calendar=calendar,
        sender=named(by.get_full_name(), sender) if by else sender,
        recipient=person.email,
        message_id=f"<{uuid.uuid4()}@{domain_of(sender)}>",
        attachment_count=len(attachments),
    )
    email.judge()
    demand_light(attachments)
    with transaction.atomic():
        email.conversation = conversation or begin(person, email.subject, deal)
        email.references = " ".join(references(conversation))
        email.event = record("emailed", by=by, **addressed(email.conversation), **email.conversation.told_on)
        email.save()
        email.attachments.set(attachments)
        deliver.enqueue(email.pk)
    return email


def demand_reachable(person: Any) -> None:
    """Raise ValidationError, saying why, when the office may not or cannot write to the person."""
    person.demand_contactable()
    name = {"name": person.full_name}
    if person.in_trash:
        raise ValidationError(_("%(name)s lies in the trash. Restore the record first."), code="in_trash", params=name)
    if not person.email:
        raise ValidationError(_("%(name)s has no email address."), code="no_address", params=name)


def demand_light(attachments: Collection[Attachment]) -> None:
    """Raise ValidationError when files are too large, taken together, for one email."""
    if sum(attachment.size for attachment in attachments) > MOST_BYTES:
        text = _("An email carries at most 20 MB of files. Take some off.")
        raise ValidationError({"attachments": ValidationError(text, code="too_large")})


def send_again(email: Email) -> bool:
    """Queue a failed email, or one of unknown state, once more, to the address the person has now.

    False when it is on its way already. Raises ValidationError when the person may not be written to, and for an
    invitation: the meeting may have been moved or cancelled since.
    """
    if email.calendar:
        raise ValidationError(_("Send the invitation anew from the meeting."), code="invitation")
    demand_reachable(email.person)
    with transaction.atomic():
        if not email.send_again(deliver):
            return False
        address = email.person.email
        Email.objects.filter(pk=email.pk).update(recipient=address, recipient_key=email_key(address))
    return True


def begin(person: Any, subject: str, deal: Any = None) -> Conversation:
    """Begin a conversation with ``person``, perhaps about a deal."""
    return Conversation.objects.create(account_id=person.account_id, person=person, subject=subject, deal=deal)


def addressed(conversation: Conversation) -> dict[str, Any]:
    """Return what the event of an email says of its reader: on the timeline of a deal there are several."""
    return {"to": conversation.person.full_name} if conversation.deal_id else {}


def references(conversation: Conversation | None) -> list[str]:
    """Return the Message-IDs an answer refers to, oldest first: the first of the conversation and its latest."""
    if conversation is None:
        return []
    earlier = Email.with_trash.filter(conversation=conversation).exclude(state=State.FAILED)
    ids = [found for found in earlier.order_by("created_at", "pk").values_list("message_id", flat=True) if found]
    good = [found for found in ids if _MESSAGE_ID.match(found)]
    return good[:1] + good[1:][-MOST_REFERENCES:]
