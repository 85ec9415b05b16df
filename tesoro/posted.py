"""Reading what a browser sends: keys of rows, moments, and the way back. Anybody can send anything."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import is_aware

from tesoro.access import Request

LONGEST_KEY = 18  # digits: what a bigint holds for certain


def keys(values: Iterable[str]) -> list[int]:
    """Return the keys of rows among ``values``; what is none, or too large for any database, is left out."""
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) <= LONGEST_KEY]


def key(value: str) -> int:
    """Return one key; 0, which no row has, for what is none."""
    return next(iter(keys([value])), 0)


def moment(value: str) -> datetime | None:
    """Return a moment with its time zone, or None for what is none or lies outside what a database stores."""
    try:
        found = datetime.fromisoformat(value)
        return found if is_aware(found) and 1900 < found.year < 3000 else None
    except ValueError:
        return None


def back(request: Request, default: str) -> HttpResponseRedirect:
    """Return to the page the form names in ``next``, if it is one of ours, else to ``default``."""
    url = request.POST.get("next", "")
    ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return redirect(url if ours else resolve_url(default))
