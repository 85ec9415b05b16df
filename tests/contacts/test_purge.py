"""Deleting for good: for admins, after the number was typed, and with everything that hung on the people."""

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from contacts.attachments.models import Attachment
from contacts.models import Contact, Person, PersonTag
from contacts.models.photos import set_photo
from contacts.models.trashing import HANGING, purge_people
from contacts.timeline.models import Event, Note
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, TagFactory


@pytest.fixture
def trashed(contact, agent):
    contact.trash(by=agent)
    return contact


def everybody():
    return Person.with_trash.all()


def purge(client, **data):
    return client.post(reverse("trash:deletion"), data)


def test_agent_may_not_delete_for_good(as_agent, trashed):
    assert purge(as_agent, id=trashed.pk, typed="1").status_code == 403
    assert everybody().filter(pk=trashed.pk).exists()


def test_admin_is_asked_for_the_number_first(as_admin, trashed):
    answer = purge(as_admin, id=trashed.pk)
    assert answer.status_code == 200
    assert "Delete 1 record for good?" in answer.content.decode()
    assert trashed.email in answer.content.decode()
    assert everybody().filter(pk=trashed.pk).exists()


@pytest.mark.parametrize("typed", ["2", "one", "11", "-"])
def test_wrong_number_deletes_nothing_and_says_so_beside_the_field(as_admin, trashed, typed):
    answer = purge(as_admin, id=trashed.pk, typed=typed)
    assert answer.status_code == 422
    assert 'id="typed-error"' in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    assert everybody().filter(pk=trashed.pk).exists()


def test_right_number_deletes_for_good(as_admin, trashed):
    answer = as_admin.post(reverse("trash:deletion"), {"id": trashed.pk, "typed": " 1 "}, follow=True)
    assert "1 record deleted for good" in answer.content.decode()
    assert not everybody().filter(pk=trashed.pk).exists()


def test_number_may_be_written_in_groups(as_admin, account, agent):
    now = timezone.now()
    people = ContactFactory.build_batch(1001, account=account, assigned_to=None, deleted_at=now, deleted_by=agent)
    for person in people:
        person.draw_keys()
    Contact.objects.bulk_create(people)
    assert purge(as_admin, all="1", typed="1,001").status_code == 302
    assert not everybody().exists()


def test_deleting_for_good_leaves_no_row_and_no_file(as_admin, contact, agent, django_capture_on_commit_callbacks):
    write_note(contact, "Second visit", by=agent)
    contact.set_tags([TagFactory(account=contact.account).name])
    set_photo(contact, ContentFile(b"a picture", name="photo.webp"), by=agent)
    photo = contact.avatar
    contact.trash(by=agent)
    with django_capture_on_commit_callbacks(execute=True):
        purge(as_admin, id=contact.pk, typed="1")
    for rows in (everybody(), Note.with_trash.all(), Event.objects.all(), PersonTag.objects.all()):
        assert not rows.exists()
    assert not photo.storage.exists(photo.name)


def test_live_people_cannot_be_deleted_for_good(as_admin, contact):
    purge(as_admin, id=contact.pk, typed="1")
    assert Person.objects.filter(pk=contact.pk).exists()
    assert purge_people(everybody()) == 0


def test_every_table_that_points_to_a_person_is_emptied_or_let_go():
    """A new one is not forgotten: it is named in HANGING, or its rows outlive the person by SET_NULL."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields() if field.concrete]
    pointing = [field for field in fields if field.is_relation and field.related_model in (Person, Contact)]
    own = {field.model for field in pointing if field.remote_field.on_delete is models.CASCADE}
    assert own == set(HANGING)


def test_whatever_happened_with_somebody_goes_with_them(contact, agent, everything, django_capture_on_commit_callbacks):
    files = [Attachment.objects.get().file]
    contact.trash(by=agent)
    with django_capture_on_commit_callbacks(execute=True):
        purge_people(Person.with_trash.filter(pk=contact.pk))
    assert not any(model._base_manager.filter(person_id=contact.pk).exists() for model in HANGING)
    assert not any(file.storage.exists(file.name) for file in files)
