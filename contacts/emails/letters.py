"""The letter an email becomes when it leaves: plain text and HTML of one Markdown text, signature, files, headers."""

import json
import mimetypes
import re
from collections.abc import Iterator
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from accounts.mail import account_header, uses_outbox
from contacts.attachments.models import Attachment
from contacts.emails.addressing import named, reply_address, sender_address, server_of
from contacts.emails.bounces import METADATA
from contacts.emails.models import Email
from tesoro import markdown

SIGNATURE_MARK = "-- "  # RFC 3676: programs cut off what follows when they quote
ANY = "application/octet-stream"
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)


def letter(email: Email, connection: Any) -> EmailMultiAlternatives:
    """Return the message to send over ``connection``. Raises FileNotFoundError when an attached file is gone."""
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=_text(email),
        from_email=named(_name(email), sender_address(server_of(email.account_id))),
        to=[email.recipient],
        reply_to=_reply_to(email),
        headers=_headers(email),
        connection=connection,
    )
    message.attach_alternative(_html(email), "text/html")
    if email.calendar:
        message.attach_alternative(email.calendar, f"text/calendar; method={_method(email.calendar)}")
    for part in _files(email):
        message.attach(part)
    return message


def _name(email: Email) -> str:
    """Return the name of who writes: the agent, or else the office."""
    return email.author.get_full_name() if email.author else email.account.name


def _reply_to(email: Email) -> list[str]:
    """Return where answers go: to the conversation, or to the agent where mail has no way in."""
    address = reply_address(email.conversation) or (email.author.email if email.author else "")
    return [named(_name(email), address)] if address else []


def _headers(email: Email) -> dict[str, str]:
    headers = {"Message-ID": email.message_id, **account_header(email.account), **_metadata(email)}
    if email.references:
        headers |= {"In-Reply-To": email.references.split()[-1], "References": email.references}
    return headers


def _metadata(email: Email) -> dict[str, str]:
    """Return what has services that number mail themselves, Postmark and Mailjet, name it by its Message-ID."""
    server = server_of(email.account_id)
    if uses_outbox() or (server is not None and server.smtp_host):
        return {}
    told = json.dumps({METADATA: email.message_id})
    return {f"X-PM-Metadata-{METADATA}": email.message_id, "X-MJ-EventPayload": told}


def _signature(email: Email) -> str:
    return email.author.signature.strip() if email.author else ""


def _text(email: Email) -> str:
    signature = _signature(email)
    return f"{email.body}\n\n{SIGNATURE_MARK}\n{signature}\n" if signature else f"{email.body}\n"


def _html(email: Email) -> str:
    context = {
        "language": email.person.language or email.account.language,
        "body": markdown.render(email.body),
        "signature": markdown.render(_signature(email)),
    }
    return render_to_string("emails/letter.html", context)


def _method(calendar: str) -> str:
    """Return what the invitation asks for: REQUEST, CANCEL."""
    match = _METHOD.search(calendar)
    return match[1] if match else "PUBLISH"


def _files(email: Email) -> Iterator[MIMEBase]:
    """Yield what goes along, byte for byte, also files that were moved to the trash meanwhile."""
    for attachment in Attachment.with_trash.filter(emails=email).order_by("pk"):
        with attachment.file.open("rb") as file:
            part = MIMEBase(*_kind(attachment.name))
            part.set_payload(file.read())
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", attachment.name))
        yield part


def _kind(name: str) -> list[str]:
    """Return the media type by the ending, in its two words. A mail as a file would be taken apart."""
    kind = mimetypes.guess_type(name)[0] or ANY
    return (ANY if kind.startswith(("message/", "multipart/")) else kind).split("/", 1)
