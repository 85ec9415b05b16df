"""Twilio's REST interface for an office's line, through its own SDK.

``settings.TWILIO_API_URL`` says where Twilio is, so that a server on loopback can stand in for it.
"""

import logging
from collections.abc import Iterator
from typing import Any

import requests
from django.conf import settings
from django.utils.translation import gettext as _
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client
from urllib3.exceptions import NewConnectionError

from contacts.lines.models import Line
from tesoro.outbox import State
from tesoro.secrecy import UnreadableError, unseal

TWILIO = "https://api.twilio.com"
TIMEOUT = 20  # seconds; far below the patience of tesoro.outbox
# All that looking something up at Twilio may end in, an answer that is no JSON included. What sends: ``lines.asking``.
FAULTS = (
    TwilioException,
    requests.RequestException,
    UnreadableError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
MOST_BYTES = 150 * 1024 * 1024  # a recording of the longest call Twilio allows, four hours
PIECE = 64 * 1024

log = logging.getLogger(__name__)
# The SDK tells the log whom it calls, at the level "info".
_quiet = logging.getLogger("tesoro.twilio")
_quiet.setLevel(logging.WARNING)


class HttpClient(TwilioHttpClient):
    """Twilio's own client, which asks the configured address and never asks twice by itself."""

    def __init__(self) -> None:
        super().__init__(timeout=TIMEOUT, max_retries=0, logger=_quiet)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        """Send the request to where Twilio is."""
        return super().request(method, url.replace(TWILIO, settings.TWILIO_API_URL, 1), *args, **kwargs)


def line_of(account: Any) -> Line | None:
    """Return the account's line if it has one that may be used."""
    return Line.objects.for_account(account).active().first()


def connect(line: Line) -> Client:
    """Return the SDK's client for a line. Raises UnreadableError when the token was sealed with a lost key."""
    return Client(line.sid, unseal(line.token), http_client=HttpClient())


def ended(error: Exception) -> tuple[State, str]:
    """Return how asking Twilio ended that raised ``error``, and why, in Twilio's words where it answered.

    Failed is only what Twilio certainly did not take. After a broken line or an error of its own it may have.
    """
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return (State.FAILED if error.status < 500 else State.UNKNOWN), _words(error)
    if isinstance(error, requests.RequestException):
        return _unanswered(error)
    if isinstance(error, UnreadableError):
        return State.FAILED, _("The stored auth token cannot be read any more. An admin has to enter it again.")
    if isinstance(error, TwilioException):  # the SDK refused to ask
        return State.FAILED, str(error)
    # The kind of the error alone: its words may quote what was said.
    log.warning("Twilio's answer was not understood: %s", type(error).__name__)
    return State.UNKNOWN, _("Twilio's answer could not be understood.")


def _words(error: Any) -> str:
    """Return Twilio's sentence without what its SDK puts in front, and the number that its help pages go by."""
    said = getattr(error, "msg", "") or getattr(error, "detail", "") or getattr(error, "title", "")
    sentence = str(said).removeprefix("Unable to create record: ").removeprefix("Unable to fetch record: ").strip()
    return _("%(words)s (Twilio %(code)s)") % {"words": sentence or _("Refused"), "code": error.code}


def _unanswered(error: requests.RequestException) -> tuple[State, str]:
    """No connection came about, or one that broke: then the request was on it."""
    reasons = [getattr(cause, "reason", None) for cause in error.args]
    if isinstance(error, requests.ConnectTimeout) or any(isinstance(one, NewConnectionError) for one in reasons):
        return State.FAILED, _("Twilio could not be reached. Try again in a moment.")
    return State.UNKNOWN, _("Twilio did not answer.")


def recording_of(line: Line, sid: str) -> Iterator[bytes]:
    """Return the pieces of a recording as MP3. Raises one of ``FAULTS`` before the first, also when it is too long."""
    url = f"{settings.TWILIO_API_URL}/2010-04-01/Accounts/{line.sid}/Recordings/{sid}.mp3"
    answer = requests.get(url, auth=(line.sid, unseal(line.token)), stream=True, timeout=TIMEOUT, allow_redirects=False)
    if answer.status_code != 200 or int(answer.headers.get("Content-Length") or 0) > MOST_BYTES:
        answer.close()
        raise ValueError("no recording")
    return _pieces(answer)


def _pieces(answer: requests.Response) -> Iterator[bytes]:
    left = MOST_BYTES
    with answer:
        for piece in answer.iter_content(PIECE):
            left -= len(piece)
            if left < 0:
                return
            yield piece
