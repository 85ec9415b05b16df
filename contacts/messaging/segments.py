"""How many SMS a text costs. A text in GSM-7 fits 160 septets, any other 70 code units of UCS-2.

A longer text travels in parts, each with a header that takes seven septets or three units. Signs of two (the extension
of GSM-7, what lies beyond Unicode's first plane) are never torn apart. ``static/js/segments.js`` counts the same way.
"""

import math
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True)
class Count:
    """What a text takes: ``used`` septets or code units, in ``segments`` SMS; ``room`` more fit into the last."""

    unicode: bool
    used: int
    segments: int
    room: int


def count(text: str) -> Count:
    """Return what ``text`` takes as SMS. An empty text takes none."""
    unicode = not all(char in BASIC or char in EXTENDED for char in text)
    single, part = (70, 67) if unicode else (160, 153)
    sizes = [_size(char, unicode) for char in text]
    used = sum(sizes)
    if used <= single:
        return Count(unicode, used, math.ceil(used / single), single - used)
    segments, filled = 1, 0
    for size in sizes:
        if filled + size > part:
            segments, filled = segments + 1, 0
        filled += size
    return Count(unicode, used, segments, part - filled)


def _size(char: str, unicode: bool) -> int:
    """Return what one character takes: one or two."""
    return 2 if (char > "\uffff" if unicode else char in EXTENDED) else 1
