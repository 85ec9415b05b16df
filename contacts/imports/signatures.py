"""What a file really is, judged by its first bytes and not by its name."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

EXCEL = _("an Excel workbook (.xlsx)")
OLD_EXCEL = _("an old Excel workbook (.xls)")
OPEN_DOCUMENT = _("an OpenDocument file")
ZIP = _("a ZIP archive")

BY_FIRST_BYTES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_EXCEL),
    (b"\x89PNG\r\n\x1a\n", _("a PNG picture")),
    (b"\xff\xd8\xff", _("a JPEG picture")),
    (b"GIF87a", _("a GIF picture")),
    (b"GIF89a", _("a GIF picture")),
    (b"%PDF-", _("a PDF document")),
    (b"\x1f\x8b", _("a gzip archive")),
    (b"BZh", _("a bzip2 archive")),
    (b"\xfd7zXZ\x00", _("an xz archive")),
    (b"7z\xbc\xaf\x27\x1c", _("a 7-Zip archive")),
    (b"Rar!\x1a\x07", _("a RAR archive")),
    (b"RIFF", _("a media file")),
    (b"SQLite format 3\x00", _("a SQLite database")),
    (b"{\\rtf", _("an RTF document")),
    (b"\x7fELF", _("a program")),
)
BY_FIRST_WORDS = (
    (re.compile(rb"<(!doctype\s+html|html|table|head|body)\b", re.I), _("a web page (HTML)")),
    (re.compile(rb"<\?xml\b|<\w+\s+xmlns", re.I), _("an XML file")),
    (re.compile(rb"BEGIN:VCARD", re.I), _("a vCard file")),
    (re.compile(rb"BEGIN:VCALENDAR", re.I), _("a calendar file")),
    (re.compile(rb"[\[{]\s*[\[{\"]\s*\"?\w+\"?\s*\"?\s*:|\[\s*\{"), _("a JSON file")),
)
SPREADSHEETS = (EXCEL, OLD_EXCEL, OPEN_DOCUMENT)


def name_of(head: bytes) -> str | None:
    """Return what these first bytes (some kilobytes) are, ready for a sentence, or None if they may be CSV."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return str(_zip(head))
    for start, name in BY_FIRST_BYTES:
        if head.startswith(start):
            return str(name)
    words = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, name in BY_FIRST_WORDS:
        if pattern.match(words):
            return str(name)
    return None


def is_spreadsheet(name: str) -> bool:
    """Say whether `name`, as given by `name_of`, is something a spreadsheet program can save as CSV."""
    return name in {str(spreadsheet) for spreadsheet in SPREADSHEETS}


def _zip(head: bytes) -> str:
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        return str(OPEN_DOCUMENT)
    if b"[Content_Types].xml" in head or b"xl/" in head or b"_rels/" in head:
        return str(EXCEL)
    return str(ZIP)
