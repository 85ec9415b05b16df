"""The line that says what happened, with a way back."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string
from django.test import RequestFactory

from tesoro.toasts import read, toast


@pytest.fixture
def request_():
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    return request


def kept(request):
    return [read(message) for message in messages.get_messages(request)]


def test_a_toast_has_its_text_and_tone(request_):
    toast(request_, "Contact created")
    [shown] = kept(request_)
    assert (shown.text, shown.tone, shown.undo_url) == ("Contact created", "good", "")


def test_undo_repeats_the_name_of_a_list(request_):
    toast(request_, "3 moved", undo_url="/undo/", undo_data={"ids": [7, 9], "from": "list"})
    [shown] = kept(request_)
    assert shown.undo_url == "/undo/"
    assert shown.undo_data == [("ids", "7"), ("ids", "9"), ("from", "list")]


def test_a_plain_message_is_a_toast_too(request_):
    messages.error(request_, "Refused", extra_tags="some words")
    [shown] = kept(request_)
    assert (shown.text, shown.tone, shown.undo_data) == ("Refused", "bad", [])


def test_undo_is_a_form_that_posts(request_):
    toast(request_, "<b>Moved</b>", undo_url="/undo/", undo_data={"ids": [7]})
    drawn = render_to_string("parts/toasts.html", {"messages": messages.get_messages(request_)}, request_)
    assert '<form method="post" action="/undo/">' in drawn
    assert '<input type="hidden" name="ids" value="7">' in drawn
    assert "&lt;b&gt;Moved" in drawn
    assert 'role="status"' in drawn


def test_a_fragment_brings_its_toasts_out_of_band(request_):
    toast(request_, "Done")
    drawn = render_to_string("parts/toasts.html", {"messages": messages.get_messages(request_), "oob": True}, request_)
    assert 'hx-swap-oob="true"' in drawn
