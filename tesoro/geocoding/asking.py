"""Asking the service that the settings name: politely, briefly, and once for the same question in 30 days.

At most one question a second leaves the installation; the public services ask for that:
https://operations.osmfoundation.org/policies/nominatim/
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from threading import Thread
from typing import Any

import requests
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as TooLate

from tesoro.geocoding.models import is_resting, rest, take_turn
from tesoro.geocoding.places import Place, Point
from tesoro.geocoding.services import SERVICES, Service

ANSWER_SECONDS = 3
PATIENCE = timedelta(seconds=2.5)  # how long a question waits for its turn
KEPT_SECONDS = 30 * 24 * 60 * 60
REST_SECONDS, MOST_REST_SECONDS = 10, 300
MOST_BYTES = 512 * 1024
PASSING = frozenset({502, 503, 504})

MayAsk = Callable[[], bool]

log = logging.getLogger(__name__)


class Unavailable(Exception):
    """The service did not help. Says in one line why, for a reader."""


@dataclass(frozen=True)
class _Again(Exception):
    """It failed in a way that may be over in a moment. Says what the reader is told if it is not."""

    words: str


def service() -> Service | None:
    """Return the service that the settings name; None where there is none."""
    kind = SERVICES.get(settings.GEOCODER)
    return kind(settings.GEOCODER_URL, settings.GEOCODER_KEY) if kind else None


def search(text: str, language: str, near: Point | None, may_ask: MayAsk = lambda: True) -> list[Place]:
    """Return what the service knows by ``text``, best first; nothing without a service. Raises Unavailable.

    ``may_ask`` counts a question that leaves the house, and says whether who asks has any left.
    """
    return _known(lambda one: one.search_url(text, language, near), may_ask)


def at(point: Point, language: str, may_ask: MayAsk = lambda: True) -> list[Place]:
    """Return the place at a point, if the service knows one; in all else as ``search``."""
    return _known(lambda one: one.at_url(point, language), may_ask)


def _known(address: Callable[[Service], str], may_ask: MayAsk) -> list[Place]:
    asked = service()
    if asked is None:
        return []
    url = address(asked)
    # The key of a cache is neither to hold an address that somebody looks for, nor the secret key of a service.
    name = f"places:{hashlib.sha256(url.encode()).hexdigest()}"
    kept = cache.get(name)
    if kept is not None:
        return [Place.of_kept(one) for one in kept]
    if not may_ask():
        raise Unavailable(_("You have searched a lot within a minute. Wait a moment, then search again."))
    found = _read(asked, _asked(asked, url))
    cache.set(name, [one.kept for one in found], KEPT_SECONDS)
    return found


def _read(asked: Service, answer: Any) -> list[Place]:
    """Return the places of an answer; whatever is odd about it, it is a stranger's and breaks nothing."""
    try:
        return asked.read(answer)
    except Exception as error:
        log.warning("%s answered with JSON that is none of its own: %s", asked.name, type(error).__name__)
        raise Unavailable(_not_understood()) from None


def _asked(asked: Service, url: str) -> Any:
    """Return the answer as JSON; what may pass by itself is asked once more."""
    try:
        return _answer(asked, url)
    except _Again:
        pass
    try:
        return _answer(asked, url)
    except _Again as again:
        raise Unavailable(again.words) from None


def _answer(asked: Service, url: str) -> Any:
    seconds = take_turn(asked.url, PATIENCE)
    if seconds is None and is_resting(asked.url, PATIENCE):
        raise Unavailable(_("The address service has asked us to wait. Try again in a while."))
    if seconds is None:
        raise Unavailable(_("Many people are searching right now. Try again in a moment."))
    time.sleep(seconds)
    try:
        status, headers, body = _fetched(url)
    except (requests.Timeout, TooLate):
        log.warning("%s did not answer in %s seconds", asked.name, ANSWER_SECONDS)
        raise Unavailable(_("The address service did not answer in time.")) from None
    except (requests.RequestException, HTTPError) as error:  # the second says what breaks off in the body
        log.warning("%s could not be reached: %s", asked.name, type(error).__name__)
        raise _Again(_("The address service could not be reached.")) from None
    except UnicodeError:  # a header is Latin; see tesoro.checks
        log.error("GEOCODER_USER_AGENT holds what cannot be sent")
        raise Unavailable(_("The address service cannot be asked: its settings are wrong.")) from None
    if status in (200, 404):  # some of Nominatim's kind say 404 of a point where nothing is
        return _json(asked, body)
    log.warning("%s answered %s", asked.name, status)
    if status == 429:
        rest(asked.url, _rest_seconds(headers.get("Retry-After", "")))
        raise Unavailable(_("The address service is asked too much. Try again in a while."))
    if status in PASSING:
        raise _Again(_("The address service is out of order."))
    raise Unavailable(
        _("The address service refused the question.") if status < 500 else _("The address service is out of order.")
    )


def _fetched(url: str) -> tuple[int, Any, bytes]:
    """Return status, headers and body, all of it within the time. Raises RequestException, or urllib3's HTTPError.

    In a thread, which is left behind when it is late: the time-out of a socket begins anew with every byte that comes,
    and looking up the name of the host knows none.
    """
    answer: Future[tuple[int, Any, bytes]] = Future()
    Thread(target=_fetch, args=(url, answer), name="geocoding", daemon=True).start()
    try:
        return answer.result(ANSWER_SECONDS)
    except TimeoutError:
        raise requests.Timeout from None


def _fetch(url: str, answer: Future[tuple[int, Any, bytes]]) -> None:
    headers = {"User-Agent": settings.GEOCODER_USER_AGENT, "Accept": "application/json"}
    until = time.monotonic() + ANSWER_SECONDS
    try:
        with requests.get(url, headers=headers, timeout=ANSWER_SECONDS, stream=True, allow_redirects=False) as response:
            answer.set_result((response.status_code, response.headers, _body(response.raw, until)))
    except Exception as error:
        answer.set_exception(error)


def _body(raw: Any, until: float) -> bytes:
    """Return what came, or the beginning of what is too long."""
    body = b""
    while len(body) <= MOST_BYTES and (piece := raw.read1(16 * 1024, decode_content=True)):
        body += piece
        if time.monotonic() > until:  # nobody waits any more
            raise TooLate
    return body


def _json(asked: Service, body: bytes) -> Any:
    try:
        if len(body) > MOST_BYTES:
            raise ValueError("too long")
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        log.warning("%s answered with what is no JSON: %s", asked.name, error)
        raise Unavailable(_not_understood()) from None


def _not_understood() -> str:
    return _("The answer of the address service could not be understood.")


def _rest_seconds(said: str) -> float:
    """Return for how long Retry-After says to wait, in seconds or until a date; ten where it says nothing sensible."""
    if said.isdecimal():
        return min(float(said), MOST_REST_SECONDS)
    try:
        until = parsedate_to_datetime(said)
        seconds = (until.replace(tzinfo=until.tzinfo or UTC) - timezone.now()).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return REST_SECONDS
    return min(seconds, MOST_REST_SECONDS) if seconds > 0 else REST_SECONDS
