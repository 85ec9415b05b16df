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


def once(request: Request, deed: Callable[[], Any]) -> bool:
    """Do ``deed`` unless this very form has done it already; return whether it is done.

    A deed that returns nothing was refused: the same form may try again, as it may after an exception.
    """
    key = request.POST.get("form_key", "")
    place = f"once:{request.user.pk}:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}"
    if key and not cache.add(place, 1, KEPT_SECONDS):
        return True
    done = False
    try:
        done = bool(deed())
    finally:
        if key and not done:
            cache.delete(place)
    return done
