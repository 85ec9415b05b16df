"""The outbox: the office's own mail, where it goes to files."""

import stat

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.urls import reverse

from accounts import mail, outbox
from accounts.models import Invitation

OUTBOX = "/settings/outbox/"


@pytest.fixture(autouse=True)
def _to_files(settings):
    # The test runner puts mail into memory; here it goes where the demo's goes.
    settings.EMAIL_BACKEND = "accounts.mail.OutboxBackend"


@pytest.fixture
def invited(as_admin):
    as_admin.post("/settings/users/invitations/", {"emails": "nuria@example.com", "role": "agent"})
    return Invitation.objects.get()


def test_an_admin_reads_the_mail_and_follows_its_link(as_admin, client, account, invited):
    page = as_admin.get(OUTBOX).content.decode()
    assert "nuria@example.com" in page
    [letter] = outbox.letters(account)
    page = as_admin.get(reverse("settings:letter", args=[letter.name])).content.decode()
    assert "invites you to the CRM of Casa Mirador" in page
    link = page.split('href="http://testserver')[1].split('"')[0]
    assert client.get(link).status_code == 200


def test_another_office_sees_none_of_it(as_stranger, stranger, account, invited):
    assert "nuria" not in as_stranger.get(OUTBOX).content.decode()
    [letter] = outbox.letters(account)
    assert as_stranger.get(reverse("settings:letter", args=[letter.name])).status_code == 404
    assert outbox.letters(stranger.account) == []


def test_a_reset_mail_lies_in_the_outbox_of_its_reader_s_office(client, agent, account, stranger):
    client.post("/password/reset/", {"email": agent.email})
    assert [letter.to for letter in outbox.letters(account)] == [agent.email]
    assert outbox.letters(stranger.account) == []


def test_a_file_whose_header_names_another_account_is_not_shown(account, stranger, invited, settings):
    [file] = settings.EMAIL_FILE_PATH.glob("*.eml")
    forged = file.with_name(file.name.replace(f"-{account.pk}-", f"-{stranger.account_id}-"))
    forged.write_bytes(file.read_bytes())
    assert outbox.letters(stranger.account) == []


def test_the_newest_mail_is_first(as_admin, account):
    for email in ("a@example.com", "b@example.com"):
        as_admin.post("/settings/users/invitations/", {"emails": email, "role": "agent"})
    assert [letter.to for letter in outbox.letters(account)] == ["b@example.com", "a@example.com"]


@pytest.mark.parametrize("name", ["nonsense", "20260101-000000-000000-1-deadbeef"])
def test_what_is_no_mail_is_not_found(as_admin, name):
    assert as_admin.get(f"{OUTBOX}{name}/").status_code == 404


def test_markup_in_a_mail_is_shown_as_text(as_admin, account):
    body = "<script>alert(1)</script> javascript:alert(2)"
    mail.deliver(EmailMessage("<b>Hi</b>", body, to=["a@example.com"], headers=mail.account_header(account)))
    [letter] = outbox.letters(account)
    page = as_admin.get(reverse("settings:letter", args=[letter.name])).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_with_a_mail_server_there_is_no_outbox_and_no_header(as_admin, account, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert as_admin.get(OUTBOX).status_code == 404
    assert OUTBOX not in as_admin.get("/settings/account/").content.decode()
    assert mail.account_header(account) == {}


def test_each_mail_is_a_file_that_only_its_owner_reads(invited, settings):
    [file] = settings.EMAIL_FILE_PATH.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"http://testserver/invitation/" in file.read_bytes()


def test_the_invitation_is_written_in_the_language_of_the_office(invited, account):
    [letter] = outbox.letters(account)
    assert letter.subject == "Carmen Fernández-Ocaña invites you to Casa Mirador"


def test_a_mail_names_what_goes_along(as_admin, account):
    message = EmailMultiAlternatives("Visit", "At eleven", to=["a@example.com"], headers=mail.account_header(account))
    message.attach_alternative("BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    message.attach("floor plan.pdf", b"%PDF", "application/pdf")
    mail.deliver(message)
    [letter] = outbox.letters(account)
    page = as_admin.get(reverse("settings:letter", args=[letter.name])).content.decode()
    assert "floor plan.pdf" in page
    assert "Invitation to a meeting" in page
