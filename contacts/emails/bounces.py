"""Mail that came back: reports of mail servers (RFC 3464), and what a mail service tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.emails.addressing import token_of
from contacts.emails.models import BouncedAddress, Direction, Email
from contacts.emails.parsing import lenient
from contacts.emails.reading import Head, message_ids, one_line, parts_of, raw_header
from tesoro.emails import clean_email, email_key
from tesoro.outbox import FAILURE_LENGTH, State

MOST_RECIPIENTS = 100
METADATA = "message-id"  # under which a service that numbers mail itself gives the Message-ID back
_LEFT = [State.SENT, State.DELIVERED, State.UNKNOWN]
_CAME_BACK = {"bounced", "rejected"}


@dataclass(frozen=True)
class Refusal:
    """For whom a mail did not arrive, and why, in the words of the server that refused it."""

    address: str
    reason: str


def is_report(message: Message) -> bool:
    """Whether a mail server reports on the delivery of a mail."""
    lenient(message)
    told = str(message.get_param("report-type", "")).lower()
    return message.get_content_type() == "multipart/report" and told == "delivery-status"


def take(message: Message, head: Head, account: Any = None) -> None:
    """Mark the address that a report says is not reached, and the email that came back.

    A report is believed about an email of ours that it quotes, or whose reply address it came to. One that does
    neither, in an office's own mailbox, is believed about an address the office has written to.
    """
    refused = list(refusals(message))[:MOST_RECIPIENTS]
    if not refused:
        return
    email = _email(_quoted(message) | set(head.references), head, account)
    if email is not None:
        _came_back(email, refused[0].reason)
        return
    if account is not None:
        reasons = {_key(refusal.address): refusal.reason for refusal in refused}
        for key in _written_to(account, set(reasons)):
            mark(account.pk, key, reasons[key])


def refusals(message: Message) -> Iterator[Refusal]:
    """Yield the recipients that a report says will not be reached. What is only late is not among them."""
    for part in parts_of(message):
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if isinstance(block, Message) and _is_final(block):
                yield Refusal(_address(block), _reason(block))


def follow(event: Any) -> None:
    """Take in what a mail service tells of an email: that it came back, or that its reader calls it spam.

    What names none of our emails changes nothing: many offices may have written to one address.
    """
    kind = str(event.event_type or "")
    if kind not in _CAME_BACK | {"complained"} or not event.recipient:
        return
    spam = _("The recipient marked an email as spam.")
    reason = spam if kind == "complained" else one_line(str(event.mta_response or event.description or kind))
    email = _named_by(event)
    if email is not None and kind in _CAME_BACK:
        _came_back(email, reason)
    elif email is not None:
        mark(email.account_id, _key(event.recipient), reason)


def mark(account_id: int, key: str, reason: str) -> None:
    """Note that mail to an address comes back."""
    told = {"reason": reason[:FAILURE_LENGTH], "at": timezone.now()}
    if key:
        BouncedAddress.objects.update_or_create(account_id=account_id, email_key=key, defaults=told)


def clear(account_id: int, address: str, at: datetime) -> None:
    """Take the mark off an address that a mail of the moment ``at`` came from: somebody is there."""
    key = _key(address)
    if key:
        BouncedAddress.objects.filter(account_id=account_id, email_key=key, at__lt=at).delete()


def _written_to(account: Any, keys: set[str]) -> list[str]:
    """Return those of the addresses that an office has written to."""
    rows = Email.objects.for_account(account).filter(recipient_key__in=keys - {""}, direction=Direction.OUT)
    return sorted(set(rows.values_list("recipient_key", flat=True)))


def _named_by(event: Any) -> Email | None:
    """Return the email that a service means, by its Message-ID or by what went along with it."""
    told = event.metadata if isinstance(event.metadata, dict) else {}
    ids = [str(one) for one in (event.message_id, told.get(METADATA)) if one]
    return Email.objects.filter(message_id__in=ids, direction=Direction.OUT).first() if ids else None


def _came_back(email: Email, reason: str) -> None:
    Email.with_trash.filter(pk=email.pk, state__in=_LEFT).update(state=State.FAILED, failure=reason[:FAILURE_LENGTH])
    mark(email.account_id, _key(email.recipient), reason)


def _email(quoted: set[str], head: Head, account: Any) -> Email | None:
    """Return the email that a report is about."""
    rows = Email.objects.filter(direction=Direction.OUT).order_by("-pk")
    rows = rows.for_account(account) if account is not None else rows
    found = rows.filter(message_id__in=list(quoted)[:MOST_RECIPIENTS]).first() if quoted else None
    tokens = [token for token in map(token_of, head.recipients) if token]
    return found or (rows.filter(conversation__token__in=tokens[:1]).first() if tokens else None)


def _quoted(message: Message) -> set[str]:
    """Return the Message-IDs of the mail a report quotes, whole or by its headers."""
    found: list[str] = []
    for part in parts_of(message):
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list):
            found += [raw_header(mail, "Message-ID") for mail in inner if isinstance(mail, Message)]
        elif part.get_content_type() == "text/rfc822-headers":
            found += [line for line in _unfolded(str(inner)) if line.lower().startswith("message-id:")]
    return {one for value in found for one in message_ids(value)}


def _unfolded(text: str) -> list[str]:
    return re.sub(r"\r?\n[ \t]", " ", text).splitlines()


def _is_final(block: Message) -> bool:
    """Whether a recipient's block says that the mail failed for good: "failed", and a status of 5.x if any."""
    lenient(block)
    action, status = str(block.get("Action", "")).strip().lower(), str(block.get("Status", "5")).strip()
    return action == "failed" and status.startswith("5")


def _address(block: Message) -> str:
    """Return the address a block is about: "rfc822; andrea@example.com"."""
    told = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return one_line(told.rpartition(";")[2]).strip("<> ")


def _reason(block: Message) -> str:
    """Return the server's words: "550 5.1.1 No such user", or the bare status."""
    diagnostic = one_line(str(block.get("Diagnostic-Code", "")))
    kind, _semicolon, words = diagnostic.partition(";")
    told = words.strip() if kind.strip().lower() in {"smtp", "x-unix"} else diagnostic
    return told or one_line(str(block.get("Status", ""))) or _("It came back.")


def _key(address: str) -> str:
    try:
        return email_key(clean_email(address))
    except ValidationError:
        return ""
