"""A deal is deleted for good: the files that went along with emails stay with the emails."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.emails.models import Email
from contacts.models import Person
from contacts.models.trashing import purge_people
from deals.models import Deal
from deals.trashing import purge_deals
from tests.factories import ContactFactory, PartyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def post(mail_server):
    """An office that sends email."""


def upload(name="plan.txt"):
    return SimpleUploadedFile(name, b"hello")


def send(client, deal, person, **files):
    words = {"to": person.pk, "subject": "The plan", "body": "Here it is."}
    assert client.post(reverse("deals:email-new", args=[deal.pk]), words | files).status_code == 302


def purge(deal, by, commit):
    deal.trash(by=by)
    with commit(execute=True):
        assert purge_deals(Deal.with_trash.filter(pk=deal.pk)) == 1


def forget(person, by, commit):
    Person.objects.get(pk=person.pk).trash(by=by)
    with commit(execute=True):
        assert purge_people(Person.with_trash.filter(pk=person.pk)) == 1


def test_file_of_an_email_goes_to_its_person(as_agent, agent, deal, buyer, django_capture_on_commit_callbacks):
    send(as_agent, deal, buyer, uploads=upload())

    purge(deal, agent, django_capture_on_commit_callbacks)

    (file,) = Email.objects.get().attachments.all()
    assert (file.person_id, file.deal_id) == (buyer.pk, None)
    assert (file.event.person_id, file.event.deal_id, file.event.shown) == (buyer.pk, None, False)
    with file.file.open("rb") as stored:
        assert stored.read() == b"hello"
    page = as_agent.get(reverse("contacts:emails", args=[buyer.pk])).content.decode()
    assert "The plan" in page


def test_file_no_email_has_is_deleted(as_agent, agent, deal, buyer, django_capture_on_commit_callbacks):
    sent, other = attach(deal, upload("sent.txt"), by=agent), attach(deal, upload("other.txt"), by=agent)
    send(as_agent, deal, buyer, attachments=[sent.pk])
    storage = other.file.storage

    purge(deal, agent, django_capture_on_commit_callbacks)

    assert [file.name for file in Attachment.with_trash.all()] == ["sent.txt"]
    assert storage.exists(sent.file.name)
    assert not storage.exists(other.file.name)
    # Its own card stands on the timeline of who has the file now.
    assert buyer.events.get(attachment=sent).shown


def test_file_in_the_trash_stays_with_its_email(as_agent, agent, deal, buyer, django_capture_on_commit_callbacks):
    sent = attach(deal, upload(), by=agent)
    send(as_agent, deal, buyer, attachments=[sent.pk])
    sent.trash(by=agent)

    purge(deal, agent, django_capture_on_commit_callbacks)

    kept = Attachment.with_trash.get()
    assert kept.in_trash
    assert (kept.person_id, kept.event.shown) == (buyer.pk, False)


def test_of_several_who_got_it_one_has_it_who_is_not_in_the_trash(
    as_agent, agent, account, deal, buyer, django_capture_on_commit_callbacks
):
    lawyer = ContactFactory(account=account)
    PartyFactory(deal=deal, person=lawyer, role="lawyer")
    sent = attach(deal, upload(), by=agent)
    for person in (buyer, lawyer):
        send(as_agent, deal, person, attachments=[sent.pk])
    Person.objects.get(pk=buyer.pk).trash(by=agent)

    purge(deal, agent, django_capture_on_commit_callbacks)
    purge_people(Person.with_trash.filter(pk=buyer.pk))

    assert Attachment.objects.get().person_id == lawyer.pk


def test_file_stays_as_long_as_one_of_those_who_got_it(
    as_agent, agent, account, deal, buyer, django_capture_on_commit_callbacks
):
    lawyer = ContactFactory(account=account)
    PartyFactory(deal=deal, person=lawyer, role="lawyer")
    sent = attach(deal, upload(), by=agent)
    for person in (buyer, lawyer):
        send(as_agent, deal, person, attachments=[sent.pk])
    purge(deal, agent, django_capture_on_commit_callbacks)

    forget(buyer, agent, django_capture_on_commit_callbacks)

    (file,) = Email.objects.get().attachments.all()
    assert (file.person_id, file.event.person_id) == (lawyer.pk, lawyer.pk)
    assert sent.file.storage.exists(sent.file.name)

    forget(lawyer, agent, django_capture_on_commit_callbacks)
    assert not Attachment.with_trash.exists()
    assert not sent.file.storage.exists(sent.file.name)


def test_file_goes_when_all_who_got_it_are_deleted_at_once(
    as_agent, agent, account, deal, buyer, django_capture_on_commit_callbacks
):
    lawyer = ContactFactory(account=account)
    PartyFactory(deal=deal, person=lawyer, role="lawyer")
    sent = attach(deal, upload(), by=agent)
    for person in (buyer, lawyer):
        send(as_agent, deal, person, attachments=[sent.pk])
    purge(deal, agent, django_capture_on_commit_callbacks)

    for person in (buyer, lawyer):
        Person.objects.get(pk=person.pk).trash(by=agent)
    with django_capture_on_commit_callbacks(execute=True):
        purge_people(Person.with_trash.filter(deleted_at__isnull=False))

    assert not Attachment.with_trash.exists()
    assert not sent.file.storage.exists(sent.file.name)
