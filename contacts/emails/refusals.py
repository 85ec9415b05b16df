"""Why a mail server did not do what it was asked to, in words somebody can act on. No password is ever among them."""

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tesoro.outbox import FAILURE_LENGTH
from tesoro.secrecy import UnreadableError
from tesoro.text import collapse

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
HIDDEN = "•••"


def in_words(error: BaseException, *, user: str = "", secret: str = "") -> str:
    """Return what went wrong. What a server answered is told as it said it, but never with the password in it."""
    told = next((tell for kind, tell in _TOLD if isinstance(error, kind)), _unknown)
    return without(str(told(error)), user, secret)[:FAILURE_LENGTH]


def without(text: str, user: str, secret: str) -> str:
    """Return ``text`` with the password hidden, in the spellings in which it travels too."""
    spellings = [secret, _packed(secret), _packed(f"\0{user}\0{secret}")] if secret else []
    for spelling in spellings:
        text = text.replace(spelling, HIDDEN)
    return text


def _packed(text: str) -> str:
    return b64encode(text.encode()).decode()


def _answer(error: Any) -> str:
    """Return a server's answer in one line: "550 5.1.1 No such user"."""
    words = error.smtp_error
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{error.smtp_code} {collapse(_CONTROL.sub(' ', text))}".strip()


def _recipient(error: Any) -> str:
    [(address, (code, words)), *_rest] = error.recipients.items()
    answer = _answer(smtplib.SMTPResponseException(code, words))
    return _("The server refused the address %(address)s: %(answer)s") % {"address": address, "answer": answer}


def _sender(error: Any) -> str:
    words = {"address": parseaddr(error.sender)[1], "answer": _answer(error)}
    return _("The server refused the sender %(address)s: %(answer)s") % words


def _certificate(error: Any) -> str:
    return _("The server's certificate is not valid for this name: %(why)s.") % {"why": error.verify_message}


def _ended(error: Exception) -> str:
    """Tell who waited in vain from who was shown the door: smtplib makes one of both."""
    silent = isinstance(error.__context__, TimeoutError)
    return _("The server did not answer in time.") if silent else _("The server ended the connection.")


def _unknown(error: BaseException) -> str:
    return _("The message could not be sent (%(what)s).") % {"what": type(error).__name__}


# The first that fits is told: each stands before those it is a kind of.
_TOLD: list[tuple[type[BaseException], Callable[[Any], str]]] = [
    (ValidationError, lambda error: " ".join(error.messages)),
    (UnreadableError, lambda _error: _("The stored password cannot be read any more. An admin types it in again.")),
    (
        smtplib.SMTPAuthenticationError,
        lambda error: _("The server refused user name or password: %(answer)s") % {"answer": _answer(error)},
    ),
    (smtplib.SMTPRecipientsRefused, _recipient),
    (smtplib.SMTPSenderRefused, _sender),
    (
        smtplib.SMTPResponseException,
        lambda error: _("The server refused the message: %(answer)s") % {"answer": _answer(error)},
    ),
    (
        smtplib.SMTPNotSupportedError,
        lambda _error: _("The server does not offer this security, or no sign-in over it. Choose another security."),
    ),
    (smtplib.SMTPServerDisconnected, _ended),
    (smtplib.SMTPException, lambda _error: _("The server does not offer a way to sign in. Leave the user name empty.")),
    (ssl.SSLCertVerificationError, _certificate),
    (ssl.SSLError, lambda _error: _("No secure connection came about. Check port and security.")),
    (TimeoutError, lambda _error: _("The server did not answer in time.")),
    (ConnectionRefusedError, lambda _error: _("Nothing answers at this port of the server.")),
    (socket.gaierror, lambda _error: _("There is no server of this name.")),
    (UnicodeError, lambda _error: _("The server cannot take one of the letters of address, user name or password.")),
    (FileNotFoundError, lambda _error: _("An attached file is missing.")),
    (OSError, lambda _error: _("The connection to the server broke.")),
]
