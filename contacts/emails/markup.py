"""HTML as it comes in mail, taken apart in one pass whose time grows with its length alone.

The parsers that browsers and sanitisers share need time that grows with the square of what a hostile mail holds. So it
is first taken apart here, put together again in good order (see :mod:`contacts.emails.sanitising`), and then cleaned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# A quotation mark that is never closed ends at the next "<", so that no two attempts look at the same characters.
_TAG = re.compile(
    r"""<!--|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?P<rest>(?>[^<>"']+|"[^"<]*"|'[^'<]*')*)[^>]*>|<[!?][^>]*>"""
)
_ATTRIBUTE = r"""(?<![\w-]){name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))"""
_NAMES = ("href", "src", "alt", "width", "height", "colspan", "rowspan", "start")
_ATTRIBUTES = {name: re.compile(_ATTRIBUTE.format(name=name), re.IGNORECASE) for name in _NAMES}
# Enough for any link; what follows the address of a picture of a megabyte is not worth looking for.
_REST = 4_000

# Of these nothing is shown, what is inside neither.
HIDDEN = {
    "script", "style", "head", "title", "template", "svg", "math", "object", "applet", "audio", "video", "canvas",
    "iframe", "frameset", "noframes", "noembed", "noscript", "select", "textarea", "xmp", "plaintext", "xml",
}  # fmt: skip


@dataclass(frozen=True)
class Text:
    """A run of text, with its entities as they were."""

    source: str


@dataclass(frozen=True)
class Tag:
    """An opening or closing tag."""

    name: str
    closes: bool
    rest: str

    def get(self, attribute: str) -> str | None:
        """Return the value of an attribute, None when there is none."""
        match = _ATTRIBUTES[attribute].search(self.rest)
        return unescape(match[1] or match[2] or match[3] or "").strip() if match else None


def pieces(html: str) -> Iterator[Text | Tag]:
    """Yield texts and tags, without comments and what is never shown."""
    html += ">"  # so that the last tag has an end too, and no search for one runs through the whole for nothing
    place, end = 0, len(html) - 1
    while place < end:
        match = _TAG.search(html, place)
        if match is None or match.start() >= end:
            break
        if match.start() > place:
            yield Text(html[place : match.start()])
        place = match.end()
        name = (match["name"] or "").lower()
        if match[0] == "<!--":
            place = _after(html, "-->", place)
        elif name in HIDDEN:
            place = place if match["end"] else _after_hidden(html, name, place)
        elif name:
            yield Tag(name, bool(match["end"]), match["rest"][:_REST])
    if place < end:
        yield Text(html[place:end])


def _after(html: str, mark: str, place: int) -> int:
    found = html.find(mark, place)
    return found + len(mark) if found >= 0 else len(html)


def _after_hidden(html: str, name: str, place: int) -> int:
    """Return the place after the end of a hidden element. A head that is not closed ends where the body begins."""
    closing = rf"</{name}\b[^>]*>" if name != "head" else r"</head\b[^>]*>|(?=<body\b)"
    match = re.compile(closing, re.IGNORECASE).search(html, place)
    return match.end() if match else len(html)
