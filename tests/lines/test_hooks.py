"""Only what Twilio signed with the line's token, over the public address, comes in."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.lines.hooks import number_in, whole, word
from contacts.lines.models import Line
from tests.fakes.twilio import TOKEN, signature

FORM = {"CallSid": "CA" + "a" * 32, "From": "+34612345678"}


def post(line, base, host="testserver", form=FORM, signed=None, token=TOKEN):
    path = reverse("calls:incoming", kwargs={"key": line.key})
    header = signature(f"{base}{path}", FORM, token) if signed is None else signed
    return Client().post(path, form, headers={"X-Twilio-Signature": header, "host": host})


def test_the_public_address_is_what_was_signed_whatever_the_host_header_says(line, settings):
    settings.PUBLIC_URL = "https://crm.example.com"

    assert post(line, "https://crm.example.com", host="localhost").status_code == 200
    assert post(line, "https://localhost", host="localhost").status_code == 403


def test_a_changed_word_breaks_the_signature(line, settings):
    assert post(line, settings.PUBLIC_URL, form={**FORM, "From": "+33612345678"}).status_code == 403


@pytest.mark.parametrize("header", ["", "x", "é", "A" * 5000])
def test_a_signature_that_is_none_is_refused(line, settings, header):
    assert post(line, settings.PUBLIC_URL, signed=header).status_code == 403


def test_a_token_that_cannot_be_read_signs_nothing(line, settings):
    Line.objects.update(token="sealed with a key that is gone")

    assert post(line, settings.PUBLIC_URL).status_code == 403


def test_an_empty_token_signs_nothing(line, settings):
    Line.objects.update(token="")

    assert post(line, settings.PUBLIC_URL, token="").status_code == 403


def test_a_line_that_is_off_takes_nothing_in(line, settings):
    Line.objects.update(active=False)

    assert post(line, settings.PUBLIC_URL).status_code == 404


def test_hooks_are_posted_to(line):
    assert Client().get(reverse("calls:incoming", kwargs={"key": line.key})).status_code == 405


def test_a_body_in_a_strange_alphabet_is_refused_and_breaks_nothing(line):
    path = reverse("calls:incoming", kwargs={"key": line.key})
    body = b'--x\r\nContent-Disposition: form-data; name="From"\r\n\r\n+2AA-\r\n--x--\r\n'

    answer = Client().post(path, body, content_type="multipart/form-data; boundary=x; charset=utf-7")
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+34612345678", "+34612345678"), ("whatsapp:+34612345678", "+34612345678"), ("anonymous", ""), ("", "")],
)
def test_numbers_are_read_as_twilio_writes_them(rf, typed, number):
    assert number_in(rf.post("/", {"From": typed}), "From") == number


def test_words_are_one_line_of_what_can_be_read(rf):
    request = rf.post("/", {"a": "x\0y\u202ez", "n": "12", "bad": "٣", "long": "1" * 40})

    assert word(request, "a", 2) == "xy"
    assert [whole(request, name) for name in ("n", "bad", "gone")] == [12, None, None]
