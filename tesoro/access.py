"""Who may open a view. Every view of the product carries exactly one of these decorators."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """What a view of the product is given: the middlewares add the account, and whether htmx asks."""

    account: Any
    user: Any
    htmx: Any


def _guarded(view: View, right: str, may: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guard(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.account is None or not may(request.user):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        # After signing out, Back must not show what the office knows.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    guard.right = right  # type: ignore[attr-defined]
    return guard


def _to_sign_in(request: Request) -> HttpResponse:
    """Ask the visitor to sign in, and come back to the page they were on.

    A fragment is answered with an instruction to leave the page: a sign-in form inside a list would be a riddle.
    """
    from django.contrib.auth.views import redirect_to_login  # models import this module, and the views import models

    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = redirect_to_login(_path(request.htmx.current_url_abs_path)).url
        return answer
    return redirect_to_login(request.get_full_path() if request.method in {"GET", "HEAD"} else "/")


def _path(url: str | None) -> str:
    """Return path and query of a page of ours, or the start page."""
    parts = urlsplit(url or "")
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def member(view: View) -> View:
    """Open the view to every active user of an account; others are asked to sign in."""
    return _guarded(view, "member", lambda user: True)


def admin_only(view: View) -> View:
    """Open the view to the admins of an account; an agent gets 403."""
    return _guarded(view, "admin", lambda user: user.is_admin)


def public(view: View) -> View:
    """Say that the view is meant for everybody, signed in or not."""

    @wraps(view)
    def open_view(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    open_view.right = "public"  # type: ignore[attr-defined]
    return open_view
