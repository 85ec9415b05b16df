"""Mail that comes back: the email says so, and the address is marked."""

from datetime import timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone

from contacts.emails import bounces
from contacts.emails.addressing import reply_address
from contacts.emails.models import BouncedAddress, Email
from contacts.emails.receiving import receive
from contacts.timeline.recording import record
from tests.emails.mails import mail, multipart, report


@pytest.fixture
def email(account, agent, contact, thread):
    """An email that was sent to the contact."""
    return Email.objects.create(
        account=account,
        person=contact,
        conversation=thread,
        event=record("emailed", by=agent, person=contact),
        author=agent,
        state="sent",
        sent_at=timezone.now(),
        subject="The visit",
        body="At eleven.",
        recipient=contact.email,
        message_id="<1@casa.example>",
    )


def _state(email):
    email.refresh_from_db()
    return email.state, email.failure


def _marked():
    return list(BouncedAddress.objects.values_list("email_key", "reason"))


def test_a_report_marks_the_email_and_the_address(account, contact, email):
    assert receive(report(recipient=contact.email), account=account) is None

    assert _state(email) == ("failed", "550 5.1.1 No such user")
    assert _marked() == [(contact.email, "550 5.1.1 No such user")]


def test_a_report_to_the_reply_address_needs_no_quotation(contact, email, thread):
    receive(report(message_id="<other@casa.example>", To=reply_address(thread)))

    assert _state(email)[0] == "failed"


def test_a_report_that_comes_by_a_webhook_is_known_by_what_it_quotes(email):
    receive(report())

    assert _state(email)[0] == "failed"


def test_a_report_may_quote_the_whole_mail(account, email):
    told = "Final-Recipient: rfc822; x@example.com\nAction: failed\nStatus: 5.0.0"
    parts = [
        f"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n{told}\n",
        "Content-Type: message/rfc822\n\nSubject: The visit\nMessage-ID:\n <1@casa.example>\n\nAt eleven.",
    ]
    receive(multipart(*parts, kind="report; report-type=delivery-status"), account=account)

    assert _state(email) == ("failed", "5.0.0")


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0"), ("relayed", "5.0.0")]
)
def test_what_is_only_late_changes_nothing(account, email, action, status):
    receive(report(action=action, status=status), account=account)

    assert (_state(email), _marked()) == (("sent", ""), [])


def test_a_report_in_another_office_s_mailbox_changes_nothing(email, stranger):
    receive(report(), account=stranger.account)

    assert (_state(email), _marked()) == (("sent", ""), [])


def test_a_report_about_nobody_we_wrote_to_changes_nothing(account, email):
    receive(report(message_id="<other@casa.example>", recipient="nobody@example.org"), account=account)

    assert (_state(email), _marked()) == (("sent", ""), [])


def test_a_report_without_quotation_marks_an_address_that_was_written_to(account, contact, email):
    receive(report(message_id="", recipient=contact.email.upper()), account=account)

    assert _state(email)[0] == "sent"
    assert _marked() == [(contact.email, "550 5.1.1 No such user")]


def test_a_second_report_replaces_the_reason(account, contact, email):
    receive(report(), account=account)
    receive(report(status="5.2.1"), account=account)

    assert _marked() == [(contact.email, "550 5.2.1 No such user")]


def test_an_email_that_is_on_its_way_again_is_left_alone(account, email):
    Email.objects.update(state="queued")
    receive(report(), account=account)

    assert _state(email)[0] == "queued"


@pytest.mark.parametrize(
    "part",
    [
        "Content-Type: message/delivery-status\n\n",
        "Content-Type: message/delivery-status\n\nAction: failed\n\nStatus: \n\nFinal-Recipient: ;;;\n",
        "Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n%%%",
        "Content-Type: message/rfc822\n\n",
        "nothing",
    ],
)
def test_a_broken_report_does_no_harm(account, email, part):
    assert receive(multipart(part, kind="report; report-type=delivery-status"), account=account) is None
    assert not _marked()


def _told(kind, email, **fields):
    usual = {"event_type": kind, "message_id": email.message_id, "recipient": email.recipient}
    bounces.follow(
        SimpleNamespace(**{**usual, "mta_response": "550 No", "description": None, "metadata": {}, **fields})
    )


@pytest.mark.parametrize("kind", ["bounced", "rejected"])
def test_a_mail_service_tells_that_an_email_came_back(contact, email, kind):
    _told(kind, email)

    assert (_state(email), _marked()) == (("failed", "550 No"), [(contact.email, "550 No")])


def test_a_complaint_marks_the_address_of_an_email_that_arrived(contact, email):
    _told("complained", email)

    assert _state(email)[0] == "sent"
    assert _marked() == [(contact.email, "The recipient marked an email as spam.")]


@pytest.mark.parametrize("kind", ["bounced", "complained"])
@pytest.mark.parametrize("number", ["a-number-of-its-own", "", None])
def test_a_service_that_names_no_email_of_ours_changes_nothing(email, kind, number):
    _told(kind, email, message_id=number)

    assert (_state(email), _marked()) == (("sent", ""), [])


def test_a_service_that_numbers_mail_itself_tells_by_what_went_along(contact, email):
    _told("bounced", email, message_id="a-number-of-its-own", metadata={"message-id": email.message_id})

    assert (_state(email)[0], _marked()) == ("failed", [(contact.email, "550 No")])


@pytest.mark.parametrize("metadata", [None, [], "x", {"message-id": None}, {"message-id": ["<1@casa.example>"]}])
def test_what_went_along_may_be_anything(email, metadata):
    _told("bounced", email, message_id=None, metadata=metadata)

    assert not _marked()


@pytest.mark.parametrize("kind", ["delivered", "opened", "deferred", "unknown", None])
def test_other_news_change_nothing(email, kind):
    _told(kind, email)

    assert (_state(email), _marked()) == (("sent", ""), [])


def _answered(account, contact, **fields):
    return receive(
        mail(**{"From": f"A <{contact.email.upper()}>", "Message_ID": "<2@example.com>", **fields}), account=account
    )


def test_who_writes_from_a_marked_address_is_reached_there_again(account, contact, email):
    receive(report(recipient=contact.email), account=account)
    _answered(account, contact)

    assert not _marked()


def test_a_mail_that_was_written_before_it_came_back_takes_no_mark_off(account, contact, email):
    receive(report(recipient=contact.email), account=account)
    _answered(account, contact, Date=format_datetime(timezone.now() - timedelta(hours=1)))

    assert _marked()


def test_the_mark_of_another_address_and_of_another_office_stays(account, stranger, contact, email):
    bounces.mark(account.pk, "other@example.com", "550 No")
    bounces.mark(stranger.account_id, contact.email_key, "550 No")
    _answered(account, contact)

    assert len(_marked()) == 2


def test_an_address_is_known_in_whatever_letters_it_was_written(account, contact, email):
    contact.email = "Ärzte.Müller@Example.com"
    contact.save()
    email.recipient = contact.email
    email.save()
    _told("complained", email, recipient="ärzte.MÜLLER@example.com")

    assert [key for key, _reason in _marked()] == [contact.email_key]
