"""The ends that several views share."""

from django.http import HttpResponse
from django.shortcuts import redirect, resolve_url

from tesoro.access import Request


def lead_to(request: Request, to: str) -> HttpResponse:
    """Go to a page after a form was saved; out of a side panel, which is a fragment, the whole page goes."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(to)})
    return redirect(to)
