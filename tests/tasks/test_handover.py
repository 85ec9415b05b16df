"""A colleague leaves: what they had to do goes to somebody else."""

from accounts.handover import hand_over, workload
from contacts.tasks.models import Task
from contacts.timeline.models import Event


def test_open_tasks_go_to_the_successor_each_with_an_event(write, agent, admin):
    write("open")
    write("done").complete(by=agent)
    hand_over(agent, to=admin, by=admin)

    assert dict(Task.objects.values_list("title", "assigned_to__email")) == {
        "open": "admin@example.com",
        "done": "lucia@example.com",
    }
    event = Event.objects.get(verb="task_changed")
    assert (event.actor, event.data) == (admin, {"title": "open", "to": admin.get_full_name()})


def test_office_is_told_how_many_there_are(write, agent):
    write("open")
    write("done").complete(by=agent)

    assert ("open tasks", 1) in workload(agent)


def test_other_peoples_tasks_stay(write, agent, admin, account):
    write("hers", assigned_to=admin)
    hand_over(agent, to=admin, by=admin)

    assert not Event.objects.filter(verb="task_changed").exists()


def test_tasks_of_people_in_the_trash_go_along(write, agent, admin, contact):
    write()
    contact.trash(by=agent)
    hand_over(agent, to=admin, by=admin)

    assert Task.objects.get().assigned_to == admin
