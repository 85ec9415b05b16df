"""Mail of the product: plain text, in the reader's language, and a folder for it where no mail server is named.

Every mail that concerns an account carries its id in a header while it goes to the folder, so that the outbox page
shows an office its own mail and no other. A real server never gets the header.
"""

import logging
import secrets
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from enum import Enum
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Account, User

ACCOUNT_HEADER = "X-Tesoro-Account"
log = logging.getLogger(__name__)


class Outcome(Enum):
    """How sending a mail ended; true only when the server took it."""

    SENT = "sent"
    REFUSED = "refused"  # nothing has left: it may be tried again
    UNKNOWN = "unknown"  # it broke on the way and may have arrived: nobody repeats it

    def __bool__(self) -> bool:
        return self is Outcome.SENT


class OutboxBackend(BaseEmailBackend):
    """Writes each mail to a file of its own under ``EMAIL_FILE_PATH``, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; the file's name holds the time and the account, for the outbox to sort by."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            stamp = timezone.now().strftime("%Y%m%d-%H%M%S-%f")
            account = message.extra_headers.get(ACCOUNT_HEADER, "0")
            path = folder / f"{stamp}-{account}-{secrets.token_hex(4)}.eml"
            draft = path.with_suffix(".part")
            draft.touch(mode=0o600)
            draft.write_bytes(message.message().as_bytes())
            draft.replace(path)
        return len(email_messages)


def uses_outbox() -> bool:
    """Whether mail goes to files."""
    return settings.EMAIL_BACKEND == "accounts.mail.OutboxBackend"


def account_header(account: Account | None) -> dict[str, str]:
    """Return the header that puts a mail into the account's outbox; nothing when mail really leaves."""
    return {ACCOUNT_HEADER: str(account.pk)} if account is not None and uses_outbox() else {}


def language_of(user: User | None) -> AbstractContextManager[None]:
    """Return a context in which texts are in the language that ``user`` reads."""
    account = user.account if user is not None else None
    return translation.override((user and user.language) or (account and account.language) or settings.LANGUAGE_CODE)


def absolute(path: str, request: HttpRequest | None = None) -> str:
    """Return the address of ``path`` for a mail: under PUBLIC_URL, or the request's host where that is not set."""
    if request is not None and not settings.PUBLIC_URL_IS_SET:
        return request.build_absolute_uri(path)
    return f"{settings.PUBLIC_URL}{path}"


def send(template: str, to: str, context: dict[str, Any], *, account: Account, language: str = "") -> Outcome:
    """Send ``emails/<template>.txt``, whose first line is the subject; return how that ended.

    The words are in ``language``, or else in the account's.
    """
    with translation.override(language or account.language):
        text = render_to_string(f"emails/{template}.txt", context | {"account": account})
    subject, _break, body = text.strip().partition("\n")
    message = EmailMessage(subject.strip(), body.strip() + "\n", to=[to], headers=account_header(account))
    return deliver(message)


def deliver(message: EmailMessage) -> Outcome:
    """Send now and return how that ended; why the mail server did not take it is logged."""
    connection = message.connection = message.connection or get_connection()
    left = False
    try:
        connection.open()
        # A file of the outbox is written whole or not at all.
        left = not isinstance(connection, OutboxBackend)
        message.send()
    except (OSError, SMTPException) as error:
        log.exception("A mail could not be sent")
        return Outcome.UNKNOWN if left and not _is_answer(error) else Outcome.REFUSED
    finally:
        with suppress(OSError, SMTPException):  # the answer is known, whatever becomes of the goodbye
            connection.close()
    return Outcome.SENT


def _is_answer(error: Exception) -> bool:
    """Return whether the server said no, in so many words."""
    return isinstance(error, SMTPResponseException | SMTPRecipientsRefused)
