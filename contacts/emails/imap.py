"""The way to a mailbox by IMAP: imap-tools, bounded in time and size, and only to servers an office may name."""

import imaplib
import io
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from imap_tools import BaseMailBox, ImapToolsError, MailMessage
from imap_tools.errors import MailboxLoginError, UnexpectedCommandStatusError

from contacts.emails import hosts
from contacts.emails.models import MailServer, Security
from contacts.emails.parsing import parse
from contacts.emails.reading import decode, one_line
from contacts.emails.refusals import in_words, without
from contacts.emails.watch import Watch
from tesoro.outbox import FAILURE_LENGTH
from tesoro.secrecy import UnreadableError, unseal

TIMEOUT = 20  # seconds for each answer
PATIENCE = 120  # seconds for a whole look, however slowly the answers drip in
MOST_BYTES = 30 * 1024 * 1024  # of one mail
ROOM = 1024 * 1024  # for what is said around it
# What ends a look: the server, the line, or our own settings. Nothing a single mail holds is among them.
TROUBLE = (OSError, imaplib.IMAP4.error, ImapToolsError, ValidationError, UnreadableError)


class _Bounded(imaplib.IMAP4):
    """Connects only to where an office may, and reads no more and no longer than a mail can be."""

    allowance = MOST_BYTES + ROOM
    watch: Watch | None = None

    def _create_socket(self, timeout: float) -> socket.socket:
        self.sock = hosts.connect(self.host, self.port, timeout)
        self.watch = Watch(self.sock, PATIENCE)
        return self.sock

    def shutdown(self) -> None:
        """Close the connection, whatever state it is in."""
        if self.watch is not None:
            self.watch.end()
        with suppress(OSError):
            super().shutdown()

    def read(self, size: int) -> bytes:
        """Read ``size`` bytes of an answer, or end the connection."""
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line of an answer, or end the connection."""
        line = super().readline()
        self._spend(len(line))
        return line

    def _spend(self, size: int) -> None:
        self.allowance -= size
        if self.allowance < 0:
            raise self.abort("an answer is too large")


class _BoundedTls(_Bounded):
    """The same with TLS from the start."""

    def _create_socket(self, timeout: float) -> socket.socket:
        self.file = io.BytesIO()  # what is closed along with the connection
        line = super()._create_socket(timeout)
        try:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(line, server_hostname=self.host, do_handshake_on_connect=False)
            self.sock.do_handshake()
        except BaseException:
            self.shutdown()
            raise
        return self.sock


class _Mail(MailMessage):
    """A mail, taken apart in bounded time: ``imap_tools`` gets no more of it than its number and size."""

    def __init__(self, fetch_data: list[Any]) -> None:
        super().__init__([(item[0], b"") if isinstance(item, tuple) else item for item in fetch_data])
        raw = [item[1] for item in fetch_data if isinstance(item, tuple)]
        self.obj = parse(raw[-1] if raw else b"")


class Mailbox(BaseMailBox):
    """The mailbox of an office, opened for reading only: nothing in it is ever changed."""

    email_message_class = _Mail

    def __init__(self, server: MailServer) -> None:
        self.server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        kind = _BoundedTls if self.server.imap_security == Security.TLS else _Bounded
        return kind(self.server.imap_host, self.server.imap_port, TIMEOUT)

    def enter(self) -> None:
        """Sign in and open the folder."""
        if self.server.imap_security == Security.STARTTLS:
            self._secure()
        user, password = self.server.imap_user, unseal(self.server.imap_password)
        sign_in = self.login if f"{user}{password}".isascii() else self.login_utf8
        sign_in(user, password, None)
        self.folder.set(self.server.imap_folder or "INBOX", readonly=True)

    def _secure(self) -> None:
        if "STARTTLS" not in self.client.capabilities:
            raise ValidationError(_("The server does not offer STARTTLS. Choose another security."))
        self.client.starttls(ssl.create_default_context())

    @cached_property
    def validity(self) -> int:
        """The number under which its UIDs are valid; another one, and they all are new (RFC 3501, 2.3.1.1)."""
        return self._number("UIDVALIDITY") or 1

    @cached_property
    def latest(self) -> int:
        """The highest UID there is, 0 in an empty folder."""
        following = self._number("UIDNEXT")
        return following - 1 if following else max(self.numbered("ALL"), default=0)

    def mails(self, uids: list[int], *, heads: bool) -> Iterator[MailMessage]:
        """Yield mails by their UIDs, or their headers alone; each is left as unread as it was."""
        self.client.allowance = MOST_BYTES + ROOM  # type: ignore[attr-defined]
        numbers = [str(uid) for uid in uids]
        return self.fetch(uid_list=numbers, mark_seen=False, headers_only=heads, bulk=True)

    def numbered(self, criteria: str) -> list[int]:
        """Return the UIDs of the mails that meet ``criteria``, in order."""
        return sorted(int(uid) for uid in self.uids(criteria, charset=None) if uid.isdecimal())

    def _number(self, name: str) -> int:
        _name, values = self.client.response(name)
        words = decode(values[-1] or b"") if values and values[-1] is not None else ""
        return int(words) if re.fullmatch(r"[0-9]{1,10}", words) else 0


@contextmanager
def opened(server: MailServer) -> Iterator[Mailbox]:
    """Open the folder of an office. Raises one of TROUBLE; the connection is closed in any case, in time."""
    mailbox = Mailbox(server)
    try:
        mailbox.enter()
        yield mailbox
    finally:
        _leave(mailbox)


def _leave(mailbox: Mailbox) -> None:
    """Say goodbye. What goes wrong then changes nothing."""
    try:
        mailbox.logout()
    except TROUBLE:
        mailbox.client.shutdown()


def reason(error: BaseException, server: MailServer) -> str:
    """Return in words why a mailbox could not be read, without its password."""
    try:
        secret = unseal(server.imap_password)
    except UnreadableError:
        secret = ""
    return without(_told(error, server, secret), server.imap_user, secret)[:FAILURE_LENGTH]


def _told(error: BaseException, server: MailServer, secret: str) -> str:
    if isinstance(error, MailboxLoginError):
        return _("The server refused user name or password: %(answer)s") % {"answer": _answer(error)}
    if isinstance(error, UnexpectedCommandStatusError):
        words = {"folder": server.imap_folder, "answer": _answer(error)}
        return _("The server does not open the folder %(folder)s: %(answer)s") % words
    if isinstance(error, imaplib.IMAP4.abort):
        return _("The server ended the connection.")
    if isinstance(error, imaplib.IMAP4.error):
        return _("The server did not answer as a mailbox does: %(answer)s") % {"answer": one_line(str(error))}
    return in_words(error, user=server.imap_user, secret=secret)


def _answer(error: Any) -> str:
    """Return the server's words: "[AUTHENTICATIONFAILED] Invalid credentials"."""
    _status, words = error.command_result
    return one_line(" ".join(decode(word) for word in words if isinstance(word, bytes)))
