"""Tasks are written and edited: on their page, in the side panel, in the composer."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from contacts.models import Person
from contacts.tasks.models import Priority, Task
from contacts.timeline.models import Event
from tests.factories import ContactFactory, LeadFactory, UserFactory
from tests.test_hostile_input import HOSTILE

from .conftest import HTMX


def new(person, section="contacts"):
    return reverse(f"{section}:task-new", args=[person.pk])


def edit(task):
    return reverse("tasks:edit", args=[task.pk])


def data(agent, **changes):
    return {"title": "Send energy certificate", "priority": "2", "assigned_to": agent.pk, **changes}


def stored(task):
    return Task.objects.get(pk=task.pk)


def test_task_is_written_with_its_event(as_agent, contact, agent):
    answer = as_agent.post(new(contact), data(agent, due_on="2026-11-30", due_time="14:30", priority="3"))
    task = Task.objects.get()

    assert answer.url == f"{reverse('contacts:tasks', args=[contact.pk])}#task-{task.pk}"
    assert (task.title, task.author, task.assigned_to) == ("Send energy certificate", agent, agent)
    assert (task.due_on, task.due_time, task.priority) == (dt.date(2026, 11, 30), dt.time(14, 30), Priority.HIGH)
    assert (task.event.verb, task.event.data) == ("task_added", {"title": "Send energy certificate"})
    assert Person.objects.get(pk=contact.pk).last_activity_at == task.event.at


def test_form_opens_for_oneself_and_for_no_date(as_agent, contact, agent):
    form = as_agent.get(new(contact)).context["form"]

    assert form["assigned_to"].value() == agent.pk
    assert (form["due_on"].value(), form["priority"].value()) == (None, Priority.NORMAL)


@pytest.mark.parametrize(
    ("target", "mark"), [("", 'id="panel-title"'), ("composer", 'class="composer composer--form"')]
)
def test_form_comes_as_panel_and_as_composer(as_agent, contact, target, mark):
    text = as_agent.get(new(contact), headers={**HTMX, "HX-Target": target}).content.decode()

    assert mark in text
    assert "<html" not in text


def test_panel_closes_over_the_page_it_lay_on(as_agent, contact, agent):
    here = {**HTMX, "HX-Current-URL": f"http://testserver{contact.get_absolute_url()}"}
    answer = as_agent.post(new(contact), data(agent), headers=here)

    assert (answer.status_code, answer["HX-Redirect"]) == (
        204,
        f"{contact.get_absolute_url()}#task-{Task.objects.get().pk}",
    )


def test_task_of_a_lead_is_written_in_leads(as_agent, account, agent):
    lead = LeadFactory(account=account, assigned_to=agent)
    answer = as_agent.post(new(lead, "leads"), data(agent))

    assert answer.url == f"{reverse('leads:tasks', args=[lead.pk])}#task-{Task.objects.get().pk}"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "x" * 201, "At most 200 characters"),
        ("details", "x" * 5001, "At most 5,000 characters"),
        ("due_on", "0202-11-30", "Is the year right?"),
        ("due_on", "30 November", "Enter a valid date."),
        ("due_time", "25:00", "Enter a valid time."),
        ("priority", "9", "Select a valid choice."),
        ("assigned_to", "", "Choose who does it."),
    ],
)
def test_mistake_is_told_beside_its_field_and_nothing_is_lost(as_agent, contact, agent, field, value, words):
    sent = {"title": "Keep me", "due_on": "2026-11-30", field: value}
    answer = as_agent.post(new(contact), data(agent, **sent))

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert sent["title"] in answer.content.decode()
    assert not Task.objects.exists()


def test_task_needs_a_title(as_agent, contact, agent):
    answer = as_agent.post(new(contact), data(agent, title="", details="Two copies"))

    assert answer.context["form"].errors == {"title": ["Title is missing."]}
    assert "Two copies" in answer.content.decode()
    assert not Task.objects.exists()


def test_time_without_a_date_is_told_at_the_date(as_agent, contact, agent):
    answer = as_agent.post(new(contact), data(agent, due_time="14:30"))

    assert answer.context["form"].errors == {"due_on": ["A time needs a date."]}


def test_mistake_in_the_panel_is_no_error_of_the_page(as_agent, contact, agent):
    assert as_agent.post(new(contact), data(agent, title=""), headers=HTMX).status_code == 200


@pytest.mark.parametrize("who", ["inactive", "stranger"])
def test_task_goes_to_active_users_of_the_office_only(as_agent, contact, account, stranger, who):
    other = UserFactory(account=account, is_active=False) if who == "inactive" else stranger

    assert as_agent.post(new(contact), data(other)).status_code == 422


def test_somebody_deactivated_since_keeps_the_task_when_it_is_edited(as_agent, task, agent, admin):
    colleague = UserFactory(account=task.account)
    task.assigned_to = colleague
    task.revise(by=agent)
    colleague.deactivate()
    as_agent.post(edit(task), data(colleague, title="Send it again"))

    assert (stored(task).title, stored(task).assigned_to) == ("Send it again", colleague)


def test_any_colleague_edits(as_admin, task, admin, contact):
    answer = as_admin.post(edit(task), data(admin, title="Call the notary", details="Before *noon*"))

    assert answer.url == f"{reverse('contacts:tasks', args=[contact.pk])}#task-{task.pk}"
    assert (stored(task).title, stored(task).details) == ("Call the notary", "Before *noon*")
    assert (stored(task).assigned_to, stored(task).author) == (admin, task.author)


def test_edit_writes_what_changed_as_one_event(task, admin):
    task.title = "Call the notary"

    assert task.revise(by=admin)
    event = Event.objects.get(verb="task_changed")
    assert (event.actor, event.data) == (admin, {"title": "Call the notary"})


def test_passing_a_task_on_says_to_whom(task, admin):
    task.assigned_to = admin
    task.revise(by=admin)

    sentence = Event.objects.get(verb="task_changed").sentence()
    assert sentence.endswith("assigned the task <b>Send energy certificate</b> to <b>Carmen Fernández-Ocaña</b>")


def test_edit_that_changes_nothing_writes_nothing(as_agent, task, agent):
    as_agent.post(edit(task), data(agent))

    assert not Event.objects.filter(verb="task_changed").exists()


def test_edit_shows_what_is_stored(as_agent, write):
    task = write(due_on=dt.date(2026, 11, 30), due_time=dt.time(9, 5), details="Two copies")
    text = as_agent.get(edit(task)).content.decode()

    assert 'value="2026-11-30"' in text
    assert 'value="09:05"' in text
    assert "Two copies" in text


@time_machine.travel("2026-11-19 11:00:00+00:00", tick=False)
def test_seconds_are_left_out(as_agent, contact, agent):
    as_agent.post(new(contact), data(agent, due_on="2026-11-30", due_time="14:30:59"))

    assert Task.objects.get().due_key == "2026-11-30 14:30"


def test_hostile_words_break_no_form(as_agent, task, contact, agent):
    for field in ("title", "details", "due_on", "due_time", "priority", "assigned_to", "next"):
        for value in HOSTILE:
            for address in (new(contact), edit(task)):
                assert as_agent.post(address, data(agent, **{field: value})).status_code < 500, (field, value)


def test_hostile_words_are_shown_as_words(as_agent, write, contact):
    write('<script>alert(1)</script>"', details="<img src=x onerror=alert(1)> [x](javascript:alert(1))")
    for url in (contact.get_absolute_url(), reverse("contacts:tasks", args=[contact.pk]), reverse("tasks:mine")):
        text = as_agent.get(url).content.decode()
        assert "&lt;script&gt;alert" in text
        assert "<script>alert" not in text
        assert "<img src" not in text
        assert 'href="javascript' not in text


def test_person_of_another_office_gets_no_task(as_agent, stranger, agent):
    foreign = ContactFactory(account=stranger.account)

    assert as_agent.post(new(foreign), data(agent)).status_code == 404
    assert not Task.objects.exists()


def test_person_in_the_trash_gets_no_task(as_agent, contact, agent):
    contact.trash(by=agent)

    assert as_agent.post(new(contact), data(agent)).status_code == 404


def test_task_is_written_from_my_tasks_for_whom_the_address_names(as_agent, contact, agent):
    answer = as_agent.post(reverse("tasks:new"), data(agent, whom=contact.email))
    task = Task.objects.get()

    assert answer.url == f"{reverse('tasks:mine')}#task-{task.pk}"
    assert (task.person_id, task.event.person_id, task.author) == (contact.pk, contact.pk, agent)


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("", "Choose a person."),
        ("nobody@example.com", "No contact or lead has the address nobody@example.com."),
        ("{mine}, other@example.org", "A task is about one person."),
    ],
)
def test_task_of_nobody_keeps_what_was_typed(as_agent, account, contact, agent, person, told):
    ContactFactory(account=account, email="other@example.org")
    answer = as_agent.post(reverse("tasks:new"), data(agent, whom=person.format(mine=contact.email)))
    text = answer.content.decode()

    assert (answer.status_code, Task.objects.count()) == (422, 0)
    assert told in text
    assert "Send energy certificate" in text


def test_person_of_another_office_is_nobody(as_stranger, contact, stranger):
    answer = as_stranger.post(reverse("tasks:new"), data(stranger, whom=contact.email))

    assert f"No contact or lead has the address {contact.email}." in answer.content.decode()
    assert not Task.objects.exists()
