"""Of which days the figures are, and whose: what the address bar may say."""

import datetime as dt

import pytest
import time_machine

from contacts.dashboard.period import Period, earliest_first
from tests.factories import UserFactory

from .conftest import HOME

D = dt.date
TODAY = D(2026, 11, 19)


@pytest.fixture(autouse=True)
def _office_at_work(clock, contact):
    """An office with somebody in it, on a Thursday."""


def asked(client, **query):
    response = client.get(HOME, query)
    assert response.status_code == 200
    return response.context["scope"], response.context["form"], response.content.decode()


def days(client, **query):
    scope = asked(client, **query)[0]
    return scope.first, scope.last


@pytest.mark.parametrize(
    ("period", "first"),
    [("", D(2025, 12, 1)), ("12m", D(2025, 12, 1)), ("month", D(2026, 11, 1)), ("quarter", D(2026, 10, 1)),
     ("year", D(2026, 1, 1))],
)  # fmt: skip
def test_a_period_ends_today(as_admin, period, first):
    assert days(as_admin, period=period) == (first, TODAY)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_year_long_is_twelve_months_with_this_one(month):
    today = D(2024, month, 29)
    first = Period.YEAR_LONG.first(today)
    months = (today.year - first.year) * 12 + today.month - first.month + 1

    assert (first.day, months) == (1, 12)


def test_days_can_be_chosen_one_by_one(as_admin):
    chosen = {"period": "custom", "from": "2026-02-03", "to": "2026-02-03"}
    assert days(as_admin, **chosen) == (D(2026, 2, 3), D(2026, 2, 3))


def test_a_day_that_is_missing_is_the_usual_one(as_admin):
    assert days(as_admin, period="custom") == (D(2025, 12, 1), TODAY)
    assert days(as_admin, period="custom", **{"from": "2026-05-02", "to": ""}) == (D(2026, 5, 2), TODAY)
    assert days(as_admin, period="custom", to="2026-05-02") == (D(2025, 6, 1), D(2026, 5, 2))
    assert days(as_admin, period="custom", **{"from": "2027-05-02"}) == (D(2027, 5, 2), D(2027, 5, 2))


def test_fields_of_days_stand_filled_when_other_days_are_asked_for(as_admin):
    text = asked(as_admin, period="custom")[2]
    assert 'name="from" value="2025-12-01"' in text
    assert 'name="to" value="2026-11-19"' in text


WRONG = [
    ({"period": "fortnight"}, "period", "There is no such period."),
    ({"period": "custom", "from": "yesterday", "to": "2026-01-01"}, "from", "This is not a date."),
    ({"period": "custom", "from": "2026-02-30", "to": "2026-03-01"}, "from", "This is not a date."),
    ({"period": "custom", "from": "2026-03-02", "to": "2026-03-01"}, "to", "The last day is before the first."),
    ({"period": "custom", "from": "2020-03-01", "to": "2026-03-01"}, "from", "A period lasts at most three years."),
    ({"period": "custom", "from": "0026-03-01", "to": "2026-03-01"}, "from", "Is the year right?"),
    ({"period": "custom", "from": "2026-03-01", "to": "9999-12-31"}, "to", "Is the year right?"),
]


@pytest.mark.parametrize(("query", "field", "message"), WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_the_usual_days_are_shown(as_admin, query, field, message):
    scope, form, text = asked(as_admin, **query)

    assert (scope.first, scope.last) == (D(2025, 12, 1), TODAY)
    assert message in str(form.errors[field])
    assert message in text
    assert 'aria-invalid="true"' in text


def test_days_of_a_period_that_is_not_custom_are_not_judged(as_admin):
    scope, form, _text = asked(as_admin, period="month", **{"from": "nonsense"})
    assert (scope.first, form.errors) == (D(2026, 11, 1), {})


def test_three_years_are_counted_in_days():
    assert earliest_first(D(2026, 12, 31)) == D(2024, 1, 1)
    assert earliest_first(D(2024, 2, 29)) == D(2021, 3, 1)


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Pacific/Auckland", "2026-12-31T11:30Z", D(2027, 1, 1)),
        ("America/Los_Angeles", "2027-01-01T07:30Z", D(2026, 12, 31)),
    ],
)
def test_the_days_are_those_of_the_office(client, account, admin, zone, now, today):
    account.time_zone = zone
    account.save()
    with time_machine.travel(now, tick=False):
        client.force_login(admin)
        assert days(client, period="month") == (today.replace(day=1), today)
        assert days(client, period="year") == (D(today.year, 1, 1), today)


def test_an_admin_sees_the_office_or_whom_they_choose(as_admin, admin, agent):
    assert asked(as_admin)[0].agent is None
    assert asked(as_admin, agent="me")[0].agent == admin
    assert asked(as_admin, agent=agent.pk)[0].agent == agent


def test_who_looks_is_meant_by_their_own_key_too(as_admin, admin):
    scope, form, text = asked(as_admin, agent=admin.pk)
    assert (scope.agent, form.errors) == (admin, {})
    assert '<option value="me" selected>' in text


@pytest.mark.parametrize("whom", ["stranger", "gone", "nobody"])
def test_who_is_not_of_the_team_is_no_choice(as_admin, account, stranger, whom):
    gone = UserFactory(account=account, is_active=False)
    asked_for = {"stranger": stranger.pk, "gone": gone.pk, "nobody": "Infinity"}[whom]
    scope, form, _text = asked(as_admin, agent=asked_for)

    assert scope.agent is None
    assert "agent" in form.errors


def test_a_wrong_agent_leaves_the_days_as_they_are(as_admin):
    chosen = {"period": "custom", "from": "2026-02-03", "to": "2026-02-04", "agent": "x"}
    assert days(as_admin, **chosen) == (D(2026, 2, 3), D(2026, 2, 4))


@pytest.mark.parametrize("whom", ["", "me", "admin", "x"])
def test_an_agent_sees_their_own_whatever_the_address_says(as_agent, admin, agent, whom):
    scope, form, text = asked(as_agent, agent=admin.pk if whom == "admin" else whom)

    assert scope.agent == agent
    assert form.errors == {}
    assert 'name="agent"' not in text
    assert "Whose figures" not in text
