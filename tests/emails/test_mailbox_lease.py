"""Several workers and one mailbox: one looks, and none sets back what another has read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.emails import imap as way
from contacts.emails import mailbox as collecting
from contacts.emails.addressing import reply_address
from contacts.emails.inbound_tasks import LEASE, look_around, look_into
from contacts.emails.mailbox import collect
from contacts.emails.models import Email, MailServer
from tesoro.tasks import queued
from tests.emails.mails import raw


@pytest.fixture
def arrive(imap, thread, contact):
    """Let answers of the contact come in."""

    def deliver(*numbers):
        for number in numbers:
            imap.deliver(raw(From=contact.email, To=reply_address(thread), Message_ID=f"<{number}@example.com>"))

    return deliver


def _stored():
    return MailServer.objects.select_related("account").get()


def test_the_lease_outlives_the_longest_look():
    assert timedelta(seconds=way.PATIENCE) < LEASE


def test_during_a_long_look_nobody_else_looks(imap, mailbox, arrive, monkeypatch):
    seen = []

    def meanwhile(*_args, **_options):
        MailServer.objects.update(imap_looked_at=timezone.now() - timedelta(minutes=2))
        look_into.call(mailbox.pk)
        look_around()
        seen.append(queued(look_into))

    monkeypatch.setattr(collecting, "receive", meanwhile)
    arrive(1)
    look_into.call(mailbox.pk)

    assert seen == [[]]


def test_a_look_that_has_ended_gives_the_lease_back(imap, mailbox):
    look_into.call(mailbox.pk)

    assert _stored().imap_leased_until is None


def test_the_lease_of_a_worker_that_died_runs_out(mailbox):
    MailServer.objects.update(imap_leased_until=timezone.now() - timedelta(seconds=1))
    look_around()

    assert queued(look_into) == [[mailbox.pk]]


def test_a_look_that_was_overtaken_does_not_give_back_the_lease_of_another(imap, mailbox):
    old = _stored()
    theirs = timezone.now() + LEASE
    MailServer.objects.update(imap_leased_until=theirs)
    collect(old)

    assert _stored().imap_leased_until == theirs


def test_a_look_that_was_overtaken_sets_nothing_back(imap, mailbox, arrive, monkeypatch):
    file = collecting.receive
    old = _stored()
    arrive(1, 2)

    def overtaken(message, **options):
        monkeypatch.setattr(collecting, "receive", file)
        arrive(3)
        collect(_stored())
        return file(message, **options)

    monkeypatch.setattr(collecting, "receive", overtaken)
    collect(old)

    assert (_stored().imap_uid, Email.objects.count()) == (3, 3)


def test_a_look_that_finds_the_mailbox_numbered_anew_after_another_sets_nothing_back(imap, mailbox, arrive):
    old = _stored()
    imap.validity = 8
    arrive(1, 2)
    collect(_stored())
    MailServer.objects.update(imap_uid=9)
    collect(old)

    assert _stored().imap_uid == 9


def test_a_mailbox_that_is_numbered_anew_begins_lower(imap, mailbox, arrive):
    MailServer.objects.update(imap_uid=500)
    imap.validity = 8
    arrive(1)
    collect(_stored())

    assert (_stored().imap_validity, _stored().imap_uid) == (8, 1)
