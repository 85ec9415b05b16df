"""Cells of a table, drawn in Python: a template for each of some two hundred costs ten times as much.

Everything that is not markup is escaped here, once.
"""

from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from tesoro.faces import avatar
from tesoro.icons import icon

TAGS_SHOWN = 2


class Row(NamedTuple):
    """One record of a table: its key and name, the words of its tick, and its cells from first to last."""

    pk: int
    name: str
    select: str
    cells: SafeString


def cell(key: str, content: str, titled: bool = False) -> str:
    """Return the cell of the column ``key``; text is escaped, ``titled`` shows the whole of it on hover."""
    title = f' title="{escape(content)}"' if titled and content else ""
    inner = content if isinstance(content, SafeString) else escape(content)
    return f'<td data-col="{key}"{title}>{inner}</td>'


def name_cell(url: str, name: str, beside: str, *, face: str = "", flag: str = "") -> SafeString:
    """Return what leads to a record: its face, name and flag, and what a phone shows ``beside`` them."""
    name, beside = escape(name), beside if isinstance(beside, SafeString) else escape(beside)
    return mark_safe(
        f'<div class="name">{face}<span class="stack"><span class="row">'
        f'<a class="truncate" href="{url}" title="{name}">{name}</a>{flag}</span>'
        f'<span class="sub phone-only truncate">{beside}</span></span></div>'
    )


def who_cell(user: Any) -> SafeString:
    """Return a colleague with their face, nothing for nobody."""
    if user is None:
        return SafeString()
    short, whole = escape(user.get_short_name()), escape(str(user))
    return mark_safe(
        f'<span class="who" title="{whole}">{avatar(user, "s")}<span class="truncate">{short}</span></span>'
    )


def tags_cell(tags: Iterable[Any]) -> SafeString:
    """Return the first tags, and how many more there are."""
    tags = list(tags)
    drawn = [f'<span class="tag" data-hue="{tag.hue}">{escape(tag.name)}</span>' for tag in tags[:TAGS_SHOWN]]
    if more := len(tags) - len(drawn):
        drawn.append(f'<span class="tag tag--more">+{more}</span>')
    return mark_safe(f'<span class="tags">{"".join(drawn)}</span>')


def dot_cell(label: str, hue: str) -> SafeString:
    """Return a state with its dot, a hollow one without a hue."""
    tone = f'data-hue="{hue}"' if hue else "data-hollow"
    return mark_safe(f'<span class="row"><span class="dot" {tone}></span>{escape(label)}</span>')


def cut(text: str) -> SafeString:
    """Return a text that is cut where its cell ends, and whole on hover."""
    text = escape(text)
    return mark_safe(f'<span class="truncate" title="{text}">{text}</span>')


def quiet(content: str) -> SafeString:
    """Return what is said in a lower voice."""
    inner = content if isinstance(content, SafeString) else escape(content)
    return mark_safe(f'<span class="quiet">{inner}</span>')


def late_line(task: Any) -> SafeString:
    """Return the line of a card that tells of an overdue task."""
    title = escape(task.title)
    return mark_safe(
        f'<span class="late row" title="{title}">{icon("clock")}<span class="truncate">{title}</span>'
        f'<span class="nowrap">{escape(task.due)}</span></span>'
    )


def face_of(user: Any, *, push: bool = False) -> SafeString:
    """Return the face of a colleague with the name on hover; ``push`` moves it to the end of its line."""
    name, place = escape(user.get_full_name()), ' class="push"' if push else ""
    return mark_safe(
        f'<span{place} title="{name}">{avatar(user, "s")}<span class="visually-hidden">{name}</span></span>'
    )
