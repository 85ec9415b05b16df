"""The parts of a mail that came in: its texts, and its files, kept with the person."""

import pytest
from django.db import connection

from contacts.attachments import attaching
from contacts.attachments.models import Attachment
from contacts.emails import receiving
from contacts.emails.addressing import reply_address
from contacts.emails.models import Email
from contacts.emails.receiving import receive
from tests.emails.mails import multipart

pytestmark = pytest.mark.django_db

PDF = "Content-Type: application/pdf\nContent-Disposition: attachment; filename=plan.pdf\n\nThe plan"
TEXT = "Content-Type: text/plain\n\nHere is the plan."


def _answer_with(thread, contact, *parts, kind="mixed", **fields):
    return multipart(*parts, kind=kind, From=contact.email, To=reply_address(thread), **fields)


def _content(file):
    with file.file.open() as stored:
        return stored.read()


def test_files_are_kept_with_the_person(thread, contact):
    email = receive(_answer_with(thread, contact, TEXT, PDF))
    [file] = email.attachments.all()

    assert (file.name, file.person_id, _content(file)) == ("plan.pdf", contact.pk, b"The plan")
    assert (email.body, email.attachment_count, file.event.shown) == ("Here is the plan.", 1, False)


def test_pictures_inside_the_text_are_files_too(thread, contact):
    picture = "Content-Type: image/png\nContent-ID: <a>\nContent-Disposition: inline\n\nx"

    assert receive(_answer_with(thread, contact, TEXT, picture, kind="related")).attachments.get().name == "image.png"


def test_a_mail_inside_the_mail_is_a_file(thread, contact):
    inner = "Content-Type: message/rfc822\n\nSubject: Inner\n\nThe inner text"
    email = receive(_answer_with(thread, contact, TEXT, inner))

    assert email.body == "Here is the plan."
    assert b"The inner text" in _content(email.attachments.get())


def test_files_that_are_too_large_are_named(thread, contact, monkeypatch):
    monkeypatch.setattr(attaching, "MAX_BYTES", 4)
    email = receive(_answer_with(thread, contact, TEXT, PDF))

    assert email.body == "Here is the plan.\n\n[Not kept: plan.pdf: This file is larger than 25 MB.]"
    assert email.attachment_count == Attachment.objects.count() == 0


def test_more_than_thirty_files_are_named(thread, contact):
    email = receive(_answer_with(thread, contact, TEXT, *[PDF] * 32))

    assert email.attachment_count == 30
    assert email.body.count("plan.pdf: More than 30 files.") == 2


def test_no_file_is_left_behind_when_filing_fails(thread, contact, monkeypatch, settings):
    monkeypatch.setattr(receiving, "_tell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive(_answer_with(thread, contact, TEXT, PDF))

    assert not Email.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_files_are_stored_before_the_database_is_locked(thread, contact, monkeypatch):
    store, inside = attaching._store, []

    def watched(*args):
        inside.append(connection.in_atomic_block)
        return store(*args)

    monkeypatch.setattr(attaching, "_store", watched)
    receive(_answer_with(thread, contact, TEXT, PDF))

    assert inside == [False]


def test_of_a_mail_that_is_known_no_file_is_stored(thread, contact, monkeypatch):
    first = receive(_answer_with(thread, contact, TEXT, PDF))
    monkeypatch.setattr(attaching, "_store", lambda *_: 1 / 0)

    assert receive(_answer_with(thread, contact, TEXT, PDF)) == first


def test_of_a_mail_that_comes_in_twice_at_once_the_files_are_kept_once(thread, contact, monkeypatch, settings):
    first = receive(_answer_with(thread, contact, TEXT, PDF))
    answers = iter([None, first])
    monkeypatch.setattr(receiving, "_known", lambda *_: next(answers))

    assert receive(_answer_with(thread, contact, TEXT, PDF)) == first
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == Attachment.objects.count() == 1


HTML = "Content-Type: text/html; charset=utf-8\n\n<p>Sí, a las <b>once</b>.</p><p>Andrea</p>"


def test_a_mail_of_html_alone_has_its_words_as_text(thread, contact):
    email = receive(_answer_with(thread, contact, HTML))

    assert email.body == "Sí, a las once.\n\nAndrea"
    assert email.html == "<p>Sí, a las <b>once</b>.</p><p>Andrea</p>"


def test_of_two_versions_both_are_kept(thread, contact):
    email = receive(_answer_with(thread, contact, TEXT, HTML, kind="alternative"))

    assert (email.body, email.html[:3]) == ("Here is the plan.", "<p>")
