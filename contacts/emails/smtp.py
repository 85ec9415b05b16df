"""The way out by SMTP: Django's own backend, which also knows how far it got with a message.

Until DATA begins nothing has left, and a failure is a failure. Once it has begun only the server's answer tells. All of
it has one deadline, however slowly the answers drip in: past it a person may have decided to send the message again.
"""

import smtplib
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends import smtp
from django.core.mail.message import EmailMessage

from contacts.emails import hosts
from contacts.emails.models import MailServer, Security
from contacts.emails.watch import Watch
from tesoro.secrecy import unseal

TIMEOUT = 20  # seconds for each answer
HANDING_TIMEOUT = 60  # seconds for a whole message to leave, and for the answer to it
DEADLINE = 90  # seconds from the making of a backend to the last answer; well below tesoro.outbox.PATIENCE
ANSWERS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
DJANGOS = "django.core.mail.backends.smtp.EmailBackend"


class Backend(smtp.EmailBackend):
    """Sends a message. ``handed_over``: it began to leave; ``accepted``: the server has taken it.

    With ``guarded`` no server inside the service's own network is spoken to. ``deadline`` seconds after it was made a
    backend ends its connection, and raises TimeoutError; it is made for one message.
    """

    handed_over = False
    accepted = False
    watch: Watch | None = None

    def __init__(self, *args: Any, guarded: bool = False, deadline: float = DEADLINE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guarded = guarded
        self._until = monotonic() + deadline

    @property
    def connection_class(self) -> Any:
        """What speaks to the server."""
        return partial(_TlsLine if self.use_ssl else _Line, backend=self)

    def open(self) -> bool | None:
        """Connect and sign in; a connection that is refused half-way is closed again."""
        try:
            with self._in_time():
                return super().open()
        except BaseException:
            self.close()
            raise

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send them, or raise what the server answered, or that it did not answer in time."""
        with self._in_time():
            return super().send_messages(email_messages)

    def close(self) -> None:
        """Say goodbye, and watch no more."""
        try:
            super().close()
        finally:
            if self.watch is not None:
                self.watch.end()

    def left(self) -> float:
        """Return how many seconds are left, or raise TimeoutError."""
        seconds = self._until - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def watch_over(self, line: socket.socket) -> None:
        """Have a connection ended when no time is left."""
        self.watch = Watch(line, self._until - monotonic())

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Tell a connection that was ended here from one that the server has ended."""
        try:
            yield
        except OSError as error:
            if self.watch is not None and self.watch.expired and not isinstance(error, ANSWERS):
                raise TimeoutError from error
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
    """Connects only to where an office may, and has the connection watched from its first byte."""

    backend: Backend  # set by _Noting

    def _get_socket(self, host: str, port: int, timeout: Any) -> socket.socket:
        timeout = min(timeout, self.backend.left())
        connect = hosts.connect if self.backend.guarded else super()._get_socket  # type: ignore[misc]
        line: socket.socket = connect(host, port, timeout)
        self.backend.watch_over(line)
        return line


class _Line(_Noting, _Outward):
    pass


class _TlsLine(_Noting, smtplib.SMTP_SSL, _Outward):
    pass


def connection_of(server: MailServer | None, deadline: float = DEADLINE) -> Any:
    """Return the mail backend of an office, its own server's or the service's, for one message within ``deadline``.

    Raises UnreadableError when its password was sealed with a lost key.
    """
    if server is None or not server.smtp_host:
        if not _is_smtp():
            return get_connection()
        return Backend(timeout=settings.EMAIL_TIMEOUT or TIMEOUT, deadline=deadline)
    return Backend(
        host=server.smtp_host,
        port=server.smtp_port,
        username=server.smtp_user,
        password=unseal(server.smtp_password),
        use_tls=server.smtp_security == Security.STARTTLS,
        use_ssl=server.smtp_security == Security.TLS,
        timeout=TIMEOUT,
        deadline=deadline,
        # The service's own certificate is not for an office's server.
        ssl_keyfile="",
        ssl_certfile="",
        guarded=True,
    )


def _is_smtp() -> bool:
    return settings.EMAIL_BACKEND == DJANGOS
