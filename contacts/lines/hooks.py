"""What Twilio calls: its requests are signed with the line's token over the public address, or are refused."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from twilio.request_validator import RequestValidator

from contacts.lines.models import Line
from tesoro.access import public
from tesoro.phones import clean_phone
from tesoro.secrecy import UnreadableError, unseal


@dataclass(frozen=True)
class Address:
    """One address that an admin enters at Twilio: the field it belongs into there, and the hook's name."""

    label: str | Promise
    url_name: str


# What the settings page shows, in order. Rooms add theirs when the apps are ready.
addresses: list[Address] = []


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
        if not _is_signed(request, line):
            return HttpResponse("The signature is missing or wrong.", status=403, content_type="text/plain")
        return view(request, line, **kwargs)

    return checked


def _is_signed(request: HttpRequest, line: Line) -> bool:
    """Whether Twilio signed the request. Without a token that can be read, nothing is signed."""
    url = f"{settings.PUBLIC_URL}{request.get_full_path()}"
    signature = request.headers.get("X-Twilio-Signature", "")
    try:
        token = unseal(line.token)
        return bool(token and RequestValidator(token).validate(url, request.POST, signature))
    except (UnreadableError, ValueError):
        return False


def hook_url(name: str, line: Line, **kwargs: Any) -> str:
    """Return the public address at which Twilio reaches the hook ``name`` ("calls:status") of a line."""
    return f"{settings.PUBLIC_URL}{reverse(name, kwargs={'key': line.key, **kwargs})}"


def word(request: HttpRequest, name: str, limit: int) -> str:
    """Return what Twilio posted under ``name``: one line of printable text, at most ``limit`` characters."""
    return "".join(letter for letter in request.POST.get(name, "") if letter.isprintable())[:limit].strip()


def number_in(request: HttpRequest, name: str) -> str:
    """Return a posted number in E.164, or nothing for one that is withheld. WhatsApp's prefix is taken off."""
    try:
        return clean_phone(word(request, name, 64).removeprefix("whatsapp:"))
    except ValidationError:
        return ""


def whole(request: HttpRequest, name: str) -> int | None:
    """Return a posted number of seconds or parts, None for what is none."""
    text = word(request, name, 6)
    return int(text) if text.isascii() and text.isdecimal() else None
