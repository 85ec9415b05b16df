"""The ends that several views share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url


def lead_to(request: HttpRequest, to: str) -> HttpResponse:
    """Go to a page after a form was saved; out of a side panel, which is a fragment, the whole page goes."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to)})
    return redirect(to)
