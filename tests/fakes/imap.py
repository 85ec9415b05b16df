"""A small IMAP4rev1 server on loopback: one user, one folder, read-only. It keeps what it was told.

Written from RFC 3501: CAPABILITY, NOOP, STARTTLS, LOGIN, SELECT and EXAMINE, UID SEARCH, UID FETCH, LOGOUT.
"""

import re
import socketserver
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

USER, PASSWORD = "office@example.com", "a password of the fake imap"


@dataclass
class Mail:
    """A mail in the folder."""

    uid: int
    content: bytes
    arrived: datetime
    size: int | None = None


@dataclass
class FakeImap:
    """The server, its folder, what it was told, and what it shall do next."""

    port: int = 0
    validity: int = 7
    following: int = 1
    mails: list[Mail] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    # Commands it answers with NO or by hanging up, by how they begin after their tag.
    refused: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    # With a context it speaks TLS: from the start, or when it is asked to.
    tls: ssl.SSLContext | None = None
    tls_at_once: bool = False

    def deliver(self, content, arrived=None, size=None):
        """Put a mail into the folder and return its UID."""
        content = content if isinstance(content, bytes) else bytes(content)
        content = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        self.mails.append(Mail(self.following, content, arrived or datetime.now(UTC), size))
        self.following += 1
        return self.following - 1

    def fetches(self):
        """Return the commands that asked for mails whole."""
        return [line for line in self.told if "BODY.PEEK[]" in line]


class Handler(socketserver.StreamRequestHandler):
    """Talks to one client."""

    def handle(self):
        with suppress(OSError, UnicodeDecodeError):  # the client has gone, or speaks TLS unasked: hang up
            self.talk()

    def talk(self):
        if self.fake.tls_at_once:
            self.secure()
        self.say(b"* OK fake ready")
        while line := self.rfile.readline():
            tag, _blank, rest = line.decode("ascii").strip().partition(" ")
            self.fake.told.append(rest)
            if any(rest.upper().startswith(start) for start in self.fake.drops):
                return
            refusal = next((words for start, words in self.fake.refused.items() if rest.upper().startswith(start)), "")
            answer = f"NO {refusal}" if refusal else self.answer(rest)
            self.say(f"{tag} {answer}".encode())
            if rest.upper() == "STARTTLS":
                self.secure()
            if rest.upper() == "LOGOUT":
                return

    @property
    def fake(self):
        return self.server.fake

    def say(self, line):
        self.wfile.write(line + b"\r\n")

    def answer(self, rest):
        verb = rest.split(" ")[0].upper()
        if verb == "UID":
            verb = f"UID_{rest.split(' ')[1].upper()}"
        method = getattr(self, f"do_{verb.lower()}", None)
        return method(rest) if method else "BAD unknown"

    def secure(self):
        self.connection = self.fake.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def finish(self):
        super().finish()
        self.connection.close()

    def do_capability(self, _rest):
        self.say(b"* CAPABILITY IMAP4rev1 STARTTLS" if self.fake.tls else b"* CAPABILITY IMAP4rev1")
        return "OK done"

    def do_starttls(self, _rest):
        return "OK begin"

    def do_noop(self, _rest):
        return "OK done"

    def do_logout(self, _rest):
        self.say(b"* BYE see you")
        return "OK done"

    def do_login(self, rest):
        good = rest == f'LOGIN "{USER}" "{PASSWORD}"'
        return "OK signed in" if good else "NO [AUTHENTICATIONFAILED] Invalid credentials"

    def do_select(self, rest):
        if rest.split(" ")[1].strip('"') != "INBOX":
            return "NO There is no such folder"
        self.say(b"* FLAGS (\\Seen)")
        self.say(f"* {len(self.fake.mails)} EXISTS".encode())
        self.say(b"* 0 RECENT")
        self.say(f"* OK [UIDVALIDITY {self.fake.validity}] valid".encode())
        self.say(f"* OK [UIDNEXT {self.fake.following}] predicted".encode())
        return "OK [READ-ONLY] done"

    do_examine = do_select

    def do_uid_search(self, rest):
        criteria = rest.partition("SEARCH ")[2].strip("()")
        found = [str(mail.uid) for mail in self.fake.mails if self.meets(mail, criteria)]
        self.say(f"* SEARCH {' '.join(found)}".strip().encode())
        return "OK done"

    def meets(self, mail, criteria):
        if since := re.fullmatch(r"SINCE (\S+)", criteria):
            return mail.arrived.date() >= datetime.strptime(since[1], "%d-%b-%Y").replace(tzinfo=UTC).date()
        if first := re.fullmatch(r"UID (\d+):\*", criteria):  # "*" is the last one, even when that is smaller
            return mail.uid >= int(first[1]) or mail is self.fake.mails[-1]
        return criteria == "ALL"

    def do_uid_fetch(self, rest):
        _uid, _fetch, uids, items = rest.split(" ", 3)
        wanted = {int(uid) for uid in uids.split(",")}
        for number, mail in enumerate(self.fake.mails, 1):
            if mail.uid in wanted:
                self.say_mail(number, mail, "HEADER" if "[HEADER]" in items else "")
        return "OK done"

    def say_mail(self, number, mail, section):
        content = mail.content.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if section else mail.content
        size = len(mail.content) if mail.size is None else mail.size
        start = f"* {number} FETCH (UID {mail.uid} FLAGS () RFC822.SIZE {size} BODY[{section}] {{{len(content)}}}\r\n"
        self.wfile.write(start.encode() + content + b")\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def start():
    """Start the server on a free port; return the fake and the function that stops it."""
    server = _Server(("127.0.0.1", 0), Handler)
    server.fake = FakeImap(port=server.server_address[1])
    # Who stops it waits for its next look around: half a second, if it is left to it.
    threading.Thread(target=server.serve_forever, args=(0.02,), name="fake-imap", daemon=True).start()

    def stop():
        server.shutdown()
        server.server_close()

    return server.fake, stop
