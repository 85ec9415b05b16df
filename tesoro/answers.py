"""The ends that many views share."""

from django.http import HttpResponse
from django.shortcuts import resolve_url

from tesoro.access import Request
from tesoro.posted import back


def close_form(request: Request, default: str) -> HttpResponse:
    """Leave a form that was saved: to the page it lay over, else to what it names in ``next``, else to ``default``."""
    if not request.htmx:
        return back(request, default)
    return HttpResponse(status=204, headers={"HX-Redirect": request.htmx.current_url_abs_path or resolve_url(default)})
