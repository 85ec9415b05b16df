"""Receiving a mail: whose it is, once, with its files."""

import base64
from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone

from contacts.emails import receiving
from contacts.emails.addressing import reply_address
from contacts.emails.matching import bare_subject, office_address
from contacts.emails.models import Conversation, Email
from contacts.emails.receiving import receive
from contacts.timeline.models import Event
from tests.emails.mails import mail, modern
from tests.factories import AccountFactory, ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(thread, contact):
    """Return an answer to the conversation's reply address, from the contact."""

    def write(*lines, **fields):
        return mail(*lines, **{"From": contact.email, "To": reply_address(thread), **fields})

    return write


def test_an_answer_is_filed_under_the_conversation_whose_token_its_address_has(answer, thread, contact):
    email = receive(answer())

    assert (email.conversation, email.person) == (thread, contact)
    assert (email.direction, email.state, email.author) == ("in", "received", None)
    assert (email.subject, email.body) == ("Re: The visit", "Yes, at eleven.")


def test_its_event_says_who_wrote(answer, contact):
    email = receive(answer())

    assert (email.event.verb, email.event.actor) == ("email_received", None)
    assert email.event.data == {"name": contact.full_name}


def test_an_answer_by_somebody_else_tells_their_name(answer):
    email = receive(answer(From="Dr Bruno Costa <bruno@example.org>"))

    assert email.event.data["name"] == "Dr Bruno Costa"
    assert email.sender == "Dr Bruno Costa <bruno@example.org>"


@pytest.mark.parametrize("header", ["To", "Cc", "Delivered-To", "X-Original-To"])
def test_the_token_counts_in_every_header_that_names_a_recipient(thread, header):
    other = "somebody@example.org"

    assert receive(mail(**{"To": other, header: f'"An, odd" <{reply_address(thread).upper()}>'})).conversation == thread


def test_the_token_counts_in_the_envelope(thread):
    assert receive(mail(), envelope_to=reply_address(thread)).conversation == thread


def test_a_mail_that_concerns_nobody_is_not_stored(account, thread):
    assert receive(mail(From="nobody@example.org"), account=account) is None
    assert not Email.objects.exists()


def test_a_wrong_token_leads_nowhere(thread):
    assert receive(mail(To="in+aaaaaaaaaaaaaaaaaaaaaaaa@reply.example.com")) is None


def test_a_token_of_another_office_counts_for_nothing_in_a_mailbox(answer, stranger):
    assert receive(answer(), account=stranger.account) is None


def test_the_mail_it_answers_leads_to_the_conversation(account, thread, answer):
    first = receive(answer(Message_ID="<first@example.com>"))
    other = mail(From="bruno@example.org", Message_ID="<2@example.org>", In_Reply_To="<first@example.com>", Subject="x")

    assert receive(other, account=account).conversation == first.conversation


def test_a_mail_of_another_office_is_no_reference(answer, stranger):
    receive(answer(Message_ID="<first@example.com>"))
    other = mail(From="bruno@example.org", Message_ID="<2@example.org>", In_Reply_To="<first@example.com>")

    assert receive(other, account=stranger.account) is None


def test_the_sender_leads_to_the_conversation_of_the_same_subject(account, thread, contact):
    email = receive(mail(From=contact.email.upper(), Subject="AW: RE[2]: the visit"), account=account)

    assert email.conversation == thread


def test_the_sender_begins_a_conversation_under_another_subject(account, thread, contact):
    email = receive(mail(From=contact.email, Subject="The keys"), account=account)

    assert email.conversation != thread
    assert (email.conversation.subject, email.conversation.person) == ("The keys", contact)


def test_the_sender_is_looked_for_in_the_own_office_alone(account, contact):
    other = ContactFactory(account=AccountFactory(), email="only-there@example.com")

    assert receive(mail(From=other.email), account=account) is None


def test_a_forwarding_address_says_which_office_it_is(account, contact, thread):
    address = office_address(account)

    assert address == "in+office-casa-mirador@reply.example.com"
    assert receive(mail(From=contact.email, To=address)).account == account


@pytest.mark.parametrize("address", ["in+office-otra@reply.example.com", "in+office-casa-mirador@example.org"])
def test_a_wrong_forwarding_address_leads_nowhere(thread, contact, address):
    assert receive(mail(From=contact.email, To=address)) is None


def test_somebody_in_the_trash_is_written_to_quietly(answer, admin, contact):
    contact.trash(by=admin)

    assert receive(answer()).person_id == contact.pk


def test_somebody_in_the_trash_is_not_found_by_address(account, admin, contact, thread):
    contact.trash(by=admin)

    assert receive(mail(From=contact.email), account=account) is None


def test_a_mail_that_comes_in_twice_is_filed_once(account, answer):
    first = receive(answer())

    assert receive(answer(), account=account) == first
    assert Email.objects.count() == Event.objects.filter(verb="email_received").count() == 1


def test_a_mail_without_message_id_is_filed_once_too(account, answer, thread, contact):
    first = receive(answer(Message_ID=None))
    again = modern(Message_ID=None, From=contact.email, To=reply_address(thread), body="Yes,\r\n  at eleven.\n")

    assert receive(again, account=account) == first
    assert receive(answer(Message_ID=None, body="No.")) != first


def test_two_ways_at_the_same_moment_file_it_once(answer, monkeypatch):
    first = receive(answer())
    known = receiving._known
    answers = iter([None])
    monkeypatch.setattr(receiving, "_known", lambda place, head: next(answers, first) and known(place, head))

    assert receive(answer()) == first
    assert Conversation.objects.count() == 1


def test_a_deleted_mail_does_not_come_back(answer, admin):
    receive(answer()).trash(by=admin)

    assert receive(answer()).in_trash


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "List-Unsubscribe: <mailto:a@example.com>",
    ],
)
def test_a_mail_that_nobody_wrote_is_marked(answer, line):
    assert receive(answer(line)).event.data["automatic"] is True


def test_a_mail_that_says_it_was_written_by_hand_is_not_marked(answer):
    assert "automatic" not in receive(answer("Auto-Submitted: no")).event.data


@time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Thu, 26 Nov 2026 10:00:00 +0100", datetime(2026, 11, 26, 9, tzinfo=UTC)),
        ("Thu, 26 Nov 2026 10:00:00 -0000", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("Sat, 28 Nov 2026 10:00:00 +0000", None),
        ("Thu, 26 Nov 2020 10:00:00 +0000", None),
        ("Thu, 26 Nov 99999 10:00:00 +9999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_it_stands_where_it_was_written_if_that_can_be(answer, date, expected):
    email = receive(answer(Date=date))

    assert email.created_at == email.event.at == (expected or timezone.now())


def test_the_latest_activity_follows(answer, contact):
    email = receive(answer())
    contact.refresh_from_db()

    assert contact.last_activity_at == email.event.at


def test_a_text_that_is_too_long_is_cut_with_a_word(answer):
    body = receive(answer(body="word " * 20_000)).body

    assert len(body) == 50_000
    assert body.endswith("[The rest of this email is too long to be kept.]")


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: Fwd: The visit", "the visit"),
        ("RV:The visit", "the visit"),
        ("Re", "re"),
        ("Reims: a trip", "reims: a trip"),
    ],
)
def test_subjects_are_compared_without_what_answers_put_before(subject, bare):
    assert bare_subject(subject) == bare


HEADERS = base64.b64encode("Cañón".encode()).decode()


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (f"=?utf-8?b?{HEADERS}?=", "Cañón"),
        ("=?iso-8859-1?q?Ca=F1=F3n?= y =?utf-8?q?m=C3=A1s?=", "Cañón y más"),
        ("Ca\udcc3\udcb1\udcc3\udcb3n", "Cañón"),
        ("Ca\udcf1\udcf3n", "Cañón"),
        ("=?x-unknown?q?abc?=", "abc"),
        ("=?utf-8?b?a?=", "=?utf-8?b?a?="),
        ("a\x00b\x1b[31m\u202ec", "a b [31m c"),
        ("", "(no subject)"),
        ("x" * 5000, "x" * 200),
    ],
)
def test_a_subject_is_read_whatever_was_made_of_it(answer, subject, expected):
    assert receive(answer(Subject=subject)).subject == expected
