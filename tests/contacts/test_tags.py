"""/settings/tags/: the account's tags."""

import pytest
from django.urls import reverse

from contacts.models import Tag
from tests.factories import ContactFactory, TagFactory


@pytest.fixture
def tag(account, agent):
    ContactFactory(account=account, assigned_to=agent).set_tags(["Sea view"])
    ContactFactory(account=account, assigned_to=agent, deleted_at="2026-01-01T00:00:00Z").set_tags(["Sea view"])
    return Tag.objects.get()


def test_each_tag_says_how_many_people_carry_it(as_admin, tag):
    (shown,) = as_admin.get(reverse("tags:list")).context["tags"]

    assert shown.carried == 1


def test_a_tag_is_renamed(as_admin, tag):
    as_admin.post(reverse("tags:name", args=[tag.pk]), {"name": " Sea  views "})

    assert Tag.objects.get().name == "Sea views"


def test_another_tags_name_is_refused(as_admin, account, tag):
    TagFactory(account=account, name="Ocean")

    response = as_admin.post(reverse("tags:name", args=[tag.pk]), {"name": "OCEAN"}, follow=True)

    assert "There is a tag “OCEAN” already." in response.content.decode()
    assert {tag.name for tag in Tag.objects.all()} == {"Sea view", "Ocean"}


def test_a_name_that_is_none_is_refused(as_admin, tag):
    response = as_admin.post(reverse("tags:name", args=[tag.pk]), {"name": " "}, follow=True)

    assert "Name is missing." in response.content.decode()
    assert Tag.objects.get().name == "Sea view"


def test_a_deleted_tag_is_taken_off_everybody(as_admin, tag):
    as_admin.post(reverse("tags:deletion", args=[tag.pk]))

    assert not Tag.objects.exists()


def test_another_offices_tag_is_not_there(as_stranger, tag):
    assert as_stranger.post(reverse("tags:name", args=[tag.pk]), {"name": "x"}).status_code == 404
    assert as_stranger.post(reverse("tags:deletion", args=[tag.pk])).status_code == 404


def test_a_name_of_nothing_but_what_cannot_be_seen_is_none(as_admin, tag):
    as_admin.post(reverse("tags:name", args=[tag.pk]), {"name": "\u200b"})

    assert Tag.objects.get().name == "Sea view"


def test_deleting_a_tag_is_told_on_the_timeline(as_admin, tag):
    person = tag.people.get(deleted_at=None)

    as_admin.post(reverse("tags:deletion", args=[tag.pk]))

    assert [event.verb for event in person.events.all()] == ["untagged"]
