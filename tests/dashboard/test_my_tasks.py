"""My tasks: what is due by the end of the day, ticked off in its line."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.tasks import dashboard
from contacts.tasks.models import Task
from contacts.timeline.models import Event
from tests.factories import PartyFactory

from .conftest import HOME, NOW, scope, shown

TODAY = dt.date(2026, 11, 19)
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}


@pytest.fixture
def write(clock, contact, agent):
    """Return a function that writes a task of the agent."""

    def written(title, days=0, time=None, *, to=None, **fields):
        due = TODAY + dt.timedelta(days=days)
        row = Task(account=contact.account, person=contact, title=title, due_on=due, due_time=time, **fields)
        row.assigned_to = to or agent
        return row.add(by=agent)

    return written


def titles(tasks):
    return [task.title for task in tasks]


def test_it_shows_what_is_overdue_and_of_today_and_whose(as_agent, admin, contact, write):
    write("today")
    write("at noon", time=dt.time(12))
    write("late", -2)
    write("tomorrow", 1)
    write("of a colleague", to=admin)
    response = as_agent.get(HOME)
    card, text = shown(response, "my-tasks"), response.content.decode()

    assert titles(card.due) == ["late", "at noon", "today"]
    assert (card.tally, card.hidden) == ("3", 0)
    assert "2 days late" in text
    assert "12:00" in text
    assert f'href="{contact.get_absolute_url()}">{contact.full_name}</a>' in text


def test_what_was_due_this_morning_says_since_when(as_agent, write):
    write("call", time=dt.time(9))
    text = as_agent.get(HOME).content.decode()

    assert "Since 09:00" in text
    assert "data-late" in text


def test_what_was_done_today_stands_last(as_agent, agent, write, clock):
    write("done yesterday").complete(by=agent)
    clock.move_to(NOW + dt.timedelta(days=1))
    write("done", 5).complete(by=agent)
    write("late", -2)
    card = shown(as_agent.get(HOME), "my-tasks")

    assert (titles(card.due), titles(card.done)) == (["late"], ["done"])


def test_a_task_of_a_deal_names_the_deal(as_agent, agent, account, clock):
    deal = PartyFactory(deal__account=account, deal__assigned_to=agent).deal
    Task(account=account, deal=deal, title="Photos", due_on=TODAY).add(by=agent)

    assert f">{deal.name}</a>" in as_agent.get(HOME).content.decode()


def test_of_very_many_the_rest_is_a_link(as_agent, write):
    for number in range(11):
        write(f"task {number}")
    response = as_agent.get(HOME)
    card = shown(response, "my-tasks")

    assert (len(card.due), card.hidden, card.tally) == (8, 3, "11")
    assert f'<p class="more-of"><a href="{reverse("tasks:mine")}">3 more</a></p>' in response.content.decode()


def test_a_tick_is_answered_with_its_line_and_both_numbers(as_agent, write):
    task = write("call")
    write("write")
    url = reverse("tasks:completion", args=[task.pk])
    text = as_agent.post(url, {"shape": "line"}, headers=HTMX).content.decode()

    assert f'<li class="day-task" id="task-{task.pk}" data-done>' in text
    assert reverse("tasks:completion-removal", args=[task.pk]) in text
    assert '<span class="tally" id="my-tasks-tally" hx-swap-oob="true">1</span>' in text
    assert 'id="tally-tasks"' in text


def test_without_script_a_tick_comes_back_to_the_page(as_agent, write):
    task = write("call")
    response = as_agent.post(reverse("tasks:completion", args=[task.pk]), {"next": "/?period=month", "shape": "line"})

    assert response.url == f"/?period=month#task-{task.pk}"
    assert titles(shown(as_agent.get(HOME), "my-tasks").done) == ["call"]


def test_elsewhere_a_tick_is_answered_with_the_card(as_agent, write):
    url = reverse("tasks:completion", args=[write("call").pk])
    assert 'class="card task"' in as_agent.post(url, headers=HTMX).content.decode()


@pytest.mark.parametrize(
    ("zone", "now", "today"),
    [
        ("Pacific/Auckland", dt.datetime(2026, 11, 19, 10, 59, tzinfo=dt.UTC), 0),
        ("Pacific/Auckland", dt.datetime(2026, 11, 19, 11, 0, tzinfo=dt.UTC), 1),
        ("America/Los_Angeles", dt.datetime(2026, 11, 20, 7, 59, tzinfo=dt.UTC), 0),
        ("America/Los_Angeles", dt.datetime(2026, 11, 20, 8, 0, tzinfo=dt.UTC), 1),
    ],
)
def test_the_day_ends_at_midnight_where_the_office_is(account, agent, write, zone, now, today):
    account.time_zone = zone
    agent.account = account
    write("19th", time=dt.time(23, 59))
    write("20th", 1, dt.time(0, 0))
    write("done", 9).complete(by=agent)
    Task.objects.filter(title="done").update(done_at=now - dt.timedelta(seconds=1))
    card = dashboard.load(scope(agent, now=now))

    assert titles(card.due) == ["19th", "20th"][: today + 1]
    assert titles(card.done) == ([] if today else ["done"])


DAYS = st.tuples(
    st.none() | st.integers(-400, 400), st.none() | st.times(), st.booleans(), st.booleans(), st.booleans()
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DAYS, max_size=8))
def test_it_shows_what_a_plain_loop_over_all_tasks_finds(agent, admin, contact, given_tasks):
    Task.with_trash.all().delete()
    wanted = []
    for number, (days, time, mine, done, gone) in enumerate(given_tasks):
        event = Event.objects.create(account=contact.account, person=contact, verb="task_added")
        due_on = None if days is None else TODAY + dt.timedelta(days=days)
        row = Task(account=contact.account, person=contact, event=event, title=str(number), due_on=due_on)
        row.due_time = time.replace(second=0, microsecond=0, tzinfo=None) if time and due_on else None
        row.assigned_to, row.deleted_at = agent if mine else admin, NOW if gone else None
        row.done_at = NOW if done else None
        row.save()
        if mine and not done and not gone and due_on and due_on <= TODAY:
            wanted.append(row)
    wanted.sort(key=lambda row: (row.due_on, row.due_time is None, row.due_time or dt.time(), row.pk))

    assert dashboard.load(scope(agent)).due == wanted


def test_no_task_of_another_office_nor_of_who_lies_in_the_trash(agent, stranger, contact, write):
    write("call")
    assert dashboard.load(scope(stranger)).count == 0
    contact.trash(by=agent)
    assert dashboard.load(scope(agent)).count == 0
