"""A mail server on loopback: keeps what it is handed, and refuses or hangs where a test says so."""

import asyncio
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = "office@example.com", "Sesame-öffne-dich"
HOST = "127.0.0.1"
OK = "250 OK"


class PostOffice:
    """What arrived, and how the next ones are answered."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.answers = {"MAIL": OK, "RCPT": OK, "DATA": OK}
        self.holds = False
        self.holding = threading.Event()  # set when a message has come in
        self.port = 0

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Answer a sender."""
        if self.answers["MAIL"] == OK:
            envelope.mail_from = address
        return self.answers["MAIL"]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Answer a recipient."""
        if self.answers["RCPT"] == OK:
            envelope.rcpt_tos.append(address)
        return self.answers["RCPT"]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message; answer it, or keep the other side waiting until it goes away."""
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        self.holding.set()
        return await self.silent() if self.holds else self.answers["DATA"]

    async def silent(self, *_args: Any) -> str:
        """Keep the other side waiting until it goes away; a test puts this in the place of an answer."""
        await asyncio.sleep(3600)
        return OK


def _judge(server: Any, session: Any, envelope: Any, mechanism: str, auth_data: Any) -> AuthResult:
    known = isinstance(auth_data, LoginPassword) and auth_data.password == PASSWORD.encode()
    return AuthResult(success=known, handled=False)


class _Desk(Controller):
    """Signs people in without encryption, which only a loopback may."""

    def factory(self) -> SMTP:
        """Return what speaks to one visitor."""
        return SMTP(
            self.handler, authenticator=_judge, auth_require_tls=False, auth_exclude_mechanism=[], hostname="post"
        )

    def _trigger_server(self) -> None:
        """Knock at the port that was given out, not at the 0 that was asked for."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def start() -> tuple[PostOffice, Any]:
    """Start one at a free port; return it, and what stops it."""
    office = PostOffice()
    desk = _Desk(office, hostname=HOST, port=0)
    desk.start()
    office.port = desk.port
    return office, lambda: desk.stop(no_assert=True)
