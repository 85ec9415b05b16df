"""The days and months that figures of the dashboard are counted and compared by."""

import datetime as dt

import pytest

from contacts.dashboard import months
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, compared_with, named, percent, period_before

NOW = dt.datetime(2026, 11, 19, 8, 40, tzinfo=dt.UTC)


def scope(user, first, last="2026-11-19", length=0, now=NOW):
    return Scope(user.account, user, None, dt.date.fromisoformat(first), dt.date.fromisoformat(last), now, length)


@pytest.mark.parametrize(
    ("first", "last", "length", "before", "words", "name"),
    [
        ("2026-11-01", "2026-11-19", 1, "2026-10-01 2026-10-19", "from 1 Oct to 19 Oct", "November"),
        ("2025-12-01", "2026-11-19", 12, "2024-12-01 2025-11-19", "a year before", "12 months"),
        ("2026-01-01", "2026-11-19", 12, "2025-01-01 2025-11-19", "a year before", "2026"),
        ("2026-10-01", "2026-11-19", 3, "2026-07-01 2026-08-19", "from 1 Jul to 19 Aug", ""),
        # Days that were chosen one by one.
        ("2026-11-01", "2026-11-30", 0, "2026-10-01 2026-10-19", "from 1 Oct to 19 Oct", "November"),
        ("2026-11-01", "2026-11-10", 0, "2026-10-22 2026-10-31", "from 22 Oct to 31 Oct", ""),
        ("2026-10-01", "2026-10-31", 0, "2026-09-01 2026-09-30", "in September", "October"),
        ("2026-03-29", "2026-04-04", 0, "2026-03-22 2026-03-28", "from 22 Mar to 28 Mar", ""),
    ],
)
def test_a_period_is_compared_with_as_much_time_before_it(admin, first, last, length, before, words, name):
    one = scope(admin, first, last, length)
    found = period_before(one)
    assert f"{found.first} {found.last}" == before
    assert compared_with(one, found) == words
    assert named(one) == name


def test_a_whole_february_is_compared_with_a_whole_january(admin):
    one = scope(admin, "2028-02-01", "2028-02-29", now=NOW.replace(year=2029))
    found = period_before(one)
    assert (compared_with(one, found), named(one)) == ("in January 2028", "February 2028")


@pytest.mark.parametrize(
    ("today", "first", "length", "before"),
    [
        ("2026-01-15", "2026-01-01", 12, "2025-01-01 2025-01-15"),
        ("2026-02-15", "2026-01-01", 12, "2025-01-01 2025-02-15"),
        ("2026-03-31", "2026-01-01", 12, "2025-01-01 2025-03-31"),
        ("2026-10-15", "2026-10-01", 3, "2026-07-01 2026-07-15"),
        ("2026-12-31", "2026-10-01", 3, "2026-07-01 2026-09-30"),
    ],
)
def test_a_year_and_a_quarter_keep_their_length_from_their_first_day(admin, today, first, length, before):
    one = scope(admin, first, today, length, dt.datetime.fromisoformat(f"{today}T12:00:00+00:00"))
    found = period_before(one)
    assert f"{found.first} {found.last}" == before


def test_what_has_not_come_yet_is_not_compared(admin):
    one = scope(admin, "2026-01-01", "2026-12-31")
    assert f"{one.year_before.first} {one.year_before.last}" == "2025-01-01 2025-11-19"


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
