"""Taking a mail apart in bounded time and room.

The parser of the standard library compares each line with the boundaries of all parts it lies in, calls itself for
each level, and needs time that grows with the square of a header that says what a part is. 80 KB made for it take
seconds, 30 MB hours. What holds more than mail does is not taken apart: its headers alone are read.
"""

import re
from collections.abc import Iterator
from email.errors import MessageDefect
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Any

MOST_DEPTH = 50  # levels: that of a mail that was forwarded a dozen times
MOST_PIECES = 20_000  # parts and headers, taken together
MOST_STEPS = 20_000_000  # lines times levels
HEAD_BYTES = 1_000_000
VALUE_LENGTH = 4_000  # of a header that says what a part is: room for the longest of file names
MOST_PARAMETERS = 50
_SAYING_WHAT = ("content-type", "content-disposition", "content-transfer-encoding")
_HEAD_END = re.compile(rb"\n\r?\n|\r\r")


class HeadAlone(MessageDefect):
    """The headers are all that was read of a mail."""


class _TooMuchError(Exception):
    """There is more in it than in any mail."""


class _Part(Message):
    """A mail, or a part of it, while it is taken apart: with as many levels and pieces as there may still be."""

    levels = 0
    pieces: Iterator[int] | None = None

    def attach(self, payload: Any) -> None:
        """Take in a part, which lies one level deeper."""
        if not self.levels:
            raise _TooMuchError
        payload.levels = self.levels - 1
        super().attach(payload)

    def set_raw(self, name: str, value: Any) -> None:
        """Take in a header as it stands, but no more of it than it needs."""
        self.count()
        super().set_raw(name, _short(value) if name.lower() in _SAYING_WHAT else value)

    def count(self) -> None:
        """Count a piece."""
        if self.pieces is not None and next(self.pieces, None) is None:
            raise _TooMuchError


def parse(raw: bytes) -> Message:
    """Return a mail taken apart, or its headers alone: :func:`is_head_alone` tells."""
    end = _HEAD_END.search(raw)
    head = raw[: end.end() if end else None]
    levels = min(MOST_DEPTH, MOST_STEPS // (1 + raw.count(b"\n") + raw.count(b"\r")))
    try:
        if levels and len(head) <= HEAD_BYTES:
            return _parsed(raw, levels)
    except _TooMuchError:
        pass
    return head_alone(BytesParser(_Part, policy=compat32).parsebytes(head[:HEAD_BYTES], headersonly=True))


def head_alone(message: Message) -> Message:
    """Return a mail of the same headers that holds nothing."""
    found = _Part(policy=compat32)
    for name, value in message.raw_items():
        found.set_raw(name, str(value))
    found.set_payload("")
    found.defects.append(HeadAlone())
    return found


def is_head_alone(message: Message) -> bool:
    """Whether more than the headers could not be read."""
    return any(isinstance(defect, HeadAlone) for defect in message.defects)


def lenient(message: Message) -> Message:
    """Have a mail, whoever took it apart, read under the lenient policy, and no more of its headers than they need."""
    message.policy = compat32  # type: ignore[attr-defined]
    for name in _SAYING_WHAT:
        value = next((str(value) for told, value in message.raw_items() if told.lower() == name), "")
        if value != _short(value):
            message.replace_header(name, _short(value))
    return message


def _parsed(raw: bytes, levels: int) -> Message:
    pieces = iter(range(MOST_PIECES))

    def begin(policy: Any) -> _Part:
        part = _Part(policy=policy)
        part.levels, part.pieces = levels, pieces
        part.count()
        return part

    return BytesParser(begin, policy=compat32).parsebytes(raw)  # type: ignore[arg-type]


def _short(value: str) -> str:
    """Return what is looked at of a header that says what a part is."""
    return ";".join(value[:VALUE_LENGTH].split(";")[:MOST_PARAMETERS])
