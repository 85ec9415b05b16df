"""Uploading to the tab: several at once, those that are refused told by name, with script and without."""

import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from contacts.attachments.attaching import MAX_BYTES
from contacts.attachments.models import Attachment
from tests.attachments.conftest import sent, tab_of
from tests.factories import ContactFactory, LeadFactory

SCRIPT = {"Accept": "application/json"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TOO_LARGE = bytes(MAX_BYTES + 1)


def upload(client, person, *files, **options):
    return client.post(tab_of(person), {"files": list(files)}, **options)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_several_files_are_added_at_once(as_agent, contact):
    answer = upload(as_agent, contact, sent("a.pdf"), sent("b.pdf"), sent("c.pdf"))

    assert answer.url == tab_of(contact)
    assert said(answer) == ["3 files added"]
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.pdf", "b.pdf", "c.pdf"]


def test_one_that_is_refused_is_told_by_name_and_the_others_are_kept(as_agent, contact):
    answer = upload(as_agent, contact, sent("good.pdf"), sent("huge.mov", TOO_LARGE), sent("empty.txt", b""))
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "<b>huge.mov</b>: This file is larger than 25 MB." in text
    assert "<b>empty.txt</b>: This file is empty." in text
    assert "“good.pdf” added" in text
    assert list(Attachment.objects.values_list("name", flat=True)) == ["good.pdf"]


def test_a_script_gets_the_same_in_its_own_words(as_agent, contact):
    answer = upload(as_agent, contact, sent("good.pdf"), sent("empty.txt", b""), headers=SCRIPT)

    assert json.loads(answer.content) == {
        "kept": [{"name": "good.pdf", "note": ""}],
        "refused": [{"name": "empty.txt", "reason": "This file is empty."}],
    }
    assert said(answer) == []


def test_sending_nothing_says_what_to_do(as_agent, contact):
    answer = as_agent.post(tab_of(contact), {})

    assert answer.status_code == 422
    assert "Choose at least one file." in answer.content.decode()


@pytest.mark.parametrize(("size", "kept"), [(MAX_BYTES, 1), (MAX_BYTES + 1, 0)])
def test_25_mb_are_kept_and_one_byte_more_is_not(as_agent, contact, size, kept):
    upload(as_agent, contact, sent(content=bytes(size)))

    assert Attachment.objects.count() == kept


def upload_named(client, person, name):
    """Send a file under exactly this name; the test client itself would clean it."""
    head = f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return client.post(tab_of(person), f"{head}text\r\n--edge--\r\n".encode(), "multipart/form-data; boundary=edge")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../x", "x"), ("C:\\plans\\x.pdf", "x.pdf"), ("\u202egnp.exe", "gnp.exe"), ("&#x202e;gnp.exe", "gnp.exe")],
)
def test_a_name_that_could_do_harm_is_shown_without_it(as_agent, contact, name, shown):
    answer = upload_named(as_agent, contact, name)

    assert said(answer) == [f"“{shown}” added"]
    assert Attachment.objects.get().name == shown


def test_a_name_of_300_characters_is_shortened_and_the_answer_says_so(as_agent, contact):
    answer = upload_named(as_agent, contact, "x" * 296 + ".pdf")
    name = Attachment.objects.get().name

    assert name == "x" * 146 + ".pdf"
    assert said(answer)[1] == f"Its name was too long and is now “{name}”."


@pytest.mark.parametrize("name", ["", "..", "a/"])
def test_a_file_without_a_name_is_no_file(as_agent, contact, name):
    assert upload_named(as_agent, contact, name).status_code == 422


@pytest.mark.parametrize(("name", "content"), [("drawing.svg", SVG), ("page.png", b"<script>alert(1)</script>")])
def test_what_a_browser_would_run_is_kept_and_never_run(as_agent, contact, name, content):
    upload(as_agent, contact, sent(name, content))
    attachment = Attachment.objects.get()
    answer = as_agent.get(reverse("attachments:download", args=[attachment.pk]))

    assert b"".join(answer) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert not attachment.thumbnail
    assert as_agent.get(f"/media/{attachment.file.name}").status_code == 404


def test_a_lead_has_files_too(as_agent, account, agent):
    lead = LeadFactory(account=account, assigned_to=agent)
    answer = as_agent.post(reverse("leads:attachments", args=[lead.pk]), {"files": [sent()]})

    assert answer.url == reverse("leads:attachments", args=[lead.pk])
    assert lead.attachment_set.count() == 1


def test_nobody_adds_files_in_another_office(as_agent, stranger):
    assert upload(as_agent, ContactFactory(account=stranger.account), sent()).status_code == 404
    assert not Attachment.objects.exists()


def test_nobody_adds_files_to_what_lies_in_the_trash(as_agent, contact, agent):
    contact.trash(by=agent)

    assert upload(as_agent, contact, sent()).status_code == 404
