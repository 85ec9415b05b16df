"""The first page of the contact list, against a bare Django list view of the same 25 rows in the same run."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path

from contacts.models import Contact
from tesoro.urls import urlpatterns as product_urls
from tests.benchmarks.database import add_people, empty_database, office
from tests.benchmarks.figures import Figure, median_ms

ROUNDS = 60
TEMPLATE = Path(__file__).parent / "templates" / "bare_list.html"


@cache
def _template() -> Any:
    return engines["django"].from_string(TEMPLATE.read_text())


@login_required
def bare(request: HttpRequest) -> HttpResponse:
    """List the 25 most recently active contacts as plainly as Django can: one query, one template, no count."""
    people = Contact.objects.filter(account=request.user.account).select_related("assigned_to")
    return HttpResponse(_template().render({"people": people.order_by("-last_activity_at", "-pk")[:25]}, request))


urlpatterns = [*product_urls, path("bare/", bare)]


def figures() -> Iterator[Figure]:
    """Yield the time of the first page at 10,000 and at 100,000 people, and its number of queries."""
    with empty_database(), override_settings(ROOT_URLCONF=__name__, STORAGES=_plain_storages()):
        account, admin = office()
        client = Client()
        client.force_login(admin)
        have = 0
        for size in (10_000, 100_000):
            add_people(account, size - have, have)
            have = size
            yield from _measured(client, size)


def _plain_storages() -> dict[str, Any]:
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _measured(client: Client, size: int) -> Iterator[Figure]:
    ours, floor = [], []
    for _warm_up in range(5):
        client.get("/contacts/"), client.get("/bare/")
    for _round in range(ROUNDS):
        ours.append(_seconds(client, "/contacts/"))
        floor.append(_seconds(client, "/bare/"))
    yield Figure(f"contact list, first page, {size} people", "ms", median_ms(ours), median_ms(floor))
    with CaptureQueriesContext(connection) as seen:
        client.get("/contacts/")
    yield Figure(f"contact list, queries, {size} people", "queries", len(seen), None)


def _seconds(client: Client, url: str) -> float:
    start = perf_counter()
    response = client.get(url)
    took = perf_counter() - start
    if response.status_code != 200:
        raise RuntimeError(f"{url} answered {response.status_code}")
    return took
