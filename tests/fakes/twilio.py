"""A server on loopback that speaks the paths of Twilio's REST interface that the product uses.

It keeps what it was asked and answers in Twilio's shapes. Written from the public description of version 2010-04-01.
"""

import base64
import itertools
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator

SID = "AC" + "0" * 31 + "1"
TOKEN = "a-token-of-the-fake-twilio"


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    path: str
    form: dict[str, str]
    user: str
    password: str


@dataclass
class FakeTwilio:
    """The server, what it was asked, and what it shall answer next."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    # Answers that take the place of the usual ones, in order: (status, body as a dict).
    answers: list[tuple[int, dict]] = field(default_factory=list)
    hang: threading.Event | None = None
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def refuse(self, code=21211, message="The 'To' number is not a valid phone number.", status=400):
        """Answer the next request with one of Twilio's errors."""
        more = f"https://www.twilio.com/docs/errors/{code}"
        self.answers.append((status, {"code": code, "message": message, "more_info": more, "status": status}))

    def posts(self, resource):
        """Return the forms posted to "Calls", "Messages" …"""
        return [one.form for one in self.asked if one.method == "POST" and one.path.endswith(f"/{resource}.json")]

    def answer(self, asked):
        """Return status and body for a request."""
        self.asked.append(asked)
        if self.hang is not None:
            self.hang.wait(30)
        if (asked.user, asked.password) != (SID, TOKEN):
            return 401, {"code": 20003, "message": "Authenticate", "status": 401}
        if self.answers:
            return self.answers.pop(0)
        if asked.method == "POST" and asked.path.endswith("/Calls.json"):
            return 201, {"sid": f"CA{next(self.numbers):032x}", "status": "queued", "account_sid": SID}
        if asked.method == "POST" and asked.path.endswith("/Messages.json"):
            sid = f"SM{next(self.numbers):032x}"
            return 201, {"sid": sid, "status": "queued", "account_sid": SID, "num_segments": "1", "error_code": None}
        if re.fullmatch(r"/2010-04-01/Accounts/AC\w+\.json", asked.path):
            return 200, {"sid": SID, "friendly_name": "Casa Mirador", "status": "active", "type": "Full"}
        return 404, {"code": 20404, "message": f"{asked.path} was not found", "status": 404}


class Handler(BaseHTTPRequestHandler):
    """Reads a request and writes what the fake answers."""

    def do_GET(self):
        self._answer()

    def do_POST(self):
        self._answer()

    def _answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        words = self.headers.get("Authorization", "").removeprefix("Basic ")
        user, _colon, password = base64.b64decode(words).decode().partition(":")
        asked = Asked(self.command, urlsplit(self.path).path, form, user, password)
        status, body = self.server.fake.answer(asked)
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


def start():
    """Start the server on a free port; return the fake and the function that stops it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.fake = FakeTwilio(url=f"http://127.0.0.1:{server.server_port}")
    # Who stops it waits for its next look around: half a second, if it is left to it.
    threading.Thread(target=server.serve_forever, args=(0.02,), name="fake-twilio", daemon=True).start()

    def stop():
        server.shutdown()
        server.server_close()

    return server.fake, stop


def signature(url, form, token=TOKEN):
    """Return the header by which Twilio signs a request to ``url``."""
    return RequestValidator(token).compute_signature(url, form)
