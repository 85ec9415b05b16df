"""Twilio's REST interface for an office's line, through its own SDK.

``settings.TWILIO_API_URL`` says where Twilio is, so that a server on loopback can stand in for it.
"""

from typing import Any

from django.conf import settings
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from contacts.lines.models import Line
from tesoro.secrecy import unseal

TWILIO = "https://api.twilio.com"
TIMEOUT = 20  # seconds; far below the patience of tesoro.outbox


class HttpClient(TwilioHttpClient):
    """Twilio's own client, which asks the configured address and never asks twice by itself."""

    def __init__(self) -> None:
        super().__init__(timeout=TIMEOUT, max_retries=0)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """Send the request to where Twilio is."""
        return super().request(method, url.replace(TWILIO, settings.TWILIO_API_URL, 1), *args, **kwargs)


def line_of(account: Any) -> Line | None:
    """Return the account's line if it has one that may be used."""
    return Line.objects.for_account(account).active().first()


def connect(line: Line) -> Client:
    """Return the SDK's client for a line. Raises UnreadableError when the token was sealed with a lost key."""
    return Client(line.sid, unseal(line.token), http_client=HttpClient())
