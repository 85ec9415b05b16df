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


def test_renaming_to_another_tags_name_makes_them_one(as_admin, account, tag):
    other = TagFactory(account=account, name="Ocean")
    both = ContactFactory(account=account)
    both.set_tags(["Sea view", "Ocean"])

    as_admin.post(reverse("tags:name", args=[tag.pk]), {"name": "OCEAN"})

    assert list(Tag.objects.all()) == [other]
    assert other.person_tags.count() == 3
    assert both.tag_names() == ["Ocean"]


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
