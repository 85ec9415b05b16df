"""A picture, or initials on a colour, for everybody who appears on a screen."""

from functools import lru_cache
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

HUES = 10


def hue(name: str) -> int:
    """Return the hue, 0 to 9, that belongs to a name; the same name has the same one everywhere, for ever."""
    return sum(ord(letter) * (place + 3) for place, letter in enumerate(name)) % HUES


def initials(first: str, last: str = "") -> str:
    """Return at most two capitals: of the first name, and of the last without its particles (von, de la, van der)."""
    words = last.split()
    proper = next((word for word in words if word[0].isupper()), words[0] if words else "")
    return (first.strip()[:1] + proper[:1]).upper()


def office_initials(name: str) -> str:
    """Return the capitals of the first two words of a company's name."""
    return "".join(word[0] for word in name.split()[:2]).upper()


@lru_cache(maxsize=4096)
def _drawn(letters: str, ground: str, size: str) -> SafeString:
    measure = f' data-size="{escape(size)}"' if size else ""
    return mark_safe(f'<span class="avatar" {ground}{measure} aria-hidden="true">{escape(letters)}</span>')


def _photo(url: str, size: str, kind: str) -> SafeString:
    image = '<img class="avatar" src="{}" alt="" width="48" height="48" loading="lazy" data-{} data-size="{}">'
    return format_html(image, url, kind, size)


def _photo_url(thing: Any) -> str:
    """Return the address of the picture; models may serve it under a guarded one of their own, ``photo_url``."""
    file = getattr(thing, "avatar", None) or getattr(thing, "photo", None) or getattr(thing, "logo", None)
    if not file:
        return ""
    return getattr(thing, "photo_url", "") or file.url


def avatar(thing: Any, size: str = "") -> SafeString:
    """Return the face of a person, a user or an account; nothing for None.

    People have a hue of their own, colleagues are grey, an office stands in the accent. ``size`` is s, m, l or nothing
    (24 px). It says nothing to assistive technology: the name stands beside it.
    """
    if thing is None:
        return SafeString()
    is_office = not hasattr(thing, "first_name")
    if url := _photo_url(thing):
        return _photo(url, size, "office" if is_office else "photo")
    if is_office:
        return _drawn(office_initials(thing.name), "data-office", size)
    letters = initials(thing.first_name, thing.last_name) or getattr(thing, "email", "")[:1].upper()
    if hasattr(thing, "is_authenticated"):
        return _drawn(letters, "data-staff", size)
    return _drawn(letters, f'data-hue="{hue(f"{thing.first_name} {thing.last_name}")}"', size)
