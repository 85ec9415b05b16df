"""Who was merged away comes back by undoing the merge, not by a plain restore, while that can be done."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contacts.duplicates.models import UNDO_DAYS, Merge
from contacts.duplicates.undoing import undo
from contacts.models import Person
from contacts.models.trashing import restore_people
from leads.models import Lead
from tests.duplicates.test_merging import into
from tests.factories import ContactFactory, LeadFactory

TOLD = "This record was merged into Ana Ruiz. Undo the merge instead."


@pytest.fixture
def kept(account):
    return ContactFactory(account=account, first_name="Ana", last_name="Ruiz")


@pytest.fixture
def lead(account):
    return LeadFactory(account=account, lead__source="referral")


@pytest.fixture
def done(kept, lead, admin):
    return into(kept, lead, admin, **dict.fromkeys(["first_name", "last_name", "email"], str(kept.pk)))


def restore(client, *people):
    return client.post(reverse("trash:restoration"), {"bin": "people", "id": [one.pk for one in people]}, follow=True)


def test_restoring_is_refused_with_a_way_to_the_merge(as_admin, done, lead):
    page = restore(as_admin, lead).content.decode()

    assert TOLD in page
    assert f'<a href="{reverse("duplicates:merge", args=[done.pk])}">See the merge</a>' in page
    assert Person.with_trash.get(pk=lead.pk).in_trash


def test_of_many_the_others_are_restored_and_this_one_is_named(as_admin, account, admin, done, lead):
    other = ContactFactory(account=account)
    other.trash(by=admin)
    page = restore(as_admin, lead, other).content.decode()

    assert "1 record restored" in page
    assert TOLD in page
    assert not Person.with_trash.get(pk=other.pk).in_trash


def test_the_command_refuses_too(done, lead, agent):
    with pytest.raises(ValidationError, match="Undo the merge instead"):
        Person.with_trash.get(pk=lead.pk).restore(by=agent)


def test_undoing_after_a_refused_restore_brings_everything_back(as_admin, admin, done, kept, lead):
    restore(as_admin, lead)
    undo(done, by=admin)

    assert not Person.with_trash.get(pk=lead.pk).in_trash
    assert (Lead.objects.get().pk, Lead.objects.get().source) == (lead.pk, "referral")


def test_after_the_merge_was_undone_who_went_is_restored_as_anybody(as_admin, admin, done, lead):
    undo(done, by=admin)
    Person.objects.get(pk=lead.pk).trash(by=admin)

    assert "1 record restored" in restore(as_admin, lead).content.decode()


def test_a_merge_that_cannot_be_undone_any_more_holds_nobody_back(as_admin, done, lead):
    Merge.objects.filter(pk=done.pk).update(at=done.at - timedelta(days=UNDO_DAYS))

    assert "1 record restored" in restore(as_admin, lead).content.decode()


def test_many_are_restored_in_as_many_queries_as_one(account, admin, done, lead, django_assert_max_num_queries):
    others = [lead, *ContactFactory.create_batch(4, account=account)]
    for person in others[1:]:
        person.trash(by=admin)
    with django_assert_max_num_queries(14):
        assert restore_people(Person.with_trash.trashed(), by=admin) == (4, [lead.pk])
