"""My day: the meetings of today, where the office is."""

import datetime as dt
import html

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.meetings import dashboard
from contacts.meetings.models import Attendance, Meeting
from contacts.meetings.planning import plan
from tests.factories import ContactFactory, UserFactory

from .conftest import HOME, NOW, local, scope, shown


@pytest.fixture
def meet(clock, agent):
    """Return a function that plans a meeting of the agent, by the office's clock."""

    def made(start, minutes=60, *, by=None, people=(), **fields):
        by = by or agent
        times = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=minutes)}
        meeting = Meeting(account=by.account, **{"title": f"At {start:%H:%M}", **times, **fields})
        plan(meeting, people=people, colleagues=[], by=by)
        return meeting

    return made


def titles(day):
    return [one.meeting.title for one in day.appointments]


def test_it_shows_what_is_mine_today_in_order_and_marks_what_comes_next(as_agent, agent, admin, meet, contact):
    meet(local(agent, 2026, 11, 19, 13), title="Notary")
    meet(local(agent, 2026, 11, 19, 10), title="Viewing", people=[contact], place="Carrer Bernia 14")
    meet(local(agent, 2026, 11, 19, 8), title="Early")
    meet(local(agent, 2026, 11, 19, 9, 30), 5, title="Just over")
    meet(local(agent, 2026, 11, 19, 10), title="Of a colleague", by=admin)
    meet(local(agent, 2026, 11, 18, 10), title="Yesterday")
    meet(local(agent, 2026, 11, 20, 10), title="Tomorrow")
    meet(local(agent, 2026, 11, 19, 10), title="Off", cancelled_at=NOW)
    day = shown(as_agent.get(HOME), "my-day")

    assert titles(day) == ["Early", "Just over", "Viewing", "Notary"]
    assert [one.mark for one in day.appointments] == ["", "", "In 20 min", ""]
    assert [one.is_over for one in day.appointments] == [True, True, False, False]
    assert day.appointments[2].beside == f"{contact.full_name} · Carrer Bernia 14"
    assert day.calendar_url == f"{reverse('meetings:calendar')}?day=2026-11-19&view=day"


def test_what_goes_on_now_is_marked_and_so_is_what_comes_next(as_agent, agent, meet):
    meet(local(agent, 2026, 11, 19, 9, 30))
    meet(local(agent, 2026, 11, 19, 17))
    response = as_agent.get(HOME)

    assert [(one.mark, one.is_now) for one in shown(response, "my-day").appointments] == [
        ("Now", True),
        ("In 7 h", False),
    ]
    assert response.content.decode().count('aria-current="time"') == 2


def test_a_meeting_of_days_stands_on_each_of_them(as_agent, agent, meet):
    meet(local(agent, 2026, 11, 18, 9), 3 * 24 * 60, title="Fair")
    one = shown(as_agent.get(HOME), "my-day").appointments[0]

    assert (one.meeting.title, one.begins, one.mark) == ("Fair", "Before", "Now")


def test_of_very_many_the_rest_is_a_link(as_agent, agent, meet):
    for minute in range(14):
        meet(local(agent, 2026, 11, 19, 12, minute))
    response = as_agent.get(HOME)

    assert (len(shown(response, "my-day").appointments), shown(response, "my-day").hidden) == (12, 2)
    calendar = shown(response, "my-day").calendar_url
    assert f'<p class="more-of"><a href="{html.escape(calendar)}">2 more</a></p>' in response.content.decode()


def test_two_people_are_named_and_the_others_counted(agent, account, meet):
    people = [ContactFactory(account=account, assigned_to=agent, first_name=name) for name in ("Ana", "Bea", "Eva")]
    meet(local(agent, 2026, 11, 19, 12), people=people)

    assert dashboard.load(scope(agent)).appointments[0].beside == "Ana Dourado López, Bea Dourado López, 1 more"


@pytest.mark.parametrize(
    ("zone", "now", "first", "last"),
    [
        # Both a minute before midnight there: what begins and ends with the day, and what is a minute outside of it.
        ("Pacific/Auckland", dt.datetime(2026, 11, 19, 10, 59, tzinfo=dt.UTC), "2026-11-19", "2026-11-20"),
        ("America/Los_Angeles", dt.datetime(2026, 11, 20, 7, 59, tzinfo=dt.UTC), "2026-11-19", "2026-11-20"),
        # On these days the clocks go forward there, and back.
        ("Pacific/Auckland", dt.datetime(2026, 9, 27, 10, 30, tzinfo=dt.UTC), "2026-09-27", "2026-09-28"),
        ("America/Los_Angeles", dt.datetime(2026, 11, 2, 7, 30, tzinfo=dt.UTC), "2026-11-01", "2026-11-02"),
    ],
)
def test_the_day_is_that_of_the_office_to_the_minute(account, agent, meet, zone, now, first, last):
    account.time_zone = zone
    account.save()
    agent.account = account
    midnight = [dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), account.zone) for day in (first, last)]
    minute = dt.timedelta(minutes=1)
    for title, start in {
        "before": midnight[0] - 2 * minute, "first": midnight[0], "last": midnight[1] - minute, "after": midnight[1],
    }.items():  # fmt: skip
        meet(start.astimezone(dt.UTC), 1, title=title)

    assert titles(dashboard.load(scope(agent, now=now))) == ["first", "last"]


TIMES = st.tuples(st.integers(-2000, 2000), st.integers(1, 3000), st.booleans(), st.booleans(), st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TIMES, max_size=10))
def test_it_shows_what_a_plain_loop_over_all_meetings_finds(agent, admin, account, given_meetings):
    Meeting.with_trash.all().delete()
    rows = []
    for offset, minutes, mine, off, gone in given_meetings:
        start = NOW + dt.timedelta(minutes=offset)
        row = Meeting(account=account, title="Visit", starts_at=start, ends_at=start + dt.timedelta(minutes=minutes))
        row.cancelled_at, row.deleted_at = NOW if off else None, NOW if gone else None
        row.save()
        Attendance.objects.create(account=account, meeting=row, user=agent if mine else admin)
        if mine and not off and not gone and row.ends_at.astimezone(account.zone) > local(agent, 2026, 11, 19):
            rows += [row] if row.starts_at < local(agent, 2026, 11, 20) else []
    day = dashboard.load(scope(agent))

    assert [one.meeting for one in day.appointments] == sorted(rows, key=lambda row: (row.starts_at, row.pk))


def test_a_colleague_taken_off_the_meeting_has_it_no_more(agent, admin, meet):
    meeting = meet(local(agent, 2026, 11, 19, 12), by=admin)
    attendance = Attendance.objects.create(account=agent.account, meeting=meeting, user=agent)
    assert titles(dashboard.load(scope(agent))) == [meeting.title]
    attendance.show(NOW)

    assert titles(dashboard.load(scope(agent))) == []


def test_no_day_of_another_office(stranger, agent, meet):
    meet(local(agent, 2026, 11, 19, 12))
    assert titles(dashboard.load(scope(stranger))) == []
    assert titles(dashboard.load(scope(UserFactory(account=agent.account)))) == []
