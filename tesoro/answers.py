"""The ends that many views share."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url

from tesoro.access import Request
from tesoro.posted import back


def form_page(request: Request, template: str, context: dict[str, Any], refused: bool | None = None) -> HttpResponse:
    """Show a form; when it was refused, with 422. It was, unless ``refused`` says otherwise, after every POST.

    htmx is answered with 200: a browser logs every 422 that a script receives as an error of the page.
    """
    refused = request.method == "POST" if refused is None else refused
    return render(request, template, context, status=422 if refused and not request.htmx else 200)


def close_form(request: Request, default: str, at: str = "") -> HttpResponse:
    """Leave a form that was saved: to the page it lay over, else to what it names in ``next``, else to ``default``.

    ``at`` is the id of what the form was about: there the page is shown, and there the focus goes.
    """
    if not request.htmx:
        return HttpResponseRedirect(placed(back(request, default).url, at))
    url = placed(request.htmx.current_url_abs_path or resolve_url(default), at)
    return HttpResponse(status=204, headers={"HX-Redirect": url})


def placed(url: str, at: str) -> str:
    """Return an address with ``at`` for its fragment, whatever it had before; without one it stays as it is."""
    return f"{url.partition('#')[0]}#{at}" if at else url
