"""Reading what OutboxBackend wrote: one account's mail, and no other's."""

import datetime as dt
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from accounts.mail import ACCOUNT_HEADER
from accounts.models import Account

MOST_SHOWN = 200
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-(\d+)-[0-9a-f]{8}")


@dataclass(frozen=True)
class Letter:
    """One mail. ``name`` is its file's, without the ending; ``files`` are the names of what goes along.

    ``invites``: it carries an invitation to a meeting, which mail programs offer to accept.
    """

    name: str
    written_at: dt.datetime
    to: str
    sender: str
    subject: str
    text: str
    files: tuple[str, ...] = ()
    invites: bool = False


def letters(account: Account) -> list[Letter]:
    """Return the account's mail, newest first, at most 200."""
    names = sorted((path.stem for path in _folder().glob(f"*-{account.pk}-*.eml")), reverse=True)
    read = (letter(account, name) for name in names[:MOST_SHOWN])
    return [one for one in read if one is not None]


def letter(account: Account, name: str) -> Letter | None:
    """Return the mail in the file ``name``, or None where there is none that belongs to the account."""
    match = _NAME.fullmatch(name)
    if match is None or match[2] != str(account.pk):
        return None
    try:
        content = (_folder() / f"{name}.eml").read_bytes()
    except OSError:
        return None
    message = message_from_bytes(content, policy=policy.default)
    if message[ACCOUNT_HEADER] != str(account.pk):
        return None
    stamp = dt.datetime.strptime(match[1], "%Y%m%d-%H%M%S-%f").replace(tzinfo=dt.UTC)
    to, sender, subject = (str(message[header]).strip() for header in ("To", "From", "Subject"))
    files = tuple(part.get_filename() or "" for part in message.iter_attachments() if part.get_filename())
    return Letter(name, stamp, to, sender, subject, _text(message), files, _invites(message))


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content() if body is not None else ""


def _invites(message: EmailMessage) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in message.walk())


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)
