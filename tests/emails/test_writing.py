"""The form of a new email, and of an answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from contacts.attachments import attaching
from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.emails.composing import write
from contacts.emails.models import BouncedAddress, Conversation, Email
from contacts.emails.models.email import BODY_LIMIT
from tests.factories import ContactFactory, LeadFactory

HTMX = {"HX-Request": "true"}
DATA = {"subject": "The visit", "body": "At **eleven**."}


def new_url(person):
    return f"{person.get_absolute_url()}emails/new/"


def thread_url(email):
    return reverse("contacts:conversation", args=[email.person_id, email.conversation_id])


@pytest.fixture
def email(contact, agent):
    return write(contact, subject="The visit", body="At eleven.", by=agent)


@pytest.mark.parametrize("make", [ContactFactory, LeadFactory])
def test_email_is_written_to_contacts_and_leads_alike(as_agent, account, agent, make):
    person = make(account=account)
    answer = as_agent.post(new_url(person), DATA)

    email = Email.objects.get()
    assert answer.url == f"{person.get_absolute_url()}emails/#email-{Email.objects.get().pk}"
    assert (email.person_id, email.author, email.state, email.recipient) == (person.pk, agent, "queued", person.email)
    assert email.conversation.subject == "The visit"


def test_form_is_a_page_a_panel_or_the_composer(as_agent, contact):
    page = as_agent.get(new_url(contact)).content.decode()
    panel = as_agent.get(new_url(contact), headers=HTMX).content.decode()
    composer = as_agent.get(new_url(contact), headers={**HTMX, "HX-Target": "composer"}).content.decode()

    assert "<html" in page
    assert 'id="panel-title"' in panel
    assert 'id="composer"' in composer


def test_saved_form_leads_back_to_the_page_below_the_panel(as_agent, contact):
    here = {**HTMX, "HX-Current-URL": f"http://testserver{contact.get_absolute_url()}"}
    answer = as_agent.post(new_url(contact), DATA, headers=here)

    assert (answer.status_code, answer["HX-Redirect"]) == (
        204,
        f"{contact.get_absolute_url()}#email-{Email.objects.get().pk}",
    )


@pytest.mark.parametrize(("data", "words"), [
    ({"subject": ""}, "Subject is missing."),
    ({"body": " "}, "Message is missing."),
    ({"subject": "x" * 201}, "At most 200 characters"),
    ({"body": "x" * 50_001}, "At most 50,000 characters"),
    ({"subject": "a\x07b"}, "There is a character that cannot be shown"),
])  # fmt: skip
def test_mistake_is_told_and_nothing_typed_is_lost(as_agent, contact, data, words):
    answer = as_agent.post(new_url(contact), {**DATA, **data})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert {**DATA, **data}["body"][:20] in answer.content.decode()
    assert not Email.objects.exists()


def test_files_of_the_person_and_new_ones_go_along(as_agent, contact, agent):
    known = attach(contact, SimpleUploadedFile("plan.pdf", b"plan"), by=agent)
    uploads = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")]
    as_agent.post(new_url(contact), {**DATA, "attachments": [known.pk], "uploads": uploads})

    email = Email.objects.get()
    assert {file.name for file in email.attachments.all()} == {"plan.pdf", "a.txt", "b.txt"}
    assert email.attachment_count == 3


def test_new_files_get_no_card_beside_that_of_the_email(as_agent, contact):
    as_agent.post(new_url(contact), {**DATA, "uploads": [SimpleUploadedFile("a.txt", b"a")]})

    assert [event.verb for event in contact.events.visible()] == ["emailed"]


def test_file_that_cannot_be_kept_is_named_and_nothing_stays(as_agent, contact, settings):
    uploads = [SimpleUploadedFile("good.txt", b"a"), SimpleUploadedFile("empty.txt", b"")]
    answer = as_agent.post(new_url(contact), {**DATA, "uploads": uploads})

    assert "empty.txt: This file is empty." in answer.content.decode()
    assert not Email.objects.exists()
    assert not Attachment.with_trash.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_files_are_stored_before_the_database_is_locked(as_agent, contact, monkeypatch):
    store, inside = attaching._store, []

    def watched(*args):
        inside.append(connection.in_atomic_block)
        return store(*args)

    monkeypatch.setattr(attaching, "_store", watched)
    as_agent.post(new_url(contact), {**DATA, "uploads": [SimpleUploadedFile("a.txt", b"a")]})

    assert inside == [False]


def test_file_of_somebody_else_is_no_choice(as_agent, contact, account, agent):
    other = attach(ContactFactory(account=account), SimpleUploadedFile("secret.pdf", b"x"), by=agent)
    answer = as_agent.post(new_url(contact), {**DATA, "attachments": [other.pk]})

    assert answer.status_code == 422
    assert not Email.objects.exists()


def test_person_who_is_not_to_be_contacted_cannot_be_written_to(as_agent, contact):
    type(contact).objects.update(do_not_contact=True)
    page = as_agent.get(new_url(contact)).content.decode()
    answer = as_agent.post(new_url(contact), DATA)

    assert "asked not to be contacted" in page
    assert 'type="submit" data-hotkey="mod+s"' not in page
    assert answer.status_code == 422
    assert not Email.objects.exists()


def test_address_that_mail_came_back_from_is_warned_of(as_agent, contact):
    BouncedAddress.objects.create(account=contact.account, email_key=contact.email_key, reason="550 No such user")

    assert "550 No such user" in as_agent.get(new_url(contact)).content.decode()


def test_signature_stands_below_the_form(as_agent, contact, agent):
    agent.signature = "Lucía, *Casa Mirador*"
    agent.save()

    assert "Lucía, <em>Casa Mirador</em>" in as_agent.get(new_url(contact)).content.decode()


def test_preview_is_made_safe(as_agent):
    text = as_agent.post(reverse("emails:preview"), {"body": "**Hello** <script>alert(1)</script>"}).content.decode()

    assert "<strong>Hello</strong>" in text
    assert "<script>" not in text


def test_preview_shows_no_more_than_an_email_may_hold(as_agent):
    answer = as_agent.post(reverse("emails:preview"), {"body": "x" * (BODY_LIMIT + 1)})

    assert answer.context["body"] == "x" * BODY_LIMIT


def test_answer_goes_on_with_the_conversation(as_agent, email):
    answer = as_agent.post(thread_url(email), {"body": "Or at twelve?"})

    reply = Email.objects.latest("pk")
    assert answer.url == f"{thread_url(email)}#email-{reply.pk}"
    assert reply.conversation == email.conversation
    assert (reply.subject, reply.references) == ("Re: The visit", email.message_id)


def test_answer_to_an_answer_repeats_no_re(as_agent, email):
    Conversation.objects.update(subject="RE: The visit")
    as_agent.post(thread_url(email), {"body": "Or at twelve?"})

    assert Email.objects.latest("pk").subject == "RE: The visit"


def test_empty_answer_is_told(as_agent, email):
    answer = as_agent.post(thread_url(email), {"body": ""})

    assert answer.status_code == 422
    assert "Message is missing." in answer.content.decode()


def test_conversation_of_another_person_is_not_answered_here(as_agent, email, account):
    other = ContactFactory(account=account)
    url = reverse("contacts:conversation", args=[other.pk, email.conversation_id])

    assert as_agent.post(url, {"body": "Hello"}).status_code == 404
