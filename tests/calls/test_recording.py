"""Recordings are fetched from Twilio, and handed to users of the account as nothing but sound."""

import pytest
from django.urls import reverse

from contacts.calls.models import Call
from contacts.lines import client as lines
from contacts.lines.models import Line
from tests.fakes.twilio import SID, TOKEN

RECORDING = "RE" + "c" * 32
SOUND = b"ID3" + bytes(200_000)


@pytest.fixture
def recorded(placed):
    Call.objects.update(recording_sid=RECORDING)
    return placed


def listen(client, call):
    return client.get(reverse("calls:recording", args=[call.pk]))


def test_a_recording_is_streamed_as_sound_and_nothing_else(as_agent, twilio, recorded):
    twilio.answers.append((200, SOUND))
    answer = listen(as_agent, recorded)

    assert b"".join(answer.streaming_content) == SOUND
    assert answer["Content-Type"] == "audio/mpeg"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"


def test_twilio_is_asked_with_the_accounts_own_key(as_agent, twilio, recorded):
    twilio.answers.append((200, SOUND))
    b"".join(listen(as_agent, recorded).streaming_content)

    asked = twilio.asked[-1]
    assert (asked.user, asked.password) == (SID, TOKEN)
    assert asked.path == f"/2010-04-01/Accounts/{SID}/Recordings/{RECORDING}.mp3"


def test_a_recording_that_is_too_long_is_refused(as_agent, twilio, recorded, monkeypatch):
    monkeypatch.setattr(lines, "MOST_BYTES", 1000)
    twilio.answers.append((200, SOUND))

    assert listen(as_agent, recorded).status_code == 502


def test_a_recording_that_twilio_lost_is_told_in_words(as_agent, recorded):
    answer = listen(as_agent, recorded)

    assert answer.status_code == 502
    assert "Twilio did not hand out this recording" in answer.content.decode()


def test_without_its_line_a_recording_is_gone(as_agent, recorded):
    Line.objects.all().delete()

    assert listen(as_agent, recorded).status_code == 404


def test_a_call_that_was_not_recorded_has_none(as_agent, placed):
    assert listen(as_agent, placed).status_code == 404


def test_a_stranger_does_not_listen(as_stranger, recorded):
    assert listen(as_stranger, recorded).status_code == 404


def test_a_visitor_signs_in_first(client, recorded):
    assert listen(client, recorded).status_code == 302


def test_the_card_offers_it(as_agent, recorded):
    text = as_agent.get(reverse("contacts:calls", args=[recorded.person_id])).content.decode()

    assert f'src="{reverse("calls:recording", args=[recorded.pk])}"' in text
