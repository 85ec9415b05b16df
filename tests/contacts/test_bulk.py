"""What is done with many contacts at once."""

import pytest
from django.urls import reverse

from contacts.models import Contact, Person
from tests.factories import ContactFactory, UserFactory


@pytest.fixture
def three(account, agent):
    return ContactFactory.create_batch(3, account=account, assigned_to=agent, role="lawyer")


def _ids(people):
    return [person.pk for person in people]


def test_ticked_contacts_go_to_the_trash_and_undo_brings_them_back(as_agent, agent, three):
    as_agent.post(reverse("contacts:bulk-trash"), {"id": _ids(three[:2])})

    assert Contact.objects.count() == 1
    assert {event.verb for event in three[0].events.all()} == {"deleted"}

    moment = Person.with_trash.get(pk=three[0].pk).deleted_at
    as_agent.post(reverse("trash:restoration"), {"moment": moment.isoformat()})

    assert Contact.objects.count() == 3


def test_all_that_match_are_meant_when_all_is_chosen(as_agent, account, agent, three):
    ContactFactory(account=account, assigned_to=agent, role="buyer")

    as_agent.post(reverse("contacts:bulk-trash"), {"all": "1", "scope": "role=lawyer", "id": _ids(three[:1])})

    assert [person.role for person in Contact.objects.all()] == ["buyer"]


def test_nobody_selected_is_told(as_agent, three):
    response = as_agent.post(reverse("contacts:bulk-trash"), {}, follow=True)

    assert "Nobody was selected." in response.content.decode()
    assert Contact.objects.count() == 3


def test_another_offices_contacts_cannot_be_touched(as_stranger, stranger, three):
    for name in ("bulk-trash", "bulk-tags", "bulk-assignment"):
        as_stranger.post(reverse(f"contacts:{name}"), {"id": _ids(three), "tag": "x", "agent": stranger.pk})

    assert Contact.objects.filter(assigned_to=stranger).count() == 0
    assert Contact.objects.count() == 3
    assert three[0].tag_names() == []


def test_they_are_assigned_to_a_colleague_with_an_event_each(as_agent, account, three):
    mateo = UserFactory(account=account, first_name="Mateo", last_name="Ibáñez")

    as_agent.post(reverse("contacts:bulk-assignment"), {"id": _ids(three), "agent": mateo.pk})

    assert Contact.objects.filter(assigned_to=mateo, version=2).count() == 3
    event = three[0].events.get()
    assert (event.verb, event.data["to"]) == ("assigned", "Mateo Ibáñez")


def test_a_stranger_cannot_be_assigned(as_agent, stranger, three):
    as_agent.post(reverse("contacts:bulk-assignment"), {"id": _ids(three), "agent": stranger.pk})

    assert not Contact.objects.filter(assigned_to=stranger).exists()


def test_a_tag_is_put_on_and_taken_off(as_agent, account, three):
    as_agent.post(reverse("contacts:bulk-tags"), {"id": _ids(three), "tag": "Sea view"})
    as_agent.post(reverse("contacts:bulk-tags"), {"id": _ids(three), "tag": "SEA VIEW"})

    assert [person.tag_names() for person in Contact.objects.all()] == [["Sea view"]] * 3
    assert [event.verb for event in three[0].events.all()] == ["tagged"]

    as_agent.post(reverse("contacts:bulk-untagging"), {"id": _ids(three[:2]), "tag": "sea view"})

    assert sorted(person.tag_names() for person in Contact.objects.all()) == [[], [], ["Sea view"]]


@pytest.mark.parametrize("tag", ["", "  ", "x" * 41])
def test_a_tag_that_is_none_is_told(as_agent, three, tag):
    response = as_agent.post(reverse("contacts:bulk-tags"), {"id": _ids(three), "tag": tag}, follow=True)

    assert any(message.level_tag == "error" for message in response.context["messages"])


def test_the_way_back_stays_within_the_product(as_agent, three):
    response = as_agent.post(reverse("contacts:bulk-trash"), {"id": _ids(three), "next": "https://example.com/"})

    assert response.url == reverse("contacts:list")


def test_bulk_actions_take_the_same_number_of_queries_for_three_and_for_thirty(as_agent, account, agent, three):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    more = ContactFactory.create_batch(30, account=account, assigned_to=agent)

    def cost(people):
        with CaptureQueriesContext(connection) as seen:
            as_agent.post(reverse("contacts:bulk-trash"), {"id": _ids(people)})
        return len(seen)

    assert cost(three) == cost(more)


def test_all_that_match_a_filter_that_is_gone_means_nobody(as_agent, three):
    response = as_agent.post(reverse("contacts:bulk-trash"), {"all": "1", "scope": "tag=999999"}, follow=True)

    assert "Nobody was selected." in response.content.decode()
    assert Contact.objects.count() == 3


@pytest.mark.parametrize("name", ["bulk-trash", "bulk-assignment", "bulk-tags", "bulk-untagging"])
def test_each_action_says_that_nobody_was_selected(as_agent, agent, name):
    data = {"agent": agent.pk, "tag": "Sea view"}

    assert "Nobody was selected." in as_agent.post(reverse(f"contacts:{name}"), data, follow=True).content.decode()
