"""What an incoming mail says, in whatever state it is. Nothing here raises because of what a mail holds.

The parser of the standard library takes any bytes, but reading headers and parts from what it made of them can fail in
many ways. So each message is read under the lenient policy ``compat32``, raw, and decoded here.
"""

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from django.utils import timezone

from contacts.emails.parsing import is_head_alone, lenient

HEADER_LENGTH = 1_000_000  # characters of one header that are looked at: thousands of recipients
LINE_LENGTH = 1_000
ADDRESS_LENGTH = 254
MESSAGE_ID_LENGTH = 255
TEXT_BYTES = 2_000_000
MOST_PARTS = 500
YEAR = timedelta(days=366)

# What nobody can see, what turns a line around, and what a database refuses.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BETWEEN_ADDRESSES = re.compile(r"[\s<>,;:\"()]+")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
# These need time that grows with the square of the text, or run what it says.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_BULK = {"bulk", "junk", "list", "auto_reply"}


@dataclass(frozen=True)
class File:
    """A file that came along."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Head:
    """What the headers say. ``recipients`` are bare addresses, those the mail was delivered to first."""

    sender: str
    sender_name: str
    recipients: list[str]
    subject: str
    message_id: str
    references: list[str]
    at: datetime
    automatic: bool


@dataclass
class Body:
    """What the parts hold. ``missing`` says in words what of it could not be kept."""

    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def head_of(message: Message, envelope_to: str = "") -> Head:
    """Return what the headers of ``message`` say. ``envelope_to`` is whom it was delivered to, if that is known."""
    name, address = parseaddr(raw_header(message, "From")[:LINE_LENGTH])
    delivered = [
        envelope_to,
        *_all(message, "Delivered-To", "X-Original-To", "Envelope-To"),
        *_all(message, "To", "Cc"),
    ]
    return Head(
        sender=one_line(address)[:ADDRESS_LENGTH],
        sender_name=one_line(_decoded(name)),
        recipients=list(dict.fromkeys(address for value in delivered for address in addresses_in(value))),
        subject=one_line(_decoded(raw_header(message, "Subject")[:LINE_LENGTH])),
        message_id=_message_id(message),
        references=message_ids(" ".join(_all(message, "References", "In-Reply-To"))),
        at=_date(raw_header(message, "Date")[:LINE_LENGTH]),
        automatic=_is_automatic(message),
    )


def body_of(message: Message) -> Body:
    """Return text, HTML and files of ``message``."""
    body = Body()
    if is_head_alone(message):
        return body
    texts: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in parts_of(message):
        kind, name = part.get_content_type(), _file_name(part)
        is_file = bool(name) or part.get_content_disposition() == "attachment"
        if kind in texts and not is_file:
            texts[kind].append(_text(part))
        elif is_file or part.get_content_maintype() != "text" or kind == "text/calendar":
            body.files.append(File(name or _name_for(kind), _content(part)))
    body.text, body.html = "\n\n".join(texts["text/plain"]).strip(), "\n".join(texts["text/html"]).strip()
    return body


def parts_of(message: Message) -> Iterator[Message]:
    """Yield the parts that hold something, in order; a mail inside the mail is one. However deep they lie."""
    waiting = [message]
    for _count in range(MOST_PARTS):
        if not waiting:
            return
        part = lenient(waiting.pop())
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(child for child in reversed(inner) if isinstance(child, Message))
        else:
            yield part


def addresses_in(value: str) -> list[str]:
    """Return the bare addresses in a header, however it is written."""
    return [piece for piece in _BETWEEN_ADDRESSES.split(value[:HEADER_LENGTH]) if "@" in piece[1:-1]]


def message_ids(value: str) -> list[str]:
    """Return the Message-IDs in a header, without repetition, oldest first."""
    found = _MESSAGE_ID.findall(_UNSEEN.sub(" ", value[:HEADER_LENGTH]))
    return list(dict.fromkeys(one for one in found if len(one) <= MESSAGE_ID_LENGTH))


def raw_header(message: Message, name: str) -> str:
    """Return the first header of this name as it stands, "" when there is none."""
    return next(iter(_all(message, name)), "")


def one_line(text: str) -> str:
    """Return ``text`` in one line of what can be seen, cut to what any line needs."""
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text[:LINE_LENGTH])).split())


def lines(text: str) -> str:
    """Return ``text`` with one kind of line break, without what cannot be seen or stored."""
    return _UNSEEN.sub("", _BREAK.sub("\n", text))


def digest_of(head: Head, body: Body) -> str:
    """Return what makes a mail without Message-ID the same when it comes in twice, by whatever way."""
    words = [head.sender, head.subject, *f"{body.text} {body.html}".split()]
    return "sha256:" + hashlib.sha256("\n".join(words).encode(errors="replace")).hexdigest()


def decode(content: bytes, charset: str = "") -> str:
    """Return bytes as text. An unknown charset, or none, is UTF-8 if the bytes are, and Western European if not."""
    try:
        if codecs.lookup(charset).name not in _NO_CHARSETS:
            return content.decode(charset, errors="replace")
    except (LookupError, ValueError, UnicodeError):
        pass
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _all(message: Message, *names: str) -> list[str]:
    """Return the raw values of headers, in the order of ``names``."""
    wanted = [name.lower() for name in names]
    found = [(wanted.index(name.lower()), str(value)) for name, value in message.raw_items() if name.lower() in wanted]
    return [value[:HEADER_LENGTH] for _place, value in sorted(found, key=lambda pair: pair[0])][:50]


def _decoded(value: str) -> str:
    """Return a header's words: encoded ones (RFC 2047), and bytes that should not be there."""
    try:
        pieces = decode_header(value)
    except (MessageError, ValueError):
        pieces = [(value, None)]
    return "".join(_piece(words, charset) for words, charset in pieces)


def _piece(words: bytes | str, charset: str | None) -> str:
    if isinstance(words, bytes) and not charset:  # between encoded words, as the library packs it
        words = words.decode("raw-unicode-escape", errors="replace") if words.isascii() else words
    return _mended(words) if isinstance(words, str) else decode(words, charset or "")


def _mended(text: str) -> str:
    """Return ``text`` with the bytes read that the library found where only ASCII may stand, and kept as surrogates."""
    try:
        return decode(text.encode(errors="surrogateescape"))
    except UnicodeEncodeError:
        return text


def _message_id(message: Message) -> str:
    """Return the Message-ID in its brackets, or "" when there is none that can be kept."""
    value = "".join(_UNSEEN.sub("", raw_header(message, "Message-ID")).split())
    bare = value.partition("<")[2].partition(">")[0] or value.strip("<>")
    if len(bare) > MESSAGE_ID_LENGTH - 2:
        return "sha256:" + hashlib.sha256(bare.encode()).hexdigest()
    return f"<{bare}>" if bare else ""


def _date(value: str) -> datetime:
    """Return when it was written, if that can be: not in the future, and within the year. Otherwise now."""
    now = timezone.now()
    try:
        at = parsedate_to_datetime(value)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return now
    return at if now - YEAR < at <= now else now


def _is_automatic(message: Message) -> bool:
    """Whether no human being wrote it: out of office, a list, a receipt (RFC 3834 and its predecessors)."""
    submitted = raw_header(message, "Auto-Submitted").strip().lower()
    told = submitted not in ("", "no") or raw_header(message, "Precedence").strip().lower() in _BULK
    return told or bool(_all(message, "X-Autoreply", "X-Autorespond", "List-Id", "List-Unsubscribe"))


def _file_name(part: Message) -> str:
    try:
        return one_line(_decoded(part.get_filename() or ""))
    except (MessageError, ValueError, TypeError, LookupError):
        return ""


def _name_for(kind: str) -> str:
    """Return a name for a file that has none."""
    endings = {"text/calendar": "ics", "message/rfc822": "eml", "image/jpeg": "jpg", "application/pdf": "pdf"}
    ending = endings.get(kind) or re.sub(r"[^a-z0-9]", "", kind.partition("/")[2])[:8] or "bin"
    return f"{kind.partition('/')[0] if kind.startswith('image/') else 'file'}.{ending}"


def _text(part: Message) -> str:
    return lines(decode(_content(part)[:TEXT_BYTES], str(part.get_content_charset() or "")))


def _content(part: Message) -> bytes:
    """Return the bytes of a part; a mail inside the mail as it stands."""
    try:
        inner = part.get_payload(decode=True)
        if isinstance(inner, bytes):
            return inner
        inner = part.get_payload()
        return b"\n".join(bytes(child) for child in inner) if isinstance(inner, list) else str(inner or "").encode()
    except Exception:  # encoders and generators of the library fail in too many ways to name
        return b""
