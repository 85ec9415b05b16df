"""Collecting answers from a mailbox that really speaks IMAP, on loopback."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from contacts.emails import imap as way
from contacts.emails import mailbox as collecting
from contacts.emails.addressing import reply_address
from contacts.emails.inbound_tasks import look_around, look_into
from contacts.emails.mailbox import collect
from contacts.emails.models import Email, MailServer
from tesoro.secrecy import seal
from tesoro.tasks import queued
from tests.emails.mails import raw
from tests.fakes import certificate


@pytest.fixture
def answer(thread, contact):
    """Return an answer of the contact to the conversation, as bytes."""

    def write(number=1, **fields):
        to = {"From": contact.email, "To": reply_address(thread), "Message_ID": f"<{number}@example.com>"}
        return raw(**to | fields)

    return write


@pytest.fixture
def again(mailbox):
    """Look into the mailbox as the next worker would, from what is stored."""
    return lambda: collect(MailServer.objects.select_related("account").get(pk=mailbox.pk))


def _failure():
    return MailServer.objects.get().imap_failure


def test_an_answer_is_filed_and_stays_unread(imap, again, answer, thread):
    imap.deliver(answer())

    assert again() == 1
    assert Email.objects.get().conversation == thread
    assert any(line.startswith("EXAMINE") for line in imap.told)
    assert all("BODY.PEEK[" in line for line in imap.told if "FETCH" in line.upper())


def test_what_was_seen_is_not_fetched_again(imap, again, answer):
    imap.deliver(answer())

    assert (again(), again()) == (1, 0)
    assert len(imap.fetches()) == 1


def test_mail_that_concerns_nobody_is_not_fetched_whole(imap, again):
    imap.deliver(raw(From="news@example.org"))

    assert again() == 0
    assert not imap.fetches()


def test_the_office_s_own_mail_is_left_alone(imap, mailbox, again, answer):
    MailServer.objects.update(sender="office@example.com")
    imap.deliver(answer(From="Lucía <Office@example.com>"))

    assert again() == 0


def test_the_first_look_leaves_old_mail_alone(imap, mailbox, again, answer):
    MailServer.objects.update(imap_validity=None)
    imap.deliver(answer(1), arrived=datetime.now(UTC) - timedelta(days=9))
    imap.deliver(answer(2))

    assert again() == 1
    imap.deliver(answer(3))
    assert again() == 1
    assert sorted(Email.objects.values_list("message_id", flat=True)) == ["<2@example.com>", "<3@example.com>"]


def test_the_first_look_into_old_mail_alone_remembers_where_it_ended(imap, mailbox, again, answer):
    MailServer.objects.update(imap_validity=None)
    imap.deliver(answer(1), arrived=datetime.now(UTC) - timedelta(days=9))

    assert (again(), again()) == (0, 0)
    assert MailServer.objects.get().imap_uid == 1


def test_a_mailbox_that_is_numbered_anew_files_nothing_twice(imap, again, answer):
    imap.deliver(answer(1))
    again()
    imap.validity, imap.mails, imap.following = 8, [], 1
    for number in (1, 2):
        imap.deliver(answer(number))
    again()

    assert Email.objects.count() == 2


def test_many_mails_are_read_in_chunks(imap, again, answer, monkeypatch):
    monkeypatch.setattr(collecting, "CHUNK", 2)
    for number in range(5):
        imap.deliver(answer(number))

    assert again() == 5
    assert len([line for line in imap.told if "BODY.PEEK[HEADER]" in line]) == 3


def test_of_a_mail_that_is_too_large_the_headers_are_read(imap, again, answer):
    imap.deliver(answer(), size=31 * 1024 * 1024)

    assert again() == 1
    assert "larger than 30 MB" in Email.objects.get().body
    assert not imap.fetches()


def test_a_mail_that_cannot_be_read_is_passed_by(imap, again, answer, monkeypatch, caplog):
    file = collecting.receive
    imap.deliver(answer(1, Subject="Broken"))
    imap.deliver(answer(2))

    def receive(message, **options):
        return 1 / 0 if message["Subject"] == "Broken" else file(message, **options)

    monkeypatch.setattr(collecting, "receive", receive)

    assert (again(), again()) == (1, 0)
    assert "was passed by" in caplog.text


def test_a_mail_the_server_does_not_hand_out_is_filed_by_its_headers(imap, again, answer, caplog):
    imap.refused["UID FETCH 1 (BODY.PEEK[] "] = "Disk trouble"
    for number in (1, 2):
        imap.deliver(answer(number))

    assert again() == 2
    assert "did not hand it out" in Email.objects.order_by("pk").first().body


def test_a_mail_over_which_the_line_breaks_again_is_filed_by_its_headers(imap, again, answer):
    imap.drops.add("UID FETCH 1 (BODY.PEEK[] ")
    for number in (1, 2):
        imap.deliver(answer(number))

    assert (again(), _failure()) == (0, "The server ended the connection.")
    assert (again(), again(), _failure()) == (1, 1, "")


def test_an_answer_that_is_larger_than_a_mail_ends_the_look(imap, again, answer, monkeypatch):
    monkeypatch.setattr(way, "MOST_BYTES", 1000)
    monkeypatch.setattr(way, "ROOM", 0)
    imap.deliver(answer(body="x" * 5000), size=10)

    assert (again(), _failure()) == (0, "The server ended the connection.")


def test_a_wrong_password_is_told_in_the_server_s_words_without_it(imap, mailbox, again):
    MailServer.objects.update(imap_password=seal("another secret"))
    again()

    assert _failure() == "The server refused user name or password: [AUTHENTICATIONFAILED] Invalid credentials"


def test_a_server_that_repeats_the_password_is_not_quoted(imap, mailbox, again):
    imap.refused["LOGIN"] = "Not with a password of the fake imap"
    again()

    assert _failure() == "The server refused user name or password: Not with •••"


def test_a_folder_that_is_not_there_is_named(imap, mailbox, again):
    MailServer.objects.update(imap_folder="Answers")
    again()

    assert _failure() == "The server does not open the folder Answers: There is no such folder"


def test_a_server_that_is_not_there_is_told(imap, mailbox, again):
    MailServer.objects.update(imap_port=1)
    again()

    assert _failure() == "Nothing answers at this port of the server."


def test_a_failure_is_gone_when_the_server_answers_again(imap, mailbox, again):
    MailServer.objects.update(imap_failure="The server did not answer in time.")
    again()

    assert _failure() == ""


def test_a_server_without_starttls_is_not_told_the_password(imap, mailbox, again):
    MailServer.objects.update(imap_security="starttls")
    again()

    assert _failure() == "The server does not offer STARTTLS. Choose another security."
    assert not any("LOGIN" in line for line in imap.told)


def test_a_server_that_speaks_no_tls_is_told(imap, mailbox, again):
    MailServer.objects.update(imap_security="tls")
    again()

    assert _failure() == "No secure connection came about. Check port and security."


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_mailbox_is_read_over_tls(imap, mailbox, again, answer, tmp_path, monkeypatch, security):
    imap.tls, path = certificate.make(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    imap.tls_at_once = security == "tls"
    MailServer.objects.update(imap_security=security)
    imap.deliver(answer())

    assert (again(), _failure()) == (1, "")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_told(imap, mailbox, again, tmp_path, security):
    imap.tls, _path = certificate.make(tmp_path)
    imap.tls_at_once = security == "tls"
    MailServer.objects.update(imap_security=security)
    again()

    assert "certificate is not valid" in _failure()
    assert not any("LOGIN" in line for line in imap.told)


def test_the_service_s_own_network_is_not_looked_into(imap, mailbox, again, settings):
    settings.PRIVATE_MAIL_HOSTS = False
    again()

    assert "private network" in _failure()
    assert not imap.told


def test_testing_reads_nothing(imap, mailbox, answer):
    imap.deliver(answer())

    assert collecting.test(mailbox) == ""
    assert not any("FETCH" in line.upper() for line in imap.told)


def test_testing_tells_what_is_wrong(mailbox):
    mailbox.imap_folder = "Answers"

    assert collecting.test(mailbox) == "The server does not open the folder Answers: There is no such folder"


def test_a_look_is_queued_once(mailbox):
    look_around()
    look_around()

    assert queued(look_into) == [[mailbox.pk]]


def test_of_two_workers_one_looks(imap, mailbox):
    look_into.call(mailbox.pk)
    told = len(imap.told)
    look_into.call(mailbox.pk)

    assert 0 < told == len(imap.told)


@pytest.mark.parametrize(
    ("failure", "minutes", "count"), [("", 0.5, 0), ("", 1.5, 1), ("No answer.", 1.5, 0), ("No answer.", 10.5, 1)]
)
def test_a_mailbox_is_looked_into_every_minute_and_a_failing_one_less_often(mailbox, failure, minutes, count):
    ago = timezone.now() - timedelta(minutes=minutes)
    MailServer.objects.update(imap_looked_at=ago, imap_failure=failure)
    look_around()

    assert len(queued(look_into)) == count


def test_a_server_without_mailbox_is_not_looked_into(mailbox):
    MailServer.objects.update(imap_host="")
    look_around()

    assert not queued(look_into)


def test_a_mailbox_that_was_replaced_during_a_look_keeps_its_own_place(imap, mailbox, answer):
    MailServer.objects.update(imap_user="other@example.com", imap_validity=None)
    imap.deliver(answer())
    collect(mailbox)

    assert MailServer.objects.get().imap_validity is None
