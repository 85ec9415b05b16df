"""Sending one email that was claimed, and telling how that ended. It is never tried a second time by itself."""

import logging
import smtplib
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.mail import OutboxBackend
from contacts.emails.addressing import server_of
from contacts.emails.composing import demand_reachable
from contacts.emails.letters import letter
from contacts.emails.models import Email, MailServer
from contacts.emails.refusals import in_words
from contacts.emails.smtp import DEADLINE, connection_of
from tesoro.outbox import State
from tesoro.secrecy import UnreadableError, unseal

PROBING = 30  # seconds: a person waits

log = logging.getLogger(__name__)


def send(email: Email, deadline: float = DEADLINE) -> None:
    """Send an email that was claimed just now, within ``deadline`` seconds, and store how that ended."""
    with translation.override(email.account.language), timezone.override(email.account.zone):
        state, failure = _attempt(email, deadline)
    sent_at = timezone.now() if state == State.SENT else None
    email.settle(state, failure, sent_at=sent_at)


def _attempt(email: Email, deadline: float) -> tuple[State, str]:
    server = server_of(email.account_id)
    connection = message = None
    try:
        _demand_sendable(email)
        connection = connection_of(server, deadline)
        message = letter(email, connection)
        message.send()
    except Exception as error:
        state = _state_after(connection, error) if message else State.FAILED
        # The kind of the error alone: its words may quote what was said to the server.
        log.warning("Email %s is %s: %s", email.pk, state, type(error).__name__)
        return state, "" if state == State.SENT else reason(error, server)
    return State.SENT, ""


def _demand_sendable(email: Email) -> None:
    """Raise ValidationError when it should no longer be sent: much can change while it waits."""
    demand_reachable(email.person)
    if email.in_trash:
        raise ValidationError(_("It was deleted before it was sent."), code="in_trash")


def _state_after(connection: Any, error: Exception) -> State:
    """Return where a message is after an error: nowhere, taken, or nobody knows."""
    if getattr(connection, "accepted", False):
        return State.SENT
    answered = isinstance(error, smtplib.SMTPResponseException) or getattr(error, "status_code", None)
    # A file of the outbox is written whole or not at all; of other backends nothing is known.
    left = getattr(connection, "handed_over", connection is not None and not isinstance(connection, OutboxBackend))
    return State.UNKNOWN if left and not answered else State.FAILED


def reason(error: Exception, server: MailServer | None) -> str:
    """Return why it was not sent, without the server's password."""
    if server is None:
        return in_words(error)
    try:
        return in_words(error, user=server.smtp_user, secret=unseal(server.smtp_password))
    except UnreadableError:
        return in_words(error)


def probe(server: MailServer) -> str:
    """Sign in at the office's server and out again; return why that did not work, or "". Nothing is sent."""
    try:
        connection = connection_of(server, PROBING)
        connection.open()
        connection.close()
    except Exception as error:
        log.warning("SMTP of account %s: %s", server.account_id, type(error).__name__)
        return reason(error, server)
    return ""
