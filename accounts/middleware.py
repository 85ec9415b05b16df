"""Whose request it is: the account, its time zone, and the user's language."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


class AccountMiddleware:
    """Set ``request.account`` and show times and words as this user reads them.

    Stands right after the authentication middleware. Signed-out visitors and support staff have no account.
    Trap: a streamed answer is written after this has ended; what it shows must be translated before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request as its account and user want it."""
        user: Any = request.user
        account = user.account if user.is_authenticated else None
        request.account = account  # type: ignore[attr-defined]
        if account is None:
            _end_dead_session(request)
            return self.get_response(request)
        with timezone.override(account.zone), translation.override(_spoken(user.language or account.language)):
            return self.get_response(request)


def _spoken(language: str) -> str:
    """Return the language if the screens are translated into it, else English: better than half of each."""
    return language if language in settings.INTERFACE_LANGUAGES else "en"


def _end_dead_session(request: HttpRequest) -> None:
    """Delete the session of somebody who was deactivated or deleted since they signed in."""
    if not request.user.is_authenticated and SESSION_KEY in request.session:
        request.session.flush()
