"""The page at a fixed moment, and a card of nobody's."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from contacts.dashboard import cards
from contacts.dashboard.scope import Scope
from contacts.timeline.recording import record
from tesoro.charts import Chart, Figure, Line, Shape

HOME = reverse("home")
NOW = dt.datetime(2026, 11, 19, 8, 40, tzinfo=dt.UTC)  # 9:40 in Madrid, a Thursday


@pytest.fixture
def clock():
    """The clock, standing still; ``clock.move_to`` sets it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def only():
    """Return a function that leaves the page with these cards and figures, and takes them off again."""
    kept, figures = dict(cards._cards), list(cards.stats)

    def put(*chosen, stats=()):
        cards._cards.clear()
        cards.stats[:] = enumerate(stats)
        for card in chosen:
            cards.register(card)

    yield put
    cards._cards.clear()
    cards._cards.update(kept)
    cards.stats[:] = figures


def scope(user, agent=None, first=None, last=None, now=None):
    """Return a scope of the year that ends at ``now``."""
    now = now or NOW
    today = now.astimezone(user.account.zone).date()
    return Scope(user.account, user, agent, first or today.replace(month=1, day=1), last or today, now)


def local(user, *parts):
    """Return a moment by the clock of the user's office."""
    return dt.datetime(*parts, tzinfo=ZoneInfo(user.account.time_zone))


def shown(response, name):
    """Return what a card of the page is given."""
    page = response.context["page"]
    found = [shown for row in [*page.rows, page.aside] for shown in row if shown.name == name]
    return found[0].card if found else None


def said(person, verb, at, by=None, **more):
    """Put an event onto a person's timeline."""
    return record(verb, by=by, person=person, at=at, **more)


def chart(shape=Shape.COLUMNS, **changes):
    """Return a chart of three lines and two series."""
    figures = {"Sep": (71, 18), "Oct": (78, 22), "Nov": (55, 15)}
    lines = [
        Line(name, [Figure(size, str(size), f"/leads/?{place}={name}") for place, size in enumerate(sizes)])
        for name, sizes in figures.items()
    ]
    told = {"title": "By month", "heading": "Month", "series": ["New", "Converted"], "summary": "October was highest"}
    return Chart(shape=shape, **{**told, "lines": lines, **changes})
