"""The calendar: days, weeks and months where the account is, whose meetings, and what overlaps."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from contacts.meetings.days import MOST_LANES, Day, file_meetings, open_hours
from contacts.meetings.models import Meeting
from contacts.meetings.planning import cancel, trash
from contacts.tasks.models import Task
from contacts.timeline.recording import record

CALENDAR = reverse("meetings:calendar")
MADRID = ZoneInfo("Europe/Madrid")
NOW = "2026-11-26 11:00:00+00:00"  # a Thursday


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=MADRID)


def agenda(client, **query):
    answer = client.get(CALENDAR, query)
    assert answer.status_code == 200
    return answer.context["agenda"]


def shown(client, **query):
    return {
        day.date.isoformat(): [slot.meeting.title for slot in day.slots]
        for day in agenda(client, **query).days
        if day.slots
    }


@time_machine.travel(NOW, tick=False)
def test_month_is_whole_weeks_from_monday(as_agent):
    found = agenda(as_agent)
    assert (found.view, found.title) == ("month", "November 2026")
    assert (found.first, found.last) == (dt.date(2026, 10, 26), dt.date(2026, 12, 6))
    assert [len(week) for week in found.weeks] == [7] * 6


@pytest.mark.parametrize(
    ("view", "title", "days"),
    [("week", "23 – 29 November 2026", 7), ("day", "Thursday 26 November 2026", 1), ("month", "November 2026", 42)],
)
def test_each_view_has_its_days_and_its_name(as_agent, view, title, days):
    found = agenda(as_agent, view=view, day="2026-11-26")
    assert (found.title, len(found.days)) == (title, days)


@pytest.mark.parametrize(
    ("view", "day", "earlier", "later"),
    [
        ("month", "2026-01-31", "2025-12-01", "2026-02-01"),
        ("week", "2026-11-26", "2026-11-16", "2026-11-30"),
        ("day", "2026-03-01", "2026-02-28", "2026-03-02"),
    ],
)
def test_neighbours_are_a_link_away(as_agent, view, day, earlier, later):
    found = agenda(as_agent, view=view, day=day, who="all")
    assert f"day={earlier}" in found.earlier.url
    assert f"day={later}" in found.later.url
    assert "who=all" in found.later.url


@pytest.mark.parametrize("day", ["1971-01-01", "2199-12-31"])
@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_calendar_has_two_ends(as_agent, day, view):
    assert agenda(as_agent, view=view, day=day).day == dt.date.fromisoformat(day)


@pytest.mark.parametrize("day", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-26T10:00"])
@time_machine.travel(NOW, tick=False)
def test_what_is_no_day_is_today(as_agent, day):
    assert agenda(as_agent, day=day).day == dt.date(2026, 11, 26)


def test_one_sees_own_meetings_those_of_a_colleague_or_all(as_agent, planned, admin, colleague, stranger):
    start = at("2026-11-26 10:00")
    planned(title="Mine", starts_at=start)
    planned(title="Theirs", by=admin, colleagues=[colleague], starts_at=start)
    day = {"view": "day", "day": "2026-11-26"}
    assert shown(as_agent, **day) == {"2026-11-26": ["Mine"]}
    assert shown(as_agent, **day, who=colleague.pk) == {"2026-11-26": ["Theirs"]}
    assert shown(as_agent, **day, who="all") == {"2026-11-26": ["Mine", "Theirs"]}
    for nobody in (stranger.pk, "x", "9" * 30):
        assert agenda(as_agent, **day, who=nobody).who == "me"


def test_other_office_sees_nothing(as_stranger, planned):
    planned(starts_at=at("2026-11-26 10:00"))
    assert shown(as_stranger, who="all", day="2026-11-26") == {}


def test_meeting_stands_on_the_day_where_the_account_is(as_agent, planned):
    """23:30 UTC is the next day in Madrid."""
    planned(starts_at=dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC))
    assert list(shown(as_agent, day="2026-11-26")) == ["2026-11-26"]


def test_meeting_over_midnight_stands_on_both_days_and_one_until_midnight_on_one(as_agent, planned):
    planned(title="Late", starts_at=at("2026-11-24 23:00"), ends_at=at("2026-11-25 01:00"))
    planned(title="Till midnight", starts_at=at("2026-11-26 23:00"), ends_at=at("2026-11-27 00:00"))
    assert shown(as_agent, view="week", day="2026-11-26") == {
        "2026-11-24": ["Late"],
        "2026-11-25": ["Late"],
        "2026-11-26": ["Till midnight"],
    }


def test_meeting_that_began_long_before_is_still_on(as_agent, planned):
    planned(starts_at=at("2026-11-01 09:00"), ends_at=at("2026-12-01 09:00"))
    assert len(shown(as_agent, view="week", day="2026-11-26")) == 7


def test_cancelled_is_shown_struck_through_and_deleted_is_not(as_agent, planned, agent):
    cancel(planned(title="Off", starts_at=at("2026-11-26 10:00")), by=agent)
    trash(planned(title="Deleted", starts_at=at("2026-11-26 10:00")), by=agent)
    page = as_agent.get(CALENDAR, {"view": "week", "day": "2026-11-26"}).content.decode()
    assert "data-off" in page
    assert "Deleted" not in page


def test_month_shows_three_a_day_and_a_way_to_the_rest(as_agent, planned):
    for hour in range(9, 14):
        planned(title=f"At {hour}", starts_at=at(f"2026-11-26 {hour:02}:00"))
    page = as_agent.get(CALENDAR, {"day": "2026-11-01"}).content.decode()
    assert "At 11" in page
    assert "At 12" not in page
    assert "+2 more" in page
    assert 'href="/calendar/?view=day&amp;day=2026-11-26"' in page


def test_tasks_stand_in_the_order_in_which_they_are_due(as_agent, contact, agent):
    for title, day, time in [("Whenever", 26, None), ("At four", 26, dt.time(16)), ("At nine", 26, dt.time(9)),
                             ("Midnight", 26, dt.time()), ("Before", 25, None), ("After", 27, dt.time())]:  # fmt: skip
        task = Task(account=contact.account, person=contact, title=title, due_time=time)
        task.due_on = dt.date(2026, 11, day)
        task.add(by=agent)
    found = agenda(as_agent, view="day", day="2026-11-26")
    assert [task.title for task in found.days[0].tasks] == ["Midnight", "At nine", "At four", "Whenever"]


def test_open_tasks_of_the_colleague_are_among_them(as_agent, contact, agent, account, admin):
    for title, to, done in [("Mine", agent, None), ("Done", agent, timezone.now()), ("Theirs", admin, None)]:
        event = record("task_added", by=agent, person=contact)
        Task.objects.create(
            account=account, person=contact, event=event, author=agent, title=title, assigned_to=to, done_at=done,
            due_on=dt.date(2026, 11, 26),
        )  # fmt: skip
    found = agenda(as_agent, view="day", day="2026-11-26")
    assert [task.title for task in found.days[0].tasks] == ["Mine"]
    assert agenda(as_agent, view="day", day="2026-11-26", who="all").days[0].tasks == []


@pytest.mark.parametrize("view", ["month", "week", "day"])
def test_no_style_stands_in_the_page(as_agent, planned, view):
    planned(starts_at=at("2026-11-26 10:00"))
    page = as_agent.get(CALENDAR, {"view": view, "day": "2026-11-26"}).content.decode()
    assert "style=" not in page


def test_page_costs_as_many_queries_with_many_meetings(as_agent, planned, django_assert_max_num_queries):
    planned(starts_at=at("2026-11-26 10:00"))
    agenda(as_agent, day="2026-11-26")
    with django_assert_max_num_queries(40) as first:
        agenda(as_agent, day="2026-11-26")
    for hour in range(9, 18):
        planned(starts_at=at(f"2026-11-25 {hour:02}:00"))
    with django_assert_max_num_queries(len(first)):
        agenda(as_agent, day="2026-11-26")


def laid_out(date, *spans):
    """Lay out meetings of one day, given as pairs of moments; return hour, quarter, quarters in all, lane, lanes."""
    days = [Day(dt.date.fromisoformat(date), dt.date(2000, 1, 1))]
    with timezone.override(MADRID):
        file_meetings(days, [Meeting(pk=n, starts_at=start, ends_at=end) for n, (start, end) in enumerate(spans)])
        hours = open_hours(days)
    slots = [(s.hour, s.quarter, s.hours * 4 + s.quarters, s.lane, s.lanes) for s in days[0].slots]
    return SimpleNamespace(hours=hours, slots=slots)


def spans(date, *pairs):
    return [(at(f"{date} {start}"), at(f"{date} {end}")) for start, end in pairs]


def test_meetings_are_placed_by_quarters_from_eight():
    day = laid_out("2026-11-26", *spans("2026-11-26", ("09:30", "11:15")))
    assert (day.hours, day.slots) == (range(8, 20), [(1, 2, 7, 0, 1)])


def test_hours_grow_with_what_lies_outside():
    day = laid_out("2026-11-26", *spans("2026-11-26", ("06:10", "07:00"), ("21:00", "22:40")))
    assert day.hours == range(6, 23)
    assert [slot[0] for slot in day.slots] == [0, 15]


def test_what_overlaps_stands_side_by_side_and_what_follows_does_not():
    day = laid_out("2026-11-26", *spans("2026-11-26", ("09:00", "11:00"), ("10:00", "12:00"), ("11:00", "12:00"),
                                        ("12:00", "13:00")))  # fmt: skip
    assert [slot[3:] for slot in day.slots] == [(0, 2), (1, 2), (0, 2), (0, 1)]


def test_short_meeting_is_tall_enough_to_read():
    assert laid_out("2026-11-26", *spans("2026-11-26", ("09:00", "09:05"))).slots[0][2] == 2
    assert laid_out("2026-11-26", *spans("2026-11-26", ("23:50", "23:59"))).slots[0][:3] == (15, 2, 2)


def test_many_at_once_stay_within_the_day():
    day = laid_out("2026-11-26", *spans("2026-11-26", *[("09:00", "10:00")] * 9))
    assert max(slot[3] for slot in day.slots) == MOST_LANES - 1
    assert {slot[4] for slot in day.slots} == {MOST_LANES}


def test_day_of_23_hours_keeps_the_hours_of_the_clock():
    """On 29 March 2026 it is 03:00 in Madrid one hour after 01:00 has become 02:00."""
    day = laid_out("2026-03-29", *spans("2026-03-29", ("01:30", "03:30"), ("10:00", "11:00")))
    assert day.hours == range(1, 20)
    assert [slot[:3] for slot in day.slots] == [(0, 2, 8), (9, 0, 4)]


def test_day_of_25_hours_keeps_them_too():
    """On 25 October 2026 02:00 to 03:00 comes twice; 02:30 to 02:15 is three quarters of an hour."""
    twice = (at("2026-10-25 02:30"), at("2026-10-25 02:15").replace(fold=1))
    day = laid_out("2026-10-25", twice, *spans("2026-10-25", ("10:00", "11:00")))
    assert [slot[:3] for slot in day.slots] == [(0, 2, 2), (8, 0, 4)]


@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25"])
def test_meetings_of_the_neighbours_stay_out_of_the_long_and_the_short_day(as_agent, planned, date):
    day = dt.date.fromisoformat(date)
    before, after = (day - dt.timedelta(days=1)).isoformat(), (day + dt.timedelta(days=1)).isoformat()
    for title, when in [("before", f"{before} 23:15"), ("early", f"{date} 00:00"), ("late", f"{date} 23:15"),
                        ("after", f"{after} 00:00")]:  # fmt: skip
        planned(title=title, starts_at=at(when))
    assert shown(as_agent, view="day", day=date) == {date: ["early", "late"]}
