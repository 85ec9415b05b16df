"""A form that is sent twice, by a double click or by going back, is done once.

Each drawn form carries a key of its own in the field ``form_key``; the shared cache remembers those that were done.
"""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from tesoro.access import Request

KEPT_SECONDS = 24 * 60 * 60


def new_key() -> str:
    """Return the key of a form that is drawn now."""
    return secrets.token_urlsafe(12)


def once(request: Request, deed: Callable[[], Any]) -> int | None:
    """Do ``deed`` unless this very form has done it already; return the key of the row it made.

    A deed that returns nothing was refused: the answer is None, and the same form may try again, as it may after an
    exception. The second of two clicks gets the first one's key, or 0 while that is still at work.
    """
    key = request.POST.get("form_key", "")
    place = f"once:{request.user.pk}:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}"
    if key and not cache.add(place, 0, KEPT_SECONDS):
        return cache.get(place, 0)
    row: Any = None
    try:
        row = deed()
    finally:
        if key and row is None:
            cache.delete(place)
        elif key:
            cache.set(place, row.pk, KEPT_SECONDS)
    return row.pk if row is not None else None
