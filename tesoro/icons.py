"""Icons as inlined SVG, out of the installed Lucide package: no request, no font, no file of a third party in ours."""

import re
from functools import cache, lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist, _render_icon

__all__ = ["IconDoesNotExist", "gem", "icon"]

# The product's words for what it shows; every other name is Lucide's own.
WORDS = {
    "attachment": "paperclip",
    "call": "phone",
    "email": "mail",
    "help": "circle-question-mark",
    "meeting": "calendar",
    "note": "sticky-note",
    "sms": "message-square-text",
    "task": "square-check-big",
    "whatsapp": "message-circle",
}

GEM = (
    '<svg class="gem" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" '
    'stroke-linejoin="round" aria-hidden="true" focusable="false">'
    '<path d="M5.5 3h9L18 8l-8 9.5L2 8z"/><path d="M2 8h16M7 8l3 9.5L13 8l-3-5z"/></svg>'
)


@cache
def _strokes(name: str) -> str:
    """Return what an icon is drawn with, without the frame that all of them share. Raises IconDoesNotExist."""
    drawn = _render_icon(WORDS.get(name, name), None)
    return re.sub(r" />", "/>", re.sub(r">\s+<", "><", drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")].strip()))


@lru_cache(maxsize=2048)
def icon(name: str, cls: str = "") -> SafeString:
    """Return the icon ``name`` as an SVG of 16 px that assistive technology passes over.

    The text beside it, or the ``aria-label`` of its button, says what it means. Raises IconDoesNotExist.
    """
    classes = escape(f"icon {cls}".strip())
    return mark_safe(
        f'<svg class="{classes}" width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        f'aria-hidden="true" focusable="false">{_strokes(name)}</svg>'
    )


def gem() -> SafeString:
    """Return the mark of the product: a cut stone drawn with five lines."""
    return mark_safe(GEM)
