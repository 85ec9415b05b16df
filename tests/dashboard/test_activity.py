"""What each agent did, counted on the timelines."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.dashboard import activity
from contacts.dashboard.deeds import DEED_OF, DEEDS
from contacts.meetings.models import Attendance, Meeting
from contacts.timeline.models import Event
from contacts.timeline.verbs import VERBS
from tests.factories import ContactFactory, UserFactory

from .conftest import HOME, NOW, local, said, scope, shown


def counts(user, **of):
    return {
        row.agent.pk: {str(cell.label): cell.count for cell in row.cells if cell.count}
        for row in activity.load(scope(user, **of)).rows
    }


def test_each_kind_of_deed_is_counted_for_who_did_it(admin, agent, contact):
    for verb in ("noted", "noted", "called", "call_logged", "emailed", "whatsapp_sent", "sms_sent", "task_done"):
        said(contact, verb, NOW, agent)
    for verb in ("email_received", "call_received"):
        said(contact, verb, NOW, None, name="Andrea")
    said(contact, "changed", NOW, admin)

    assert counts(admin) == {
        agent.pk: {"Notes": 2, "Calls": 2, "Emails": 1, "Messages": 2, "Tasks done": 1},
        admin.pk: {},
    }


def test_a_meeting_counts_once_for_each_who_attends_on_its_day(admin, agent, account):
    for day, fields in ((2, {}), (3, {"cancelled_at": NOW}), (4, {"deleted_at": NOW})):
        start = local(agent, 2026, 11, day, 10)
        times = {"starts_at": start, "ends_at": start + dt.timedelta(hours=1)}
        meeting = Meeting.objects.create(account=account, title="Visit", **times, **fields)
        for person in ContactFactory.create_batch(2, account=account, assigned_to=admin):
            Attendance.objects.create(account=account, meeting=meeting, person=person)
        Attendance.objects.create(account=account, meeting=meeting, user=agent)
        Attendance.objects.create(account=account, meeting=meeting, user=admin, left_at=NOW)

    assert counts(admin) == {agent.pk: {"Meetings": 1}, admin.pk: {}}
    assert counts(admin, first=dt.date(2026, 11, 3)) == {agent.pk: {}, admin.pk: {}}


def test_the_period_is_whole_days_of_the_office(admin, agent, account, contact):
    account.time_zone = "Pacific/Auckland"
    admin.account = agent.account = account
    for at in ((2026, 11, 1, 23, 59), (2026, 11, 2), (2026, 11, 3, 23, 59), (2026, 11, 4)):
        said(contact, "noted", local(agent, *at), agent)

    assert counts(admin, first=dt.date(2026, 11, 2), last=dt.date(2026, 11, 3))[agent.pk] == {"Notes": 2}


def test_an_agent_has_a_line_of_their_own_and_no_sum(as_agent, agent, admin, contact, clock):
    said(contact, "noted", NOW, admin)
    response = as_agent.get(HOME, {"agent": admin.pk})

    assert [row.agent for row in shown(response, "activity").rows] == [agent]
    assert admin.get_full_name() not in response.content.decode()
    assert "Together" not in response.content.decode()


def test_the_busiest_stands_first_and_all_are_added_up(as_admin, agent, admin, contact, clock):
    for by in (agent, agent, admin):
        said(contact, "noted", NOW, by)
    response = as_admin.get(HOME)
    card = shown(response, "activity")

    assert [row.agent for row in card.rows] == [agent, admin]
    assert {str(cell.label): cell.count for cell in card.totals}["Notes"] == 3
    assert "Together" in response.content.decode()


def test_who_has_left_stands_there_if_they_did_anything(admin, account, contact):
    left, idle = UserFactory.create_batch(2, account=account, is_active=False)
    said(contact, "noted", NOW, left)

    assert left.pk in counts(admin)
    assert idle.pk not in counts(admin)


def test_no_deed_of_another_office_is_counted(admin, stranger, contact):
    said(contact, "noted", NOW, admin)
    said(ContactFactory(account=stranger.account, assigned_to=stranger), "noted", NOW, stranger)

    assert counts(stranger) == {stranger.pk: {"Notes": 1}}
    assert stranger.pk not in counts(admin)


def test_every_verb_that_counts_is_one():
    assert set(DEED_OF) <= set(VERBS)


DAYS = st.tuples(
    st.sampled_from([*DEED_OF, "changed", "email_received"]), st.integers(-40, 3), st.integers(0, 3), st.booleans(),
    st.booleans(),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=st.lists(DAYS, max_size=25), first=st.integers(0, 40), length=st.integers(0, 40))
def test_it_counts_what_a_plain_loop_over_all_events_counts(admin, agent, contact, stranger, events, first, length):
    Event.objects.all().delete()
    start = dt.date(2026, 11, 19) - dt.timedelta(days=first)
    end = start + dt.timedelta(days=length)
    cast = [admin, agent, None, admin]
    wanted = Counter()
    for verb, days, who, there, echo in events:
        at = NOW + dt.timedelta(days=days)
        row = Event(account=contact.account, person=contact, verb=verb, actor=cast[who], at=at, shown=there, echo=echo)
        row.save()
        day = at.astimezone(admin.account.zone).date()
        if cast[who] and verb in DEED_OF and there and not echo and start <= day <= end:
            wanted[cast[who].pk, DEED_OF[verb].label] += 1
    found = activity.load(scope(admin, first=start, last=end))

    cells = {(row.agent.pk, cell.label): cell.count for row in found.rows for cell in row.cells}
    assert {place: count for place, count in cells.items() if count} == wanted
    assert [cell.label for cell in found.rows[0].cells] == [deed.label for deed in DEEDS]


def test_it_is_counted_from_one_index(admin, agent, contact):
    """A scan would read every timeline of every office."""
    with CaptureQueriesContext(connection) as asked:
        activity.load(scope(admin))
    sql = next(query["sql"] for query in asked if "GROUP BY" in query["sql"] and "timeline_event" in query["sql"])
    if connection.vendor != "sqlite":
        pytest.skip("an empty table is scanned by PostgreSQL whatever there is")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = " ".join(str(row) for row in cursor.fetchall())

    assert "COVERING INDEX event_by_actor" in plan
    assert "SCAN timeline_event" not in plan
