"""When a mail server does not take a message: what is said, what is known, and what may be done."""

import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from contacts.attachments.attaching import attach
from contacts.emails import smtp as ours
from contacts.emails.composing import send_again, write
from contacts.emails.models import Email
from contacts.emails.refusals import HIDDEN, in_words, without
from contacts.emails.sending import probe
from tesoro.outbox import State
from tesoro.secrecy import seal
from tests.fakes import smtp

from .conftest import delivered

WRONG = "a-wrong-password"


@pytest.fixture
def quick(monkeypatch):
    """Wait no longer than a moment for an answer."""
    monkeypatch.setattr(ours, "TIMEOUT", 0.2)
    monkeypatch.setattr(ours, "HANDING_TIMEOUT", 0.2)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("MAIL", "The server refused the sender office@example.com: 550 5.7.1 Not here"),
        ("RCPT", "The server refused the address "),
        ("DATA", "The server refused the message: 550 5.7.1 Not here"),
    ],
)
def test_refusal_is_told_in_the_servers_words(sent, post, command, words):
    post.answers[command] = "550 5.7.1 Not here"
    email = sent()

    assert email.state == State.FAILED
    assert email.failure.startswith(words)
    assert email.failure.endswith("550 5.7.1 Not here")
    assert email.sent_at is None


def test_wrong_password_is_told_and_appears_nowhere(sent, server, caplog):
    server.smtp_password = seal(WRONG)
    server.save()
    with caplog.at_level(logging.DEBUG):
        email = sent()

    assert email.state == State.FAILED
    assert email.failure.startswith("The server refused user name or password: 535")
    assert WRONG not in email.failure + caplog.text


def test_password_that_a_server_answers_with_is_hidden():
    assert without("535 Sesame is wrong, U2VzYW1l too", "office", "Sesame") == f"535 {HIDDEN} is wrong, {HIDDEN} too"


def test_server_that_is_not_there_is_told(sent, server, settings):
    server.smtp_port = 9
    server.save()

    assert sent().failure == "Nothing answers at this port of the server."


def test_silence_before_the_message_left_is_a_failure(sent, post, quick, monkeypatch):
    monkeypatch.setattr(smtp.PostOffice, "handle_RCPT", smtp.PostOffice.silent)
    email = sent()

    assert (email.state, email.failure) == (State.FAILED, "The server did not answer in time.")


def test_silence_after_the_message_left_is_of_unknown_state(sent, post, quick):
    post.holds = True
    email = sent()

    assert len(post.letters) == 1
    assert (email.state, email.failure) == (State.UNKNOWN, "The server did not answer in time.")


def test_what_goes_wrong_at_the_goodbye_changes_nothing(sent, post, quick, monkeypatch):
    monkeypatch.setattr(smtp.PostOffice, "handle_QUIT", smtp.PostOffice.silent, raising=False)

    assert sent().state == State.SENT


def test_security_the_server_does_not_offer_is_told(sent, server):
    server.smtp_security = "starttls"
    server.save()

    assert "Choose another security" in sent().failure


def test_tls_to_a_server_that_speaks_none_is_told(sent, server, quick):
    server.smtp_security = "tls"
    server.save()

    assert sent().failure in {
        "No secure connection came about. Check port and security.",
        "The server did not answer in time.",
    }


def test_password_sealed_with_a_lost_key_is_told(sent, server):
    server.smtp_password = "no-token-of-ours"
    server.save()

    assert "types it in again" in sent().failure


def test_server_in_a_private_network_is_not_spoken_to(sent, post, settings):
    settings.PRIVATE_MAIL_HOSTS = False

    assert "private network" in sent().failure
    assert post.letters == []


def test_file_that_is_gone_is_told(server, contact, agent, sent):
    file = attach(contact, ContentFile(b"x", name="plan.pdf"), by=agent)
    file.file.storage.delete(file.file.name)

    assert sent(attachments=[file]).failure == "An attached file is missing."


@pytest.mark.parametrize(("change", "words"), [
    ({"do_not_contact": True}, "asked not to be contacted"),
    ({"deleted_at": timezone.now()}, "lies in the trash"),
    ({"email": ""}, "has no email address"),
])  # fmt: skip
def test_what_changed_while_it_waited_stops_it(server, post, contact, agent, change, words):
    email = write(contact, subject="The visit", body="Hello", by=agent)
    type(contact).with_trash.filter(pk=contact.pk).update(**change)
    email = delivered(email)

    assert email.state == State.FAILED
    assert words in email.failure
    assert post.letters == []


def test_email_deleted_before_it_left_does_not_leave(server, post, contact, agent):
    email = write(contact, subject="The visit", body="Hello", by=agent)
    email.trash(by=agent)

    assert delivered(email).failure == "It was deleted before it was sent."
    assert post.letters == []


def test_who_may_not_be_contacted_is_not_written_to(contact, agent):
    contact.do_not_contact = True
    with pytest.raises(ValidationError) as refused:
        write(contact, subject="The visit", body="Hello", by=agent)

    assert refused.value.code == "do_not_contact"
    assert not Email.with_trash.exists()


def test_sending_again_goes_to_the_address_the_person_has_now(sent, post, contact):
    post.answers["RCPT"] = "550 No such user"
    email = sent()
    post.answers["RCPT"] = smtp.OK
    contact.email = "andrea.now@example.com"
    contact.save()
    email = Email.objects.get(pk=email.pk)

    assert send_again(email)
    assert Email.objects.get().recipient_key == "andrea.now@example.com"
    assert delivered(email).state == State.SENT
    assert post.envelopes[-1][1] == ["andrea.now@example.com"]


def test_email_that_was_sent_is_not_sent_by_a_second_task(sent, post):
    email = sent()
    delivered(email)

    assert len(post.letters) == 1


def test_probe_signs_in_and_sends_nothing(server, post):
    assert probe(server) == ""
    assert post.letters == []


def test_probe_says_why_not(server):
    server.smtp_password = seal(WRONG)

    assert "535" in probe(server)


def test_error_nobody_foresaw_has_words_too():
    assert in_words(KeyError("secret")) == "The message could not be sent (KeyError)."
