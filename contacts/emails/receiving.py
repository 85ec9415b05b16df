"""Receiving a mail: it is filed with the person it is from, once, by whatever way it comes in."""

from dataclasses import replace
from email.message import Message
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from contacts.attachments.attaching import discarded_on_failure, keep, prepare
from contacts.attachments.models import Attachment
from contacts.emails import bounces
from contacts.emails.addressing import named
from contacts.emails.composing import begin
from contacts.emails.matching import Place, place_of
from contacts.emails.models import Direction, Email
from contacts.emails.models.email import BODY_LIMIT
from contacts.emails.parsing import is_head_alone
from contacts.emails.reading import Body, Head, body_of, digest_of, head_of
from contacts.emails.sanitising import text_of
from contacts.timeline.recording import record
from tesoro.emails import email_key
from tesoro.outbox import State

MOST_FILES = 30
MOST_NAMED = 20
SUBJECT_LENGTH = 200
ADDRESS_LENGTH = 320
NAME_LENGTH = 150
HTML_LENGTH = 1_000_000
MOST_REFERENCES = 50


def receive(message: Message, *, account: Any = None, envelope_to: str = "", missing: str = "") -> Email | None:
    """File a mail and return it, or return None for one that concerns nobody: that is not stored.

    ``account`` is that of the mailbox it was found in, ``envelope_to`` whom it was delivered to, ``missing`` says what
    of it could not be fetched. A mail that was received already is returned as it is. A report that a mail came back
    is taken to the mail it is about.
    """
    head = head_of(message, envelope_to)
    if bounces.is_report(message):
        bounces.take(message, head, account)
        return None
    place = place_of(head, account)
    if place is None:
        return None
    body = body_of(message)
    head = head if head.message_id else replace(head, message_id=digest_of(head, body))
    with translation.override(place.person.account.language):
        if is_head_alone(message):
            missing = missing or _("All but the subject: it is not built as emails are. Open it where it came in.")
        body.missing += [missing] if missing else []
        return _known(place, head) or _filed(place, head, body)


def concerns(message: Message, account: Any) -> bool:
    """Whether :func:`receive` would file a mail found in the account's mailbox. Its headers are enough to tell."""
    return bounces.is_report(message) or place_of(head_of(message), account) is not None


def _known(place: Place, head: Head) -> Email | None:
    return Email.with_trash.filter(account_id=place.person.account_id, message_id=head.message_id).first()


def _filed(place: Place, head: Head, body: Body) -> Email:
    """Store a mail, unless it comes in at this very moment by another way too. Its files are stored before."""
    try:
        with discarded_on_failure() as files:
            _prepare(place.person, body, files)
            with transaction.atomic():
                return _store(place, head, body, files)
    except IntegrityError:
        known = _known(place, head)
        if known is None:
            raise
        return known


def _prepare(person: Any, body: Body, files: list[Attachment]) -> None:
    """Store what came along, filling ``files``, and note what is not kept and why."""
    for file in body.files:
        try:
            if len(files) >= MOST_FILES:
                raise ValidationError(_("More than %(most)d files.") % {"most": MOST_FILES})
            files.append(prepare(person, ContentFile(file.content, file.name)))
        except ValidationError as error:
            body.missing.append(f"{file.name[:NAME_LENGTH]}: {error.messages[0]}")


def _store(place: Place, head: Head, body: Body, files: list[Attachment]) -> Email:
    """Write down the email, its event and its files, which are stored by now. Its sender is there, so is reached."""
    person = place.person
    subject = head.subject[:SUBJECT_LENGTH].strip() or _("(no subject)")
    automatic = {"automatic": True} if head.automatic else {}
    conversation = place.conversation or begin(person, subject)
    told = {"name": _writer(head, person), **automatic}
    email = Email(
        account_id=person.account_id,
        person=person,
        conversation=conversation,
        event=record("email_received", by=None, at=head.at, **conversation.told_on, **told),
        direction=Direction.IN,
        state=State.RECEIVED,
        queued_at=None,
        subject=subject,
        body=_text(body),
        html=body.html[:HTML_LENGTH],
        sender=_sender(head),
        recipient=next(iter(head.recipients), "")[:ADDRESS_LENGTH],
        message_id=head.message_id,
        references=" ".join(head.references[-MOST_REFERENCES:]),
        attachment_count=len(files),
        created_at=head.at,
    )
    _tell(email, body.missing)
    email.save()
    email.attachments.set([keep(file, by=None, shown=False) for file in files])
    bounces.clear(person.account_id, head.sender, head.at)
    return email


def _writer(head: Head, person: Any) -> str:
    """Return the name of who wrote: the person's, or that of somebody who answered in their place."""
    if email_key(head.sender) == person.email_key:
        return person.full_name
    return (head.sender_name or head.sender)[:NAME_LENGTH] or person.full_name


def _sender(head: Head) -> str:
    try:
        full = named(head.sender_name, head.sender) if head.sender_name else head.sender
    except (ValueError, IndexError):  # no address in the sense of the standard
        full = head.sender
    return full if len(full) <= ADDRESS_LENGTH else head.sender


def _text(body: Body) -> str:
    text = body.text or text_of(body.html)
    if len(text) <= BODY_LIMIT:
        return text
    end = "\n\n" + _("[The rest of this email is too long to be kept.]")
    return text[: BODY_LIMIT - len(end)] + end


def _tell(email: Email, missing: list[str]) -> None:
    """Name at the end of an email what was not kept of it."""
    if not missing:
        return
    names = missing[:MOST_NAMED] + ["…"] * (len(missing) > MOST_NAMED)
    note = f"[{_('Not kept:')} {'; '.join(names)}]"
    email.body = f"{email.body[: BODY_LIMIT - len(note) - 2]}\n\n{note}".strip()
    if email.html:
        email.html += f"<p>{escape(note)}</p>"
