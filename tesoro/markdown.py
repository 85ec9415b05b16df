"""Notes as their authors formatted them, made safe to show."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

from tesoro.text import collapse

# For each that is open, the text after it is gone through in search of its end: 50,000 take seconds.
MOST_BRACKETS = 1_000
_TAGS = {"p", "br", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TARGET = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def render(text: str) -> SafeString:
    """Return Markdown as safe HTML: a short list of tags, links to the web, mail and phone only, no images.

    A single line break is a line break. HTML in the text is shown, not obeyed. Headings become bold
    paragraphs, so that a note cannot disturb the outline of the page around it.
    """
    return mark_safe(
        nh3.clean(
            _reader_of(text).render(text),
            tags=_TAGS,
            attributes={"a": {"href", "title"}, "ol": {"start"}},
            attribute_filter=_keep_attribute,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer nofollow",
        )
    )


def plain(text: str, length: int) -> str:
    """Return the words of a Markdown text on one line, at most `length` characters, "…" where it was cut.

    Plain text, not HTML: a template has to escape it.
    """
    words = collapse(" ".join(_words(_reader_of(text).parse(text))))
    return words if len(words) <= length else words[: max(length - 1, 0)].rstrip() + "…"[:length]


def _reader_of(text: str) -> MarkdownIt:
    """Return what reads a text. With more brackets than a person writes, each of them may begin nothing."""
    return _WITHOUT_LINKS if text.count("[") > MOST_BRACKETS else _MARKDOWN


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Drop targets inside this site: a link in a note must not look like one of ours."""
    return None if attribute == "href" and not _TARGET.match(value) else value


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inline_words(token.children or []))
        elif token.type in ("fence", "code_block"):
            yield token.content


def _inline_words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content


def _image(_self: RendererProtocol, tokens: Sequence[Token], place: int, *_rest: Any) -> str:
    """Show the description of an image instead of fetching it from elsewhere."""
    return escape(tokens[place].content)


def _heading_open(_self: RendererProtocol, _tokens: Sequence[Token], _place: int, *_rest: Any) -> str:
    return "<p><strong>"


def _heading_close(_self: RendererProtocol, _tokens: Sequence[Token], _place: int, *_rest: Any) -> str:
    return "</strong></p>\n"


def _markdown() -> MarkdownIt:
    options: MutableMapping[str, Any] = {"html": False, "linkify": False, "breaks": True}
    markdown = MarkdownIt("commonmark", options)  # type: ignore[arg-type]
    markdown.add_render_rule("image", _image)
    markdown.add_render_rule("heading_open", _heading_open)
    markdown.add_render_rule("heading_close", _heading_close)
    return markdown


_MARKDOWN = _markdown()
_WITHOUT_LINKS = _markdown().disable(["link", "image"])
