"""Where tasks are shown: the tab of a person, the stream, "My tasks", the number in the frame."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from contacts.tasks.models import Task
from contacts.tasks.tallies import waiting
from contacts.timeline.models import Event
from tests.factories import ContactFactory, UserFactory

from .conftest import HTMX, in_days

MINE = reverse("tasks:mine")


def tab(person):
    return reverse("contacts:tasks", args=[person.pk])


def held(sections):
    return {section.key: [task.title for task in section.page.rows] for section in sections}


def shown(client, **query):
    return held(client.get(MINE, query).context["mine"].shown)


def many(contact, agent, count, **fields):
    """Write many tasks in two statements."""
    event = {"account": contact.account, "person": contact, "verb": "task_added", "actor": agent}
    events = Event.objects.bulk_create(Event(**event) for _ in range(count))
    row = {"account": contact.account, "person": contact, "author": agent, "assigned_to": agent, **fields}
    Task.objects.bulk_create(Task(**row, title=f"Task {n}", event=event) for n, event in enumerate(events))


def test_tab_shows_what_is_urgent_first_and_what_is_done_last(as_agent, contact, write, agent):
    write("whenever")
    write("next week", due_on=in_days(7))
    write("late", due_on=in_days(-3))
    write("today at nine", due_on=in_days(0), due_time=dt.time(9))
    write("today", due_on=in_days(0))
    for title in ("done first", "done last"):
        write(title, due_on=in_days(-9)).complete(by=agent)
    sections = held(as_agent.get(tab(contact)).context["sections"])

    assert sections["open"] == ["late", "today at nine", "today", "next week", "whenever"]
    assert sections["completed"] == ["done last", "done first"]


def test_tab_without_tasks_says_what_belongs_there(as_agent, contact):
    text = as_agent.get(tab(contact)).content.decode()

    assert "No tasks yet" in text
    assert f'href="{reverse("contacts:task-new", args=[contact.pk])}"' in text


def test_tab_says_how_many_tasks_there_are(as_agent, contact, task, write, agent):
    write("gone").trash(by=agent)
    tabs = {tab.key: tab for tab in as_agent.get(contact.get_absolute_url()).context["record"].tabs}

    assert tabs["tasks"].count == 1


@time_machine.travel("2026-11-19 11:00:00+00:00", tick=False)
@pytest.mark.parametrize(
    ("due", "words", "late"),
    [
        ({}, "", False),
        ({"due_on": dt.date(2026, 11, 19)}, "Today", False),
        ({"due_on": dt.date(2026, 11, 19), "due_time": dt.time(12)}, "Today, 12:00", False),
        ({"due_on": dt.date(2026, 11, 19), "due_time": dt.time(11, 59)}, "Today, 11:59", True),
        ({"due_on": dt.date(2026, 11, 17)}, "Tue 17 Nov", True),
        ({"due_on": dt.date(2026, 11, 20), "due_time": dt.time(9)}, "Tomorrow, 09:00", False),
    ],
)
def test_card_says_when_and_calls_the_late_overdue(as_agent, contact, write, due, words, late):
    """It is noon in Madrid. Overdue is said by a word, not by colour alone."""
    write(**due)
    text = as_agent.get(tab(contact)).content.decode()

    assert f">{words}</time>" in text if words else "<time" not in text.split('class="when"')[1].split("</p>")[0]
    assert ("Overdue ·" in text) is late
    assert (" data-late>\n" in text) is late


@time_machine.travel("2026-11-19 23:30:00+00:00", tick=False)
def test_day_ends_at_midnight_where_the_office_is(as_agent, account, write):
    """In Madrid it is past midnight already, on the Canaries half past eleven in the evening."""
    write(due_on=dt.date(2026, 11, 19))
    assert list(shown(as_agent)) == ["overdue"]

    account.time_zone = "Atlantic/Canary"
    account.save()
    assert list(shown(as_agent)) == ["today"]


def test_done_task_is_never_overdue(write, agent):
    task = write(due_on=in_days(-3))
    task.complete(by=agent)

    assert not task.is_overdue


def test_card_on_the_stream_can_be_ticked(as_agent, contact, task):
    text = as_agent.get(contact.get_absolute_url()).content.decode()

    assert f'hx-post="{reverse("tasks:completion", args=[task.pk])}"' in text


def test_my_tasks_files_them_by_when_they_are_due(as_agent, write, agent, admin):
    write("late", due_on=in_days(-1))
    write("today", due_on=in_days(0))
    write("soon", due_on=in_days(1))
    write("whenever")
    write("done").complete(by=agent)
    write("not mine", assigned_to=admin)

    assert shown(as_agent) == {
        "overdue": ["late"],
        "today": ["today"],
        "upcoming": ["soon"],
        "some-day": ["whenever"],
        "done": ["done"],
    }


def test_what_was_done_long_ago_is_left_out(as_agent, task, agent):
    task.complete(by=agent)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=15)):
        client = Client()
        client.force_login(agent)
        assert shown(client) == {}


def test_whose_tasks_they_are_is_in_the_address(as_agent, write, admin):
    write("mine")
    write("hers", assigned_to=admin)

    assert shown(as_agent)["some-day"] == ["mine"]
    assert shown(as_agent, who=admin.pk)["some-day"] == ["hers"]
    assert shown(as_agent, who="everybody")["some-day"] == ["mine", "hers"]


@pytest.mark.parametrize("who", ["nobody", "0", "stranger", ""])
def test_unknown_people_in_the_address_are_oneself(as_agent, task, agent, stranger, who):
    answer = as_agent.get(MINE, {"who": stranger.pk if who == "stranger" else who})

    assert answer.context["mine"].who == agent
    assert "My tasks" in answer.content.decode()


def test_heading_and_choice_name_the_colleague(as_agent, account):
    gone = UserFactory(account=account, first_name="Nuria", is_active=False)
    answer = as_agent.get(MINE, {"who": gone.pk})

    assert answer.context["mine"].heading == "Tasks of Nuria Fernández-Ocaña"
    assert (str(gone.pk), gone.get_full_name(), True) in answer.context["mine"].choices


def test_other_offices_are_out_of_sight(as_stranger, task):
    assert shown(as_stranger, who="everybody") == {}


def test_tasks_of_people_in_the_trash_wait_for_nobody(as_agent, write, contact, agent):
    write(due_on=in_days(0))
    contact.trash(by=agent)

    assert shown(as_agent) == {}
    assert waiting(agent) == (0, False)


def test_empty_page_says_how_a_task_is_written(as_agent):
    text = as_agent.get(MINE).content.decode()

    assert "Nothing to do" in text
    assert text.count(reverse("tasks:new")) == 2


@pytest.mark.parametrize(("days", "told"), [([], (0, False)), ([0, 1], (1, False)), ([0, -1, -2], (3, True))])
def test_number_in_the_frame_counts_overdue_and_today(write, agent, days, told):
    write("whenever")
    for day in days:
        write(due_on=in_days(day))

    assert waiting(agent) == told


def test_number_in_the_frame_is_red_when_something_is_overdue(as_agent, write):
    write(due_on=in_days(-1))

    assert (
        '<span class="tally" id="tally-tasks" data-late title="Overdue">1</span>' in as_agent.get(MINE).content.decode()
    )


def test_number_in_the_frame_is_one_query(write, agent, django_assert_num_queries):
    write(due_on=in_days(-1))
    with django_assert_num_queries(1):
        waiting(agent)


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as counted:
        client.get(url)
    return len(counted)


@pytest.mark.slow
def test_ten_thousand_tasks_cost_as_many_queries_as_ten(as_agent, contact, agent, django_assert_max_num_queries):
    pages = [MINE, f"{MINE}?who=everybody", tab(contact), contact.get_absolute_url()]
    days = [in_days(-1), in_days(0), in_days(1), None]
    for day in days:
        many(contact, agent, 3, due_on=day)
    few = [queries(as_agent, page, django_assert_max_num_queries) for page in pages]
    for day in days:
        many(contact, agent, 2500, due_on=day)

    assert [queries(as_agent, page, django_assert_max_num_queries) for page in pages] == few


@pytest.mark.parametrize("page", ["mine", "tab"])
def test_more_than_a_hundred_come_on_demand_and_none_twice(as_agent, contact, agent, page):
    many(contact, agent, 230, due_on=in_days(3))
    url, key = (MINE, "upcoming") if page == "mine" else (tab(contact), "open")
    answer = as_agent.get(url).context
    section = answer["mine"].shown[0] if page == "mine" else answer["sections"][0]
    seen = [task.pk for task in section.page.rows]
    while section.more_url:
        answer = as_agent.get(section.more_url, headers=HTMX)
        assert "<html" not in answer.content.decode()
        section = answer.context["section"]
        seen += [task.pk for task in section.page.rows]

    assert section.key == key
    assert len(seen) == len(set(seen)) == 230


def test_more_without_script_is_a_page_of_that_section(as_agent, contact, agent, write):
    many(contact, agent, 101, due_on=in_days(3))
    write("whenever")
    section = as_agent.get(MINE).context["mine"].shown[0]

    assert held(as_agent.get(section.more_url).context["mine"].shown) == {"upcoming": ["Task 100"]}


def test_task_on_a_contact_of_another_office_is_not_listed(as_agent, stranger):
    foreign = ContactFactory(account=stranger.account)

    assert as_agent.get(tab(foreign)).status_code == 404
