"""A server on loopback that answers as Nominatim and as Photon do, by what it is told to.

It keeps what it was asked, with the moment by its own clock. Written from the public descriptions of both interfaces:
https://nominatim.org/release-docs/latest/api/Output/ and https://github.com/komoot/photon.
"""

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

PIECE_SECONDS = 0.05  # between two pieces of an answer that drips


@dataclass
class Asked:
    """One question as it came in; ``moment`` by a clock that only goes forward, in seconds."""

    path: str
    words: dict[str, str]
    headers: dict[str, str]
    moment: float


@dataclass
class Answer:
    """What it says to one question. A body that is neither text nor bytes goes out as JSON.

    ``way`` is how it goes out: "whole"; "silent" until ``let_go``; "drip", piece by piece without end; "cut" in the
    middle; "dropped" without a word.
    """

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    way: str = "whole"

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass
class FakeGeocoder:
    """The server, what it was asked, and what it shall answer."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    # Answers that take the place of the usual ones, in order.
    answers: list[Answer] = field(default_factory=list)
    # What it finds: places of a search, and at a point, in the shape of the kind that is asked.
    places: list[dict] = field(default_factory=list)
    free: threading.Event = field(default_factory=threading.Event)

    def says(self, body=None, status=200, way="whole", **headers):
        """Answer the next question so; headers with low lines for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append(Answer(body, status, named, way))

    def answer(self, asked):
        """Return the answer to a question."""
        self.asked.append(asked)
        return self.answers.pop(0) if self.answers else Answer(self._usual(asked))

    def _usual(self, asked):
        if "format" not in asked.words:
            return {"type": "FeatureCollection", "features": self.places}
        if asked.path == "/search":
            return self.places
        return self.places[0] if self.places else {"error": "Unable to geocode"}


class Handler(BaseHTTPRequestHandler):
    """Reads a question and lets the fake answer it."""

    def do_GET(self):
        moment, parts = time.monotonic(), urlsplit(self.path)
        asked = Asked(parts.path, dict(parse_qsl(parts.query)), dict(self.headers), moment)
        answer = self.server.fake.answer(asked)
        with suppress(OSError):  # whoever asked has hung up
            getattr(self, f"_{answer.way}")(answer)

    def _whole(self, answer):
        self._head(answer)
        self.wfile.write(answer.content)

    def _cut(self, answer):
        self._head(answer)
        self.wfile.write(answer.content[: len(answer.content) // 2])

    def _silent(self, _answer):
        self.server.fake.free.wait(30)

    def _dropped(self, _answer):
        pass

    def _drip(self, answer):
        self._head(answer, length=1_000_000)
        while not self.server.fake.free.wait(PIECE_SECONDS):
            self.wfile.write(b" ")

    def _head(self, answer, length=None):
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer.content) if length is None else length))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_args):
        pass


def start():
    """Start the server on a free port; return the fake and the function that stops it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.fake = FakeGeocoder(url=f"http://127.0.0.1:{server.server_port}")
    # Who stops it waits for its next look around: half a second, if it is left to it.
    threading.Thread(target=server.serve_forever, args=(0.02,), name="fake-geocoder", daemon=True).start()

    def stop():
        server.fake.free.set()
        server.shutdown()
        server.server_close()

    return server.fake, stop
