"""What tests of figures share: a clock that stands, days on which periods turn, and what a page tells.

Months, the period and the year before it begin and end here, and clocks change in one of the zones.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import strategies as st

from contacts.dashboard.scope import Scope
from tests.factories import AccountFactory, UserFactory

NOW = dt.datetime(2026, 11, 19, 8, 40, tzinfo=dt.UTC)
ZONES = ["Europe/Madrid", "Pacific/Auckland", "America/Los_Angeles"]
PERIODS = [("2025-12-01", "2026-11-19"), ("2026-03-01", "2026-03-31"), ("2026-04-05", "2026-10-25")]
MINUTES = [-61, -1, 0, 1, 59, 121, 179, 1439]
DAYS = [
    "2024-11-19", "2024-12-01", "2025-03-30", "2025-04-01", "2025-11-01", "2025-11-19", "2025-11-20", "2025-12-01",
    "2026-03-01", "2026-03-08", "2026-03-29", "2026-04-01", "2026-04-05", "2026-09-27", "2026-10-01", "2026-10-25",
    "2026-11-01", "2026-11-19",
]  # fmt: skip
MOMENTS = st.tuples(st.sampled_from(DAYS), st.sampled_from(MINUTES))
SELDOM = st.sampled_from([False, False, False, True])


@pytest.fixture
def standing_still():
    """The clock, standing still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def offices(account, admin, agent):
    """Two colleagues of the office, and two of another."""
    other = AccountFactory()
    return [agent, admin], [UserFactory(account=other), UserFactory(account=other)]


def day(text):
    return dt.date.fromisoformat(text)


def moment(zone, asked):
    """Return the moment so many minutes after a day begins."""
    start = dt.datetime.combine(day(asked[0]), dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    return start + dt.timedelta(minutes=asked[1])


def scope(user, agent=None, first="2025-12-01", last="2026-11-19", length=0):
    """Return a scope of the twelve months that end today."""
    return Scope(user.account, user, agent, day(first), day(last), NOW, length)


def heading_at(browser, url):
    """Return what a reader sees beside the title of the page at an address."""
    answer = browser.get(url)
    assert answer.status_code == 200
    assert not getattr(answer.context.get("listing"), "lost", None)
    return re.search(r'<h1>.*?<span class="count"[^>]*>([^<]+)', answer.content.decode(), re.DOTALL)[1]


def told_at(browser, url):
    """Return the number that this begins with."""
    return int(re.match(r"[\d,]+", heading_at(browser, url))[0].replace(",", ""))


def links_of(browser, url, name):
    """Return the links of a card of the page: each with the number that it shows."""
    body = browser.get(url).content.decode()
    card = re.search(rf'<section class="block" id="{name}".*?</section>', body, re.DOTALL)[0]
    return [(href.replace("&amp;", "&"), text) for href, text in re.findall(r'<a href="([^"]+)">([^<]+)</a>', card)]
