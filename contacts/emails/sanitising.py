"""Incoming HTML made safe to show: text, lists, tables and links, and nothing that is loaded or run."""

import re
from collections import Counter
from html import unescape

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.emails.markup import Tag, Text, pieces

MOST_CHARACTERS = 250_000
MOST_TAGS = 10_000
MOST_DEEP = 90

_STRUCTURE = {
    "p", "div", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "td",
    "th", "caption", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_WORDS = {"a", "b", "strong", "i", "em", "u", "s", "small", "code", "sub", "sup"}
_VOID = {"br", "hr"}
# Headings of a mail would stand in the outline of the page around it.
_SHOWN_AS = {
    **{f"h{level}": "p" for level in range(1, 7)},
    **{"center": "div", "section": "div", "article": "div", "main": "div", "address": "div", "strike": "s", "del": "s"},
}
_LINES = {"div", "tr", "dt", "dd", "center", "section", "article", "address"}
_PARAGRAPHS = {"p", "table", "ul", "ol", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
# What ends when the other begins: few mails close these.
_ENDS = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"},
    "th": {"td", "th"},
}  # fmt: skip
_NUMBERS = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}
_TARGET = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_SPOT = re.compile(r"\s*[012](?:px)?\s*", re.IGNORECASE)
_QUOTE = re.compile(r"<(/?)blockquote>")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BLANKS = re.compile(r"[ \t\n\r\f\v\xa0]+")


def safe_html(html: str) -> SafeString:
    """Return a mail's HTML, safe to show. Pictures are not loaded: a word stands where each was.

    Links lead to the web, mail and phone only. What is quoted at the end is folded. Very long mails are cut, with a
    word about it. The time it takes grows with the length alone, whatever the mail holds.
    """
    order = _Order()
    for piece in pieces(html[:MOST_CHARACTERS]):
        if not order.take(piece):
            break
    cut = order.full or len(html) > MOST_CHARACTERS
    clean = nh3.clean(
        order.result(),
        tags=_STRUCTURE | _WORDS | _VOID,
        attributes={"a": {"href", "target"}, **{tag: set(names) for tag, names in _NUMBERS.items()}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    end = f"<p><em>{escape(_('The rest of this email is too long to be shown.'))}</em></p>" if cut else ""
    return mark_safe(_folded(clean) + end)


def text_of(html: str) -> str:
    """Return the words of a mail that has HTML only, line by line, as plain text."""
    parts: list[str] = []
    fresh = True  # at the beginning of a line, where a block that begins or ends needs no other
    for piece in pieces(html[:MOST_CHARACTERS]):
        if isinstance(piece, Text):
            words = _BLANKS.sub(" ", unescape(piece.source))
            fresh = fresh and words == " "
        else:
            words = "" if fresh and piece.name in _LINES else _in_text(piece)
            fresh = words.endswith("\n") if words.strip(" ") else fresh
        parts.append(words)
    text = re.sub(r" *\n *", "\n", re.sub(" {2,}", " ", "".join(parts)))
    return _BLANK_LINES.sub("\n\n", text).strip()


def _in_text(tag: Tag) -> str:
    """Return what stands for a tag in plain text."""
    if tag.name == "li":
        return "" if tag.closes else "\n- "
    if tag.name in {"td", "th"}:
        return " "
    if tag.name == "br" or tag.name in _LINES:
        return "\n"
    return "\n\n" if tag.name in _PARAGRAPHS else ""


class _Order:
    """Puts the pieces together again so that every tag is closed in its place, few deep, without attributes."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[str] = []
        self._times: Counter[str] = Counter()
        self._tags = 0

    @property
    def full(self) -> bool:
        """Whether it takes no more."""
        return self._tags >= MOST_TAGS

    def take(self, piece: Text | Tag) -> bool:
        """Take a piece; False when it was the last."""
        if isinstance(piece, Text):
            self._parts.append(piece.source.replace("<", "&lt;"))
            return True
        self._tags += 1
        name = _SHOWN_AS.get(piece.name, piece.name)
        if name == "img" and not piece.closes:
            self._parts.append(_picture(piece))
        elif name in _VOID:
            self._parts.append(f"<{name}>")
        elif name in _STRUCTURE or name in _WORDS:
            self._close(name) if piece.closes else self._begin(name, piece)
        return not self.full

    def result(self) -> str:
        """Return the whole, everything closed."""
        while self._open:
            self._pop()
        return "".join(self._parts)

    def _begin(self, name: str, tag: Tag) -> None:
        if name in _STRUCTURE:
            self._end_paragraph()
        while self._open and self._open[-1] in _ENDS.get(name, ()):
            self._pop()
        kept = _kept(name, tag)
        # A bold text inside a bold one says nothing, links do not nest, and one that leads nowhere is no link.
        if len(self._open) >= MOST_DEEP or (name in _WORDS and self._times[name]) or (name == "a" and not kept):
            return
        self._parts.append(f"<{name}{kept}>")
        self._open.append(name)
        self._times[name] += 1

    def _end_paragraph(self) -> None:
        """Close a paragraph in which a block begins, as every browser does."""
        inner = next((name for name in reversed(self._open) if name not in _WORDS), "")
        if inner == "p":
            self._close("p")

    def _close(self, name: str) -> None:
        if not self._times[name]:
            return
        while self._pop() != name:
            pass

    def _pop(self) -> str:
        name = self._open.pop()
        self._times[name] -= 1
        self._parts.append(f"</{name}>")
        return name


def _kept(name: str, tag: Tag) -> str:
    """Return the attributes a tag keeps."""
    if name == "a":
        target = tag.get("href") or ""
        # A path of this site in a mail would look like one of our own links.
        return f' href="{escape(target)}" target="_blank"' if _TARGET.match(target) else ""
    numbers = [(key, tag.get(key) or "") for key in _NUMBERS.get(name, ())]
    return "".join(f' {key}="{value}"' for key, value in numbers if _NUMBER.fullmatch(value))


def _picture(tag: Tag) -> str:
    """Return the word that stands where a picture was; none for spots, by which senders see who reads, and spacers."""
    words, source = tag.get("alt"), (tag.get("src") or "").lower()
    is_spot = any(_SPOT.fullmatch(tag.get(side) or "x") for side in ("width", "height"))
    if source.startswith("data:") or is_spot or words == "":
        return ""
    label = _("Picture attached") if source.startswith("cid:") else _("Picture not shown")
    return f"<em>{escape(f'{label}: {words[:200]}' if words else label)}</em> "


def _folded(clean: str) -> str:
    """Fold what is quoted, when something was written before it. ``clean`` is nh3's: every tag is closed."""
    before, quote, _rest = clean.partition("<blockquote>")
    if not quote or not text_of(before):
        return clean
    depth = 0

    def fold(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[1] else 1
        if not match[1]:
            return f"<details><summary>{escape(_('Earlier emails'))}</summary>{match[0]}" if depth == 1 else match[0]
        return f"{match[0]}</details>" if depth == 0 else match[0]

    return _QUOTE.sub(fold, clean)
