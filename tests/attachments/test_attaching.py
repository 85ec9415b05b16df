"""The command: what is kept, under which names, with which event, and what is left when it fails."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from contacts.attachments import attaching
from contacts.attachments.attaching import MAX_BYTES, attach, discarded_on_failure, keep, prepare
from contacts.attachments.models import Attachment
from contacts.models import Person
from contacts.timeline.models import Event
from tests.attachments.conftest import content_of, picture, sent


def stored(account):
    folders = [f"{account.pk}/files", f"{account.pk}/thumbnails"]
    return [name for folder in folders if default_storage.exists(folder) for name in default_storage.listdir(folder)[1]]


def test_a_file_is_kept_with_its_event(contact, agent):
    attachment = attach(contact, sent(), by=agent)

    assert (attachment.name, attachment.size, attachment.author) == ("Plan.pdf", 15, agent)
    assert (attachment.event.verb, attachment.event.actor, attachment.event.shown) == ("attached", agent, True)
    assert Person.objects.get(pk=contact.pk).last_activity_at == attachment.event.at
    assert content_of(attachment) == b"%PDF-1.7 a plan"


@pytest.mark.parametrize("name", ["Plan.pdf", "photo.png", "../../x", "a.svg"])
def test_it_is_stored_under_a_random_name_without_an_ending(contact, agent, account, name):
    folder, random = attach(contact, sent(name), by=agent).file.name.rsplit("/", 1)

    assert folder == f"{account.pk}/files"
    assert len(random) == 32
    assert int(random, 16)


def test_what_came_with_an_email_has_no_card_of_its_own(contact, agent):
    attachment = attach(contact, ContentFile(b"text", name="offer.txt"), by=None, shown=False)

    assert (attachment.author, Event.objects.get().shown) == (None, False)
    assert list(contact.attachment_set.all()) == [attachment]


def test_it_has_none_after_it_was_deleted_and_restored_either(contact, admin):
    attachment = attach(contact, sent(), by=None, shown=False)
    attachment.trash(by=admin)
    attachment.restore(by=admin)

    assert not Event.objects.get().shown


def test_a_file_without_a_name_gets_one(contact, agent):
    assert attach(contact, ContentFile(b"text"), by=agent).name == "File"


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (MAX_BYTES + 1, "too_large")])
def test_an_empty_and_a_too_large_file_are_refused(contact, agent, account, size, code):
    with pytest.raises(ValidationError) as refused:
        attach(contact, sent(content=bytes(size)), by=agent)

    assert refused.value.code == code
    assert (Event.objects.count(), stored(account)) == (0, [])


def test_a_file_of_exactly_25_mb_is_kept(contact, agent):
    assert attach(contact, sent(content=bytes(MAX_BYTES)), by=agent).size == 26_214_400


def test_nothing_stays_stored_when_it_cannot_be_written_down(contact, agent, account, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(attaching, "record", fail)
    with pytest.raises(RuntimeError):
        attach(contact, sent("Terrace.jpg", picture()), by=agent)

    assert (stored(account), Attachment.with_trash.count()) == ([], 0)


def test_deleting_a_person_for_good_deletes_their_files(
    contact, admin, account, plan, photo, django_capture_on_commit_callbacks
):
    from contacts.models.trashing import purge_people

    assert len(stored(account)) == 3
    photo.trash(by=admin)
    contact.trash(by=admin)
    with django_capture_on_commit_callbacks(execute=True):
        purge_people(Person.with_trash.filter(pk=contact.pk))

    assert (stored(account), Attachment.with_trash.count()) == ([], 0)


def test_what_is_prepared_lies_in_storage_alone(contact, agent, account, django_assert_num_queries):
    with django_assert_num_queries(0):
        attachment = prepare(contact, sent("Terrace.jpg", picture()))

    assert (attachment.pk, len(stored(account))) == (None, 2)
    assert keep(attachment, by=agent).event.actor == agent


def test_what_is_prepared_goes_again_when_the_transaction_fails(contact, agent, account):
    def fail():
        with discarded_on_failure() as prepared, transaction.atomic():
            prepared.append(prepare(contact, sent("Terrace.jpg", picture())))
            keep(prepared[0], by=agent)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert (stored(account), Attachment.with_trash.count(), Event.objects.count()) == ([], 0, 0)
