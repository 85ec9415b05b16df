"""The webhooks of mail services: shut without a secret, and no mail is lost."""

import base64
import hashlib
import hmac
import json
import time
import warnings

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contacts.emails import hooks
from contacts.emails.addressing import reply_address
from contacts.emails.models import BouncedAddress, Conversation, Email
from contacts.timeline.recording import record
from tests.factories import ContactFactory

SECRET = "mail:a long secret"
SIGNING_KEY = "a-signing-key"


def _basic(words):
    return {"HTTP_AUTHORIZATION": "Basic " + base64.b64encode(words.encode()).decode()}


GOOD = _basic(SECRET)
WRONG = [{}, _basic("mail:wrong"), {"HTTP_AUTHORIZATION": "Basic %%"}, {"HTTP_AUTHORIZATION": "Bearer x"}]


@pytest.fixture(autouse=True)
def secret(settings):
    settings.ANYMAIL = {
        "WEBHOOK_SECRET": SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY,
        "BREVO_API_KEY": "a-key",
    }
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "django-anymail has dropped official support for SendGrid")
        yield


def _url(esp, tracking=False):
    return reverse("emails:tracking-hook" if tracking else "emails:hook", args=[esp])


def _signed(fields):
    stamp = str(int(time.time()))
    told = hmac.new(SIGNING_KEY.encode(), f"{stamp}token".encode(), hashlib.sha256).hexdigest()
    return {**fields, "timestamp": stamp, "token": "token", "signature": told}


def _headers(contact, thread):
    return [
        ["From", f"Andrea <{contact.email}>"],
        ["To", reply_address(thread)],
        ["Subject", "Re: The visit"],
        ["Message-ID", "<1@example.com>"],
    ]


def _mailgun(contact, thread, **more):
    told = json.dumps(_headers(contact, thread))
    return {
        "data": _signed(
            {"message-headers": told, "body-plain": "At eleven.", "recipient": reply_address(thread), **more}
        )
    }


def _postmark(contact, thread, **more):
    told = {
        "FromFull": {"Email": contact.email, "Name": "Andrea"},
        "ToFull": [{"Email": reply_address(thread), "Name": ""}],
        "OriginalRecipient": reply_address(thread),
        "Subject": "Re: The visit",
        "Headers": [{"Name": "Message-ID", "Value": "<1@example.com>"}],
        "TextBody": "At eleven.",
        "Attachments": [],
    }
    return {"data": json.dumps({**told, **more}), "content_type": "application/json"}


def _brevo(contact, thread):
    item = {"Uuid": ["1"], "Headers": dict(_headers(contact, thread)), "RawTextBody": "At eleven.", "RawHtmlBody": None}
    return {"data": json.dumps({"items": [item]}), "content_type": "application/json"}


def _mailjet(contact, thread):
    told = {"Headers": dict(_headers(contact, thread)), "Text-part": "At eleven.", "Parts": [], "Sender": contact.email,
            "Recipient": reply_address(thread)}  # fmt: skip
    return {"data": json.dumps(told), "content_type": "application/json"}


def _sendgrid(contact, thread):
    headers = "\n".join(f"{name}: {value}" for name, value in _headers(contact, thread))
    envelope = json.dumps({"to": [reply_address(thread)], "from": contact.email})
    return {
        "data": {"headers": headers, "text": "At eleven.", "envelope": envelope, "charsets": "{}", "attachments": "0"}
    }


POSTS = {"mailgun": _mailgun, "postmark": _postmark, "brevo": _brevo, "mailjet": _mailjet, "sendgrid": _sendgrid}


@pytest.mark.parametrize("esp", POSTS)
def test_a_mail_that_a_service_posts_is_filed(client, contact, thread, esp):
    assert client.post(_url(esp), **POSTS[esp](contact, thread), **GOOD).status_code == 200

    email = Email.objects.get()
    assert (email.conversation, email.message_id, email.body) == (thread, "<1@example.com>", "At eleven.")


@pytest.mark.parametrize("esp", POSTS)
def test_a_mail_that_is_posted_again_is_filed_once(client, contact, thread, esp):
    for _time in range(2):
        client.post(_url(esp), **POSTS[esp](contact, thread), **GOOD)

    assert Email.objects.count() == 1


@pytest.mark.parametrize("auth", WRONG)
@pytest.mark.parametrize("tracking", [False, True])
@pytest.mark.parametrize("esp", POSTS)
def test_a_post_without_the_secret_is_refused(client, contact, thread, esp, tracking, auth):
    assert client.post(_url(esp, tracking), **POSTS[esp](contact, thread), **auth).status_code == 403
    assert not Email.objects.exists()


def test_a_wrong_signature_is_refused(client, contact, thread):
    post = _mailgun(contact, thread)
    post["data"]["signature"] = "0" * 64

    assert client.post(_url("mailgun"), **post, **GOOD).status_code == 403
    assert not Email.objects.exists()


@pytest.mark.parametrize("tracking", [False, True])
@pytest.mark.parametrize("esp", [*POSTS, "unknown"])
def test_without_a_secret_the_addresses_are_not_there(client, db, settings, esp, tracking):
    settings.ANYMAIL = {}

    assert client.post(_url(esp, tracking), **GOOD).status_code == 404


@pytest.mark.parametrize("esp", ["mailgun", "brevo", "unknown"])
def test_without_its_own_key_a_service_is_not_there(client, db, settings, esp):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}

    assert client.post(_url(esp), **GOOD).status_code == 404


NONSENSE = [b"", b"{", b"[]", b"null", b"1", b'{"items": [1]}', b'{"Headers": 1}', b"\xff\xfe", b'{"event-data": {}}']


@pytest.mark.parametrize("content", NONSENSE)
@pytest.mark.parametrize("tracking", [False, True])
@pytest.mark.parametrize("esp", POSTS)
def test_nonsense_is_not_understood(client, db, esp, tracking, content):
    answer = client.post(_url(esp, tracking), content, content_type="application/json", **GOOD)

    assert answer.status_code in (200, 400, 403)
    assert not Email.objects.exists()


def test_a_service_may_ask_whether_the_address_is_there(client, db):
    assert client.head(_url("postmark")).status_code == 200
    assert client.get(_url("postmark")).status_code == 405


def test_a_mail_that_cannot_be_stored_is_to_be_posted_again(client, contact, thread, monkeypatch, caplog):
    monkeypatch.setattr(hooks, "receive", lambda *_args, **_options: 1 / 0)

    assert client.post(_url("postmark"), **_postmark(contact, thread), **GOOD).status_code == 503


def test_files_larger_than_what_forms_may_hold_come_in(client, contact, thread):
    content = base64.b64encode(b"x" * 4_000_000).decode()
    plan = {"Name": "plan.pdf", "Content": content, "ContentType": "application/pdf", "ContentLength": 4_000_000}
    client.post(_url("postmark"), **_postmark(contact, thread, Attachments=[plan]), **GOOD)

    assert Email.objects.get().attachments.get().size == 4_000_000


def test_files_come_in_by_a_form_too(client, contact, thread):
    post = _mailgun(contact, thread, **{"attachment-count": "1"})
    post["data"]["attachment-1"] = SimpleUploadedFile("plan.pdf", b"The plan", "application/pdf")
    client.post(_url("mailgun"), **post, **GOOD)

    assert Email.objects.get().attachments.get().name == "plan.pdf"


def test_a_post_that_is_too_large_is_refused(client, contact, thread, monkeypatch):
    monkeypatch.setattr(hooks, "MOST_BYTES", 100)

    assert client.post(_url("postmark"), **_postmark(contact, thread), **GOOD).status_code == 413


def test_a_mail_to_two_offices_is_filed_with_both(client, contact, thread, stranger):
    other = ContactFactory(account=stranger.account)
    second = Conversation.objects.create(account=stranger.account, person=other, subject="The keys")
    to = [{"Email": reply_address(one), "Name": ""} for one in (thread, second)]
    client.post(_url("postmark"), **_postmark(contact, thread, ToFull=to), **GOOD)

    assert {email.conversation for email in Email.objects.all()} == {thread, second}


def test_a_service_tells_that_an_email_came_back(client, account, agent, contact, thread):
    event = record("emailed", by=agent, person=contact)
    Email.objects.create(account=account, person=contact, conversation=thread, event=event, state="sent", subject="x",
                         recipient=contact.email, message_id="<1@casa.example>")  # fmt: skip
    told = {
        "event": "failed",
        "severity": "permanent",
        "recipient": contact.email,
        "timestamp": 1,
        "message": {"headers": {"message-id": "1@casa.example"}},
        "delivery-status": {"message": "550 No such user"},
    }
    post = json.dumps({"signature": _signed({}), "event-data": told})
    answer = client.post(_url("mailgun", True), post, content_type="application/json", **GOOD)

    assert answer.status_code == 200
    assert Email.objects.get().failure == BouncedAddress.objects.get().reason == "550 No such user"
