"""Support staff see tasks, and move them to the trash and back with their events."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from contacts.tasks.models import Task
from contacts.timeline.models import Event

LIST = reverse("admin:tasks_task_changelist")


@pytest.fixture
def support(db):
    """A browser of the support."""
    client = Client()
    client.force_login(User.objects.create_superuser("support@example.com", "a long password"))
    return client


def act(client, name, *tasks):
    ids = [task.pk for task in tasks]
    return client.post(LIST, {"action": name, "_selected_action": ids}, follow=True)


def test_tasks_are_listed_and_found_by_title_and_person(support, task, contact):
    for words in ("energy", contact.last_name):
        assert "Send energy certificate" in support.get(LIST, {"q": words}).content.decode()


def test_task_is_shown_and_not_changed(support, task):
    page = reverse("admin:tasks_task_change", args=[task.pk])
    support.post(page, {"title": "Mine"})

    assert "Send energy certificate" in support.get(page).content.decode()
    assert Task.objects.get().title == "Send energy certificate"


def test_trash_hides_the_event_and_restoring_shows_it(support, task):
    act(support, "move_to_trash", task)
    assert (Task.objects.count(), Event.objects.visible().count()) == (0, 0)

    act(support, "restore", task)
    assert (Task.objects.count(), Event.objects.visible().count()) == (1, 1)


def test_deleting_for_good_takes_the_event_along(support, task, agent):
    task.trash(by=agent)
    support.post(LIST, {"action": "delete_for_good", "_selected_action": [task.pk], "typed": "1"})

    assert not Task.with_trash.exists()
    assert not Event.objects.exists()
