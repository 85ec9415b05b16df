"""Which encoding a file is in: byte order mark, UTF-16 and UTF-32 by their pattern, strict UTF-8, else Windows-1252.

No statistical detector: on short files they took French and Polish for code pages of DOS. The person sees a preview
and may choose another encoding from `CHOICES`.
Bytes that the encoding does not know never stop a file: they are read as `UNREADABLE`, and the row that holds one
says so.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO

CHOICES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32": "UTF-32",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "windows-1252": "Windows-1252",
    "iso-8859-15": "ISO-8859-15",
    "windows-1250": "Windows-1250",
    "windows-1251": "Windows-1251",
    "windows-1253": "Windows-1253",
    "cp850": "DOS 850",
    "mac-roman": "Mac Roman",
}
UNREADABLE = "\udcff"
ERRORS = "tesoro-unreadable"
SAMPLE = 65_536
BLOCK = 1_048_576

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OUTSIDE_ASCII = re.compile(f"[^\x00-\x7f{UNREADABLE}]")
CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27})


def _unreadable(error: UnicodeError) -> tuple[str, int]:
    return UNREADABLE, error.end  # type: ignore[attr-defined]


codecs.register_error(ERRORS, _unreadable)


class Text(io.TextIOWrapper):
    """A binary file read as text, its line ends kept. The file stays open when this is thrown away."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        file.seek(0)
        super().__init__(file, encoding=encoding, errors=ERRORS, newline="")

    def close(self) -> None:
        """Leave the file to whoever opened it."""


def detect(file: BinaryIO) -> str:
    """Return the encoding of a seekable binary file, one of `CHOICES`. Reads the whole file when there is no mark."""
    file.seek(0)
    sample = file.read(SAMPLE)
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    return _without_mark(sample) or ("utf-8" if _is_utf8(file) else "windows-1252")


def is_binary(sample: bytes) -> bool:
    """Say whether these bytes, known not to be UTF-16 or UTF-32, can hardly be text of any encoding."""
    strange = len(sample) - len(sample.translate(None, CONTROLS))
    return strange > len(sample) * 0.03


def _without_mark(sample: bytes) -> str | None:
    """Recognise UTF-32 and UTF-16 by where their zero bytes stand: beside every ASCII character."""
    zeros = [sample[place::4].count(0) for place in range(4)]
    units = len(sample) // 4
    if units >= 2 and min(zeros) < units:
        if zeros[2] >= units and zeros[3] >= units:
            return "utf-32-le"
        if zeros[0] >= units and zeros[1] >= units:
            return "utf-32-be"
    even, odd, pairs = zeros[0] + zeros[2], zeros[1] + zeros[3], len(sample) // 2
    if odd > pairs * 0.2 and even <= pairs * 0.02:
        return "utf-16-le"
    if even > pairs * 0.2 and odd <= pairs * 0.02:
        return "utf-16-be"
    return None


def _is_utf8(file: BinaryIO) -> bool:
    """Accept strict UTF-8, and UTF-8 with some damaged bytes: read as Windows-1252, all of it would be wrong."""
    decoder = codecs.getincrementaldecoder("utf-8")(ERRORS)
    good = bad = 0
    file.seek(0)
    while block := file.read(BLOCK):
        text = decoder.decode(block)
        if not text.isascii():
            bad += text.count(UNREADABLE)
            good += len(OUTSIDE_ASCII.findall(text)) if bad or not good else 0
    bad += decoder.decode(b"", final=True).count(UNREADABLE)
    return bad == 0 or good > 2 * bad
