"""What leaves by SMTP: the letter as it arrives at a server on loopback."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from contacts.attachments.attaching import attach
from contacts.emails.composing import MOST_REFERENCES, write
from contacts.emails.letters import letter
from contacts.emails.models import Email
from tesoro.outbox import State
from tests.fakes import smtp

from .conftest import delivered

INVITATION = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def kinds(letter):
    return [part.get_content_type() for part in letter.walk() if not part.is_multipart()]


def text(letter, kind="plain"):
    return letter.get_body((kind,)).get_content()


def test_letter_comes_from_the_agent_at_the_office(sent, post, contact):
    email = sent()

    [letter] = post.letters
    assert email.state == State.SENT
    assert email.sent_at
    assert str(letter["From"]) == f"Lucía Fernández-Ocaña <{smtp.USER}>"
    assert letter["To"] == contact.email
    assert post.envelopes == [(smtp.USER, [contact.email])]


def test_without_a_server_of_its_own_an_office_sends_in_the_services_name(post, contact, agent, mailoutbox):
    delivered(write(contact, subject="The visit", body="Hello", by=agent))

    assert mailoutbox[0].from_email == "Lucía Fernández-Ocaña <no-reply@example.com>"


def test_address_of_the_office_goes_with_its_own_server_only(server, contact, agent, mailoutbox):
    server.smtp_host = ""
    server.save()
    delivered(write(contact, subject="The visit", body="Hello", by=agent))

    assert "no-reply@example.com" in mailoutbox[0].from_email


def test_answers_go_to_the_conversation(sent, post, settings):
    settings.INBOUND_ADDRESS = "in@reply.example.com"
    email = sent()

    address = f"in+{email.conversation.token}@reply.example.com"
    assert str(post.letters[0]["Reply-To"]) == f"Lucía Fernández-Ocaña <{address}>"


def test_answers_go_to_the_offices_own_mailbox(sent, post, server):
    server.imap_host = smtp.HOST
    server.save()
    email = sent()

    assert f"office+{email.conversation.token}@example.com" in str(post.letters[0]["Reply-To"])


def test_where_mail_has_no_way_in_answers_go_to_the_agent(sent, post, agent):
    sent()

    assert agent.email in str(post.letters[0]["Reply-To"])


def test_second_email_refers_to_the_first(sent, post):
    first = sent()
    second = sent(conversation=first.conversation)
    sent(conversation=first.conversation)

    assert [str(letter["Message-ID"]) for letter in post.letters[:2]] == [first.message_id, second.message_id]
    assert re.fullmatch(r"<[0-9a-f-]{36}@example\.com>", first.message_id)
    assert post.letters[0]["References"] is None
    assert str(post.letters[2]["References"]) == f"{first.message_id} {second.message_id}"
    assert str(post.letters[2]["In-Reply-To"]) == second.message_id


def test_what_somebody_sent_as_message_id_cannot_break_the_headers(sent, post):
    first = sent()
    Email.objects.filter(pk=first.pk).update(message_id="<a@b>\r\nBcc: x@example.org")
    sent(conversation=first.conversation)

    assert post.letters[1]["References"] is None
    assert post.letters[1]["Bcc"] is None


def test_long_conversation_keeps_its_first_and_latest_references(contact, agent):
    first = write(contact, subject="The visit", body="1", by=agent)
    emails = [write(contact, subject="Re", body="2", by=agent, conversation=first.conversation) for _ in range(30)]

    found = emails[-1].references.split()
    assert len(found) == MOST_REFERENCES + 1
    assert (found[0], found[-1]) == (first.message_id, emails[-2].message_id)


def test_text_and_html_say_the_same(sent, post):
    sent(body="At **eleven**.\n\n<script>alert(1)</script>")

    [letter] = post.letters
    assert kinds(letter) == ["text/plain", "text/html"]
    assert "At **eleven**." in text(letter)
    assert "<strong>eleven</strong>" in text(letter, "html")
    assert "<script>" not in text(letter, "html")


def test_signature_of_the_agent_stands_below(sent, post, agent):
    agent.signature = "Lucía\nCasa **Mirador**"
    agent.save()
    sent()

    [letter] = post.letters
    assert "\n-- \nLucía\n" in text(letter).replace("\r\n", "\n")
    assert "Casa <strong>Mirador</strong>" in text(letter, "html")


def test_letters_of_every_script_arrive(sent, post):
    sent(subject="Visita: ático en Dénia — 你好 🏡", body="Ça va? Größe: 90 m²")

    [letter] = post.letters
    assert str(letter["Subject"]) == "Visita: ático en Dénia — 你好 🏡"
    assert "Größe: 90 m²" in text(letter)


def test_file_arrives_byte_for_byte_under_its_name(sent, post, contact, agent):
    content = b"\xef\xbb\xbfa;b\r\n\x00\xff"
    file = attach(contact, ContentFile(content, name="Año 2026 – precios.csv"), by=agent)
    email = sent(attachments=[file])

    [part] = post.letters[0].iter_attachments()
    assert part.get_filename() == "Año 2026 – precios.csv"
    assert part.get_payload(decode=True) == content
    assert email.attachment_count == 1


def test_file_that_was_deleted_meanwhile_still_goes_along(server, post, contact, agent):
    file = attach(contact, ContentFile(b"plan", name="plan.pdf"), by=agent)
    email = write(contact, subject="The plan", body="Here", by=agent, attachments=[file])
    file.trash(by=agent)
    delivered(email)

    assert [part.get_filename() for part in post.letters[0].iter_attachments()] == ["plan.pdf"]


def test_files_that_are_too_large_together_are_refused(contact, agent):
    file = attach(contact, ContentFile(b"x", name="film.mp4"), by=agent)
    file.size = 21 * 1024 * 1024
    with pytest.raises(ValidationError) as refused:
        write(contact, subject="The film", body="Here", by=agent, attachments=[file])

    assert "attachments" in refused.value.message_dict


def test_invitation_travels_as_one(sent, post):
    sent(calendar=INVITATION)

    [part] = [part for part in post.letters[0].walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_content().startswith("BEGIN:VCALENDAR")


def test_line_break_in_a_subject_starts_no_header(sent, post):
    email = sent(subject="The visit\r\nBcc: everybody@example.org")

    assert email.subject == "The visit Bcc: everybody@example.org"
    assert post.letters[0]["Bcc"] is None
    assert post.envelopes[0][1] == [email.recipient]


def test_line_break_that_got_into_the_database_sends_nothing(server, post, contact, agent):
    email = write(contact, subject="The visit", body="Hello", by=agent)
    Email.objects.update(subject="The visit\nBcc: everybody@example.org")

    assert delivered(email).state == State.FAILED
    assert post.letters == []


def test_real_mail_carries_no_mark_of_the_office(sent, post):
    sent()

    assert not [name for name in post.letters[0] if name.lower().startswith("x-tesoro")]


def test_email_is_told_on_the_timeline_once(sent, contact):
    sent()

    assert [event.verb for event in contact.events.all()] == ["emailed"]


@pytest.mark.parametrize("fields", [{"subject": ""}, {"subject": "x" * 201}, {"body": "x" * 50_001}])
def test_texts_that_break_their_rule_are_refused_and_nothing_is_kept(contact, agent, fields):
    with pytest.raises(ValidationError) as refused:
        write(contact, **{"subject": "The visit", "body": "Hello", "by": agent, **fields})

    assert refused.value.message_dict.keys() == fields.keys()
    assert not Email.with_trash.exists()
    assert not contact.events.exists()


@pytest.mark.parametrize("backend", ["accounts.mail.OutboxBackend", "django.core.mail.backends.locmem.EmailBackend"])
def test_services_that_number_mail_themselves_get_its_message_id_along(contact, agent, settings, backend):
    settings.EMAIL_BACKEND = backend
    email = write(contact, subject="The visit", body="x", by=agent)
    told = email.message_id if "locmem" in backend else None

    headers = letter(email, None).extra_headers
    assert headers.get("X-PM-Metadata-message-id") == told
    assert json.loads(headers.get("X-MJ-EventPayload", "{}")).get("message-id") == told


def test_an_office_s_own_server_is_told_nothing_more(sent, post):
    sent()

    assert not [name for name in post.letters[0] if name.startswith(("X-PM", "X-MJ"))]
