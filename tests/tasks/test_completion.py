"""A task is ticked off and opened again, by script or without."""

import pytest
from django.urls import reverse

from contacts.models import Person
from contacts.tasks.models import Task
from contacts.timeline.models import Event
from tests.factories import UserFactory

from .conftest import HTMX, ON_MINE, in_days


def at(name, task):
    return reverse(f"tasks:{name}", args=[task.pk])


def stored(task):
    return Task.objects.get(pk=task.pk)


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_any_colleague_ticks_a_task_off(as_admin, task, admin, contact):
    answer = as_admin.post(at("completion", task), {"next": "/tasks/"})

    assert answer.url == f"/tasks/#task-{task.pk}"
    assert (stored(task).done_by, stored(task).is_done) == (admin, True)
    event = Event.objects.get(verb="task_done")
    assert (event.actor, event.data) == (admin, {"title": "Send energy certificate"})
    assert Person.objects.get(pk=contact.pk).last_activity_at == event.at


def test_task_is_opened_again(as_agent, task, agent):
    task.complete(by=agent)
    as_agent.post(at("completion-removal", task))

    assert (stored(task).done_at, stored(task).done_by) == (None, None)
    assert verbs() == ["task_added", "task_done", "task_reopened"]


def test_two_who_tick_at_once_write_one_event(task, agent, admin):
    same = Task.objects.get(pk=task.pk)

    assert [task.complete(by=agent), same.complete(by=admin)] == [True, False]
    assert stored(task).done_by == agent
    assert verbs() == ["task_added", "task_done"]


def test_opening_an_open_task_does_nothing(task, agent):
    assert not task.reopen(by=agent)
    assert verbs() == ["task_added"]


def test_script_gets_the_card_and_the_number_in_the_frame(as_agent, write):
    task = write(due_on=in_days(-1))
    text = as_agent.post(at("completion", task), headers=HTMX).content.decode()

    assert f'id="task-{task.pk}" data-done' in text
    assert 'aria-checked="true"' in text
    assert at("completion-removal", task) in text
    assert '<span class="tally" id="tally-tasks" hx-swap-oob="true"></span>' in text
    assert "task-counts" not in text
    assert "<html" not in text


def test_my_tasks_gets_its_counts_and_the_persons_name_too(as_agent, write, contact):
    task, _other = write(due_on=in_days(-1)), write(due_on=in_days(-2))
    answer = as_agent.post(at("completion", task), headers=ON_MINE)

    assert contact.full_name in answer.content.decode()
    assert 'id="task-counts"' in answer.content.decode()
    assert [section.count for section in answer.context["mine"].sections] == [1, 0, 0, 0, 1]


def test_somebody_else_was_faster_and_the_card_says_so(as_agent, task, admin):
    task.complete(by=admin)
    text = as_agent.post(at("completion", task), headers=HTMX).content.decode()

    assert 'aria-checked="true"' in text


@pytest.mark.parametrize("name", ["completion", "completion-removal", "trash", "restoration"])
def test_nothing_is_changed_by_looking(as_agent, task, name):
    assert as_agent.get(at(name, task)).status_code == 405


@pytest.mark.parametrize("name", ["edit", "completion", "completion-removal", "trash"])
def test_other_office_gets_404(as_stranger, task, name):
    assert as_stranger.post(at(name, task), {"title": "Mine"}).status_code == 404


@pytest.mark.parametrize("name", ["edit", "completion", "trash"])
def test_task_of_a_person_in_the_trash_is_404(as_agent, task, contact, agent, name):
    contact.trash(by=agent)

    assert as_agent.post(at(name, task)).status_code == 404


def test_deleted_task_leaves_the_pages_and_offers_undo(as_agent, task, contact):
    tab = reverse("contacts:tasks", args=[contact.pk])
    text = as_agent.post(at("trash", task), {"next": tab}, follow=True).content.decode()

    assert "Send energy certificate" not in text
    assert "Task deleted" in text
    assert f'action="{at("restoration", task)}"' in text
    assert "Send energy certificate" not in as_agent.get(contact.get_absolute_url()).content.decode()


def test_undo_brings_the_task_back(as_agent, task, agent, contact):
    task.trash(by=agent)
    answer = as_agent.post(at("restoration", task), {"next": "/tasks/"})

    assert answer.url == f"/tasks/#task-{task.pk}"
    assert "Send energy certificate" in as_agent.get(contact.get_absolute_url()).content.decode()


def test_author_assignee_and_admin_may_delete_and_nobody_else(account, write, agent, admin):
    assignee, other = UserFactory(account=account), UserFactory(account=account)
    task = write(assigned_to=assignee)

    assert [task.may_change(user) for user in (agent, assignee, admin, other)] == [True, True, True, False]


def test_colleague_without_the_right_sees_no_delete_and_is_refused(client, task, account, contact):
    client.force_login(UserFactory(account=account))
    text = client.get(reverse("contacts:tasks", args=[contact.pk])).content.decode()

    assert at("edit", task) in text
    assert at("trash", task) not in text
    assert client.post(at("trash", task)).status_code == 403
