"""Tasks of a deal: on its tab and its timeline, on "My tasks", in the calendar, in the mail of the morning."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.handover import hand_over
from contacts.tasks.models import Task
from contacts.tasks.reminding import tell
from contacts.timeline.models import Event
from deals.models import Deal
from deals.trashing import purge_deals
from tests.deals.asking import asked


def _url(deal, name="tasks"):
    return reverse(f"deals:{name}", args=[deal.pk])


@pytest.fixture
def write(agent, deal):
    """Return a function that writes a task of the deal, by the agent and for the agent unless it says otherwise."""

    def written(title="Ask for the deed", **fields):
        return Task(account=deal.account, deal=deal, title=title, **fields).add(by=agent)

    return written


def test_a_task_is_written_down_and_stands_on_tab_and_timeline(as_agent, deal):
    answer = as_agent.post(_url(deal, "task-new"), {"title": "Ask for the deed", "priority": 2, "assigned_to": ""})
    assert answer.status_code == 422

    agent = deal.assigned_to
    as_agent.post(_url(deal, "task-new"), {"title": "Ask for the deed", "priority": 2, "assigned_to": agent.pk})
    task = Task.objects.get()
    assert (task.deal, task.person, task.whose) == (deal, None, deal)
    for tab in ("tasks", "detail"):
        assert "Ask for the deed" in as_agent.get(_url(deal, tab)).content.decode()
    tabs = as_agent.get(_url(deal)).context["record"].tabs
    assert {tab.key: tab.count for tab in tabs}["tasks"] == 1


def test_without_tasks_the_tab_says_what_for_they_are(as_agent, deal):
    text = as_agent.get(_url(deal)).content.decode()
    assert "No tasks yet" in text
    assert "what is to be done for Villa in Altea" in text


def test_what_becomes_of_a_task_is_told_on_the_deals_timeline(agent, deal, write):
    task = write()
    task.title = "Ask for both deeds"
    task.revise(by=agent)
    task.complete(by=agent)
    task.reopen(by=agent)

    assert [event.verb for event in deal.events.order_by("pk")] == [
        "task_added", "task_changed", "task_done", "task_reopened",
    ]  # fmt: skip


def test_a_task_is_of_one_person_or_one_deal(account, deal, buyer, write):
    task = write()
    for whose in ({"person": buyer}, {"deal": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Task.objects.filter(pk=task.pk).update(**whose)


def test_my_tasks_shows_it_with_a_way_to_the_deal(as_agent, deal, write):
    write()
    text = as_agent.get(reverse("tasks:mine")).content.decode()
    assert f'<a href="{deal.get_absolute_url()}">Villa in Altea</a>' in text


@pytest.mark.parametrize("name", ["edit", "trash", "completion", "completion-removal"])
def test_a_task_of_a_deal_in_the_trash_is_out_of_reach(as_agent, agent, deal, write, name):
    task = write()
    deal.trash(by=agent)

    assert as_agent.post(reverse(f"tasks:{name}", args=[task.pk])).status_code == 404
    assert "Ask for the deed" not in as_agent.get(reverse("tasks:mine")).content.decode()


def test_after_editing_one_is_back_on_the_deals_tab(as_agent, agent, deal, write):
    task = write()
    data = {"title": "Ask again", "priority": 3, "assigned_to": agent.pk}
    answer = as_agent.post(reverse("tasks:edit", args=[task.pk]), data)

    assert answer.url == f"{_url(deal)}#task-{task.pk}"
    assert Task.objects.get().title == "Ask again"


def test_a_deleted_task_leaves_the_deals_timeline_and_comes_back(as_agent, deal, write):
    task = write()
    answer = as_agent.post(reverse("tasks:trash", args=[task.pk]))
    assert answer.url == _url(deal)
    assert "Ask for the deed" not in as_agent.get(_url(deal, "detail")).content.decode()

    as_agent.post(reverse("tasks:restoration", args=[task.pk]))
    assert "Ask for the deed" in as_agent.get(_url(deal, "detail")).content.decode()


def test_the_frame_counts_what_is_late(as_agent, agent, deal, write):
    write(due_on=timezone.localdate() - dt.timedelta(days=1))
    entry = next(one for one in as_agent.get(_url(deal)).context["nav"] if one.namespace == "tasks")
    assert (entry.tally, entry.late) == ("1", True)

    deal.trash(by=agent)
    entry = next(one for one in as_agent.get(_url(deal)).context["nav"] if one.namespace == "tasks")
    assert (entry.tally, entry.late) == ("", False)


def test_the_calendar_leads_to_the_tab(as_agent, deal, write):
    write(due_on=timezone.localdate())
    text = as_agent.get(reverse("meetings:calendar")).content.decode()
    assert f'href="{_url(deal)}" title="Ask for the deed, Villa in Altea"' in text


def test_the_mail_of_the_morning_names_the_deal(agent, write, mailoutbox):
    write(due_on=dt.date(2026, 12, 3))
    with time_machine.travel("2026-12-03 09:00:00+00:00", tick=False):
        tell.call(agent.pk)

    assert "Villa in Altea" in mailoutbox[0].body


def test_tasks_of_a_deal_go_to_the_successor_with_an_event_on_the_deal(agent, admin, deal, write):
    write()
    hand_over(agent, to=admin, by=admin)

    assert Task.objects.get().assigned_to == admin
    assert deal.events.filter(verb="task_changed").get().data["to"] == admin.get_full_name()


def test_deleting_a_deal_for_good_takes_its_tasks_along(agent, deal, write):
    write().trash(by=agent)
    deal.trash(by=agent)
    purge_deals(Deal.with_trash.all())

    assert not Task.with_trash.exists()
    assert not Event.objects.exists()


def test_pages_cost_as_many_queries_with_many_tasks_as_with_one(as_agent, deal, write):
    urls = [_url(deal), _url(deal, "detail"), reverse("tasks:mine")]
    write()
    few = [asked(as_agent, url) for url in urls]
    for number in range(5):
        write(f"Task {number}")
    assert [asked(as_agent, url) for url in urls] == few


def test_another_offices_deal_takes_no_task(as_stranger, deal):
    for name in ("tasks", "task-new"):
        assert as_stranger.get(_url(deal, name)).status_code == 404
    assert as_stranger.post(_url(deal, "task-new"), {"title": "x"}).status_code == 404
