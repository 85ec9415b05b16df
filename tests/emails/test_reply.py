"""There and back: an email leaves by SMTP, and its answer comes in by a webhook and by a mailbox."""

import json
from email.message import EmailMessage

import pytest
from django.urls import reverse

from contacts.emails.mailbox import collect
from contacts.emails.models import Email
from contacts.timeline.models import Event

SECRET = "mail:a long secret"


def _answer_to(letter):
    """Return what a mail program makes of "Reply"."""
    answer = EmailMessage()
    answer["From"] = f"Andrea <{letter['To']}>"
    answer["To"] = str(letter["Reply-To"] or letter["From"])
    answer["Subject"] = f"Re: {letter['Subject']}"
    answer["Message-ID"] = "<answer@example.com>"
    answer["In-Reply-To"] = answer["References"] = letter["Message-ID"]
    answer.set_content("Yes, at eleven.")
    return answer


@pytest.fixture
def by_webhook(client, settings):
    """Have a mail service post a mail to us."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": "a-key"}

    def post(answer):
        told = {"RawEmail": answer.as_string(), "OriginalRecipient": answer["To"].addresses[0].addr_spec}
        response = client.post(
            reverse("emails:hook", args=["postmark"]),
            json.dumps(told),
            content_type="application/json",
            headers={"Authorization": "Basic bWFpbDphIGxvbmcgc2VjcmV0"},
        )
        assert response.status_code == 200

    return post


@pytest.fixture
def by_mailbox(mailbox, imap):
    """Have a mail delivered to the office's mailbox, and look into it."""

    def deliver(answer):
        imap.deliver(answer)
        mailbox.refresh_from_db()
        collect(mailbox)

    return deliver


@pytest.fixture
def mailbox(server, imap):
    """The office's mailbox, beside the server its mail leaves by."""
    from tesoro.secrecy import seal
    from tests.fakes.imap import PASSWORD, USER

    server.imap_host, server.imap_port, server.imap_security = "127.0.0.1", imap.port, "none"
    server.imap_user, server.imap_password, server.imap_validity = USER, seal(PASSWORD), imap.validity
    server.save()
    return server


def _received(contact):
    return list(Email.objects.filter(person=contact, direction="in"))


@pytest.mark.parametrize("way", ["by_webhook", "by_mailbox"])
@pytest.mark.parametrize("inbound", ["in@reply.example.com", ""])
def test_an_answer_comes_back_onto_the_timeline(sent, post, mailbox, contact, settings, request, way, inbound):
    settings.INBOUND_ADDRESS = inbound
    email = sent()
    request.getfixturevalue(way)(_answer_to(post.letters[0]))

    [answer] = _received(contact)
    assert (answer.conversation, answer.subject, answer.body) == (
        email.conversation,
        "Re: The visit",
        "Yes, at eleven.",
    )
    assert Event.objects.get(person=contact, verb="email_received").email == answer


def test_by_both_ways_it_comes_back_once(sent, post, contact, by_webhook, by_mailbox):
    sent()
    for way in (by_webhook, by_mailbox, by_webhook):
        way(_answer_to(post.letters[0]))

    assert len(_received(contact)) == 1


def test_without_the_reply_address_the_mailbox_knows_it_by_what_it_answers(sent, post, contact, by_mailbox):
    email = sent()
    answer = _answer_to(post.letters[0])
    answer.replace_header("To", "office@example.com")
    answer.replace_header("From", "somebody@example.org")
    by_mailbox(answer)

    assert [one.conversation for one in _received(contact)] == [email.conversation]


def test_what_the_office_answers_refers_to_both(sent, post, contact, by_mailbox):
    email = sent()
    by_mailbox(_answer_to(post.letters[0]))
    sent(conversation=email.conversation, subject="Re: The visit")

    assert post.letters[1]["In-Reply-To"] == "<answer@example.com>"
    assert post.letters[1]["References"] == f"{email.message_id} <answer@example.com>"
