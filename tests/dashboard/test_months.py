"""The days and months that figures of the dashboard are counted and compared by."""

import datetime as dt

import pytest

from contacts.dashboard import months
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, compared_with, named, percent, period_before

NOW = dt.datetime(2026, 11, 19, 8, 40, tzinfo=dt.UTC)


def scope(user, first, last="2026-11-19"):
    return Scope(user.account, user, None, dt.date.fromisoformat(first), dt.date.fromisoformat(last), NOW)


@pytest.mark.parametrize(
    ("first", "last", "before", "words", "name"),
    [
        ("2026-11-01", "2026-11-19", "2026-10-01 2026-10-19", "from 1 Oct to 19 Oct", "November"),
        ("2026-11-01", "2026-11-30", "2026-10-01 2026-10-19", "from 1 Oct to 19 Oct", "November"),
        ("2026-10-01", "2026-10-31", "2026-09-01 2026-09-30", "in September", "October"),
        ("2025-12-01", "2026-11-19", "2024-12-01 2025-11-19", "a year before", "12 months"),
        ("2026-01-01", "2026-11-19", "2025-01-01 2025-11-19", "a year before", "2026"),
        ("2026-10-01", "2026-11-19", "2026-07-01 2026-08-19", "from 1 Jul to 19 Aug", ""),
        ("2026-09-01", "2026-11-19", "2026-06-01 2026-08-19", "from 1 Jun to 19 Aug", ""),
        ("2026-03-29", "2026-04-04", "2026-03-22 2026-03-28", "from 22 Mar to 28 Mar", ""),
        ("2028-02-01", "2028-02-29", "2028-01-01 2028-01-31", "in January 2028", "February 2028"),
    ],
)
def test_a_period_is_compared_with_as_much_time_before_it(admin, first, last, before, words, name):
    one = scope(admin, first, last)
    if first > "2026-12":
        one = Scope(one.account, one.user, None, one.first, one.last, NOW.replace(year=2029))
    found = period_before(one)
    assert f"{found.first} {found.last}" == before
    assert compared_with(one, found) == words
    assert named(one) == name


@pytest.mark.parametrize(
    ("day", "count", "earlier"),
    [("2026-03-31", 1, "2026-02-28"), ("2028-02-29", 12, "2027-02-28"), ("2026-01-15", 1, "2025-12-15")],
)
def test_the_same_day_of_an_earlier_month(day, count, earlier):
    assert months.back(dt.date.fromisoformat(day), count) == dt.date.fromisoformat(earlier)


def test_an_address_names_the_agent_and_leaves_empty_words_out(admin, agent):
    one = Scope(admin.account, admin, agent, NOW.date(), NOW.date(), NOW)
    assert address("leads:list", one, status=["new", "lost"], portal="") == (
        f"/leads/?status=new&status=lost&agent={agent.pk}"
    )
    assert address("deals:list") == "/deals/"


def test_a_share_of_nothing_is_nothing():
    assert (percent(1, 4), percent(1, 3, 1), percent(1, 0)) == ("25%", "33.3%", "")
