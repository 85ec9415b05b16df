"""The way out by SMTP: Django's own backend, which also knows how far it got with a message.

Until DATA begins nothing has left, and a failure is a failure. Once it has begun only the server's answer tells.
"""

import smtplib
import socket
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends import smtp

from contacts.emails import hosts
from contacts.emails.models import MailServer, Security
from tesoro.secrecy import unseal

TIMEOUT = 20  # seconds for each answer
HANDING_TIMEOUT = 60  # seconds for a whole message to leave, and for the answer to it
DJANGOS = "django.core.mail.backends.smtp.EmailBackend"


class Backend(smtp.EmailBackend):
    """Sends a message. ``handed_over``: it began to leave; ``accepted``: the server has taken it.

    With ``guarded`` no server inside the service's own network is spoken to.
    """

    handed_over = False
    accepted = False

    def __init__(self, *args: Any, guarded: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guarded = guarded

    @property
    def connection_class(self) -> Any:
        """What speaks to the server."""
        return partial(_TlsLine if self.use_ssl else _Line, backend=self)

    def open(self) -> bool | None:
        """Connect and sign in; a connection that is refused half-way is closed again."""
        try:
            return super().open()
        except BaseException:
            self.close()
            raise

    def _close_connection(self, connection: Any) -> None:
        """Say goodbye. What goes wrong then changes nothing: the answer is known."""
        try:
            super()._close_connection(connection)  # type: ignore[misc]
        except (OSError, smtplib.SMTPException):
            connection.close()


class _Utf8(str):
    """What smtplib would encode as ASCII. A password may have an "ñ" in it (RFC 4616)."""

    def encode(self, *_args: Any) -> bytes:
        return super().encode()


class _Noting(smtplib.SMTP):
    """Notes with its backend how far a message got."""

    def __init__(self, *args: Any, backend: Backend, **kwargs: Any) -> None:
        self.backend = backend
        super().__init__(*args, **kwargs)

    def auth(self, mechanism: str, authobject: Any, **kwargs: Any) -> Any:
        """Sign in, whatever letters a password is made of."""

        def answer(challenge: Any = None) -> Any:
            told = authobject(challenge)
            return told if told is None else _Utf8(told)

        return super().auth(mechanism, answer, **kwargs)

    def data(self, msg: Any) -> Any:
        """Hand the message over."""
        self.backend.handed_over = True
        if self.sock is not None:
            self.sock.settimeout(HANDING_TIMEOUT)
        code, answer = super().data(msg)
        self.backend.accepted = code == 250
        return code, answer


class _Outward(smtplib.SMTP):
    """Connects only to where an office may."""

    def _get_socket(self, host: str, port: int, timeout: Any) -> socket.socket:
        if getattr(self, "backend").guarded:  # noqa: B009  (set by _Noting)
            return hosts.connect(host, port, timeout)
        return super()._get_socket(host, port, timeout)  # type: ignore[misc, no-any-return]


class _Line(_Noting, _Outward):
    pass


class _TlsLine(_Noting, smtplib.SMTP_SSL, _Outward):
    pass


def connection_of(server: MailServer | None) -> Any:
    """Return the mail backend of an office: its own server's, or the service's.

    Raises UnreadableError when its password was sealed with a lost key.
    """
    if server is None or not server.smtp_host:
        return Backend(timeout=settings.EMAIL_TIMEOUT or TIMEOUT) if _is_smtp() else get_connection()
    return Backend(
        host=server.smtp_host,
        port=server.smtp_port,
        username=server.smtp_user,
        password=unseal(server.smtp_password),
        use_tls=server.smtp_security == Security.STARTTLS,
        use_ssl=server.smtp_security == Security.TLS,
        timeout=TIMEOUT,
        # The service's own certificate is not for an office's server.
        ssl_keyfile="",
        ssl_certfile="",
        guarded=True,
    )


def _is_smtp() -> bool:
    return settings.EMAIL_BACKEND == DJANGOS
