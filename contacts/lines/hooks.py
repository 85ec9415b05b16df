"""What Twilio calls: its requests are signed with the line's token over the public address, or are refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from contacts.lines.models import Line
from tesoro.access import public
from tesoro.secrecy import unseal


def signed(view: Callable[..., HttpResponse]) -> Any:
    """Hand the view the line of its address, ``key``, after Twilio's signature was checked; else answer 403.

    The address that was signed is PUBLIC_URL and the path, never the Host header, which anybody can send.
    """

    @csrf_exempt
    @require_POST
    @public
    @wraps(view)
    def checked(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        line = Line.objects.active().select_related("account").filter(key=key).first()
        if line is None:
            raise Http404
        url = f"{settings.PUBLIC_URL}{request.get_full_path()}"
        signature = request.headers.get("X-Twilio-Signature", "")
        if not RequestValidator(unseal(line.token)).validate(url, request.POST, signature):
            return HttpResponse("The signature is missing or wrong.", status=403, content_type="text/plain")
        return view(request, line, **kwargs)

    return checked


def hook_url(name: str, line: Line, **kwargs: Any) -> str:
    """Return the public address at which Twilio reaches the hook ``name`` ("calls:status") of a line."""
    return f"{settings.PUBLIC_URL}{reverse(name, kwargs={'key': line.key, **kwargs})}"
