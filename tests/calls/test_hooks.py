"""What Twilio tells of a call moves it on, and never back; what is not signed by it moves nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.calls.models import Call
from contacts.calls.placing import call_again
from contacts.lines.models import Line
from contacts.timeline.models import Event
from tesoro.outbox import State
from tests.calls.conftest import AGENTS_PHONE, SID
from tests.factories import LineFactory
from tests.fakes.twilio import signature

FAR = {"CallSid": "CA" + "b" * 32, "ParentCallSid": SID}
HOSTILE = ["\0", "9" * 4400, "-1", "1e9", "٣", "'\" OR 1=1", "🙂" * 50, "\u202e", "<Say>", "NaN", "a" * 5000]
RECORDING = "RE" + "c" * 32


def now(placed):
    call = Call.objects.get(pk=placed.pk)
    return call.progress, call.told, call.seconds


def test_a_call_is_followed_leg_by_leg(tell, placed):
    steps = []
    for name, form in [
        ("status", {"CallStatus": "ringing", "CallSid": placed.sid}),
        ("status", {"CallStatus": "in-progress", "CallSid": placed.sid}),
        ("far-status", {"CallStatus": "ringing", **FAR}),
        ("far-status", {"CallStatus": "in-progress", **FAR}),
        ("far-status", {"CallStatus": "completed", "CallDuration": "380", **FAR}),
        ("status", {"CallStatus": "completed", "CallDuration": "401", "CallSid": placed.sid}),
    ]:
        assert tell(name, on=placed, **form).status_code == 204
        steps.append(now(placed)[1])

    assert steps == ["Ringing the agent", "Dialling", "Ringing", "Talking", "Ended", "Ended"]
    assert Call.objects.get().seconds == 380


def test_news_that_come_late_or_twice_change_nothing(tell, placed):
    tell("far-status", on=placed, CallStatus="completed", CallDuration="380", **FAR)
    for late in ("ringing", "in-progress", "busy", "completed"):
        tell("far-status", on=placed, CallStatus=late, CallDuration="1", **FAR)
        tell("status", on=placed, CallStatus=late, CallDuration="1", CallSid=placed.sid)

    assert now(placed) == ("completed", "Ended", 380)


def test_how_the_client_answered_outranks_the_end_of_the_agents_leg(tell, placed):
    tell("status", on=placed, CallStatus="completed", CallSid=placed.sid)
    tell("far-status", on=placed, CallStatus="busy", **FAR)

    assert now(placed)[:2] == ("busy", "Busy")


def test_an_agent_who_does_not_pick_up_is_told_from_a_client_who_does_not(tell, placed):
    tell("status", on=placed, CallStatus="no-answer", CallSid=placed.sid)

    assert now(placed)[1] == "Agent not reached"


def test_an_agent_who_hangs_up_early_has_cancelled(tell, placed):
    tell("status", on=placed, CallStatus="completed", CallSid=placed.sid)

    assert now(placed)[1] == "Cancelled"


def test_what_twilio_tells_ends_the_doubt(tell, placed):
    Call.objects.update(state=State.UNKNOWN, sid="")
    tell("status", on=placed, CallStatus="ringing", CallSid=SID)

    assert (Call.objects.get().state, Call.objects.get().sid) == (State.SENT, SID)


def test_news_of_an_earlier_try_are_void(tell, placed, agent):
    Call.objects.update(state=State.UNKNOWN)
    call_again(Call.objects.get(), by=agent)
    tell("status", on=placed, CallStatus="completed", CallSid=SID)

    assert (Call.objects.get().state, Call.objects.get().step) == (State.QUEUED, 0)
    assert "<Hangup" in tell("twiml", on=placed, CallSid=SID).content.decode()


HOOKS = ["status", "far-status", "twiml", "dialled", "recording-made"]


@pytest.mark.parametrize("name", HOOKS)
def test_what_is_not_signed_or_signed_by_another_is_refused(tell, placed, line, name):
    path = reverse(f"calls:{name}", kwargs={"key": line.key, "pk": placed.pk, "attempt": placed.attempt})

    assert Client().post(path, {"CallStatus": "completed"}).status_code == 403
    assert tell(name, on=placed, forged=True, CallStatus="completed").status_code == 403
    assert Call.objects.get().step == 0


@pytest.mark.parametrize("name", HOOKS)
def test_another_offices_line_reaches_no_call_of_this_one(settings, placed, stranger, name):
    theirs = LineFactory(account=stranger.account)
    path = reverse(f"calls:{name}", kwargs={"key": theirs.key, "pk": placed.pk, "attempt": placed.attempt})
    form = {"CallStatus": "completed", "RecordingSid": RECORDING, "RecordingStatus": "completed", "CallSid": SID}
    headers = {"X-Twilio-Signature": signature(f"{settings.PUBLIC_URL}{path}", form)}

    assert Client().post(path, form, headers=headers).status_code in (200, 204)
    assert (Call.objects.get().step, Call.objects.get().recording_sid) == (0, "")


@pytest.mark.parametrize("name", [*HOOKS, "incoming", "stray-dialled"])
def test_no_posted_word_breaks_a_hook(tell, placed, name):
    on = placed if name in HOOKS else None
    fields = ["CallSid", "ParentCallSid", "CallStatus", "DialCallStatus", "CallDuration", "RecordingSid", "From"]
    for word in HOSTILE:
        assert tell(name, on=on, **dict.fromkeys(fields, word)).status_code < 500, word
        assert tell(name, on=on, **{**dict.fromkeys(fields, word), "CallSid": SID}).status_code < 500, word


def test_numbers_too_large_for_any_database_find_nothing(settings, line, placed):
    path = reverse("calls:status", kwargs={"key": line.key, "pk": 10**30, "attempt": 10**30})
    form = {"CallStatus": "completed"}
    signed = signature(f"{settings.PUBLIC_URL}{path}", form)

    assert Client().post(path, form, headers={"X-Twilio-Signature": signed}).status_code == 204


def test_the_sid_of_another_call_is_refused_quietly(tell, placed, contact, agent):
    other = Event.objects.create(account=contact.account, person=contact, verb="call_received")
    Call.objects.create(account=contact.account, person=contact, event=other, sid=SID, state=State.RECEIVED)
    Call.objects.filter(pk=placed.pk).update(sid="")

    assert tell("status", on=placed, CallStatus="ringing", CallSid=SID).status_code == 204
    assert (Call.objects.get(pk=placed.pk).step, Call.objects.get(pk=placed.pk).sid) == (0, "")


@pytest.mark.parametrize(("masking", "shown"), [(True, "+34912345678"), (False, AGENTS_PHONE)])
def test_the_client_sees_the_offices_number_or_the_agents_own(tell, placed, masking, shown):
    Line.objects.update(masking=masking)
    xml = tell("twiml", on=placed, CallSid=placed.sid).content.decode()

    assert f'callerId="{shown}"' in xml
    assert ">+34612345678</Number>" in xml
    assert f"/{placed.pk}/{placed.attempt}/far/" in xml
    assert "record" not in xml
    assert now(placed)[1] == "Dialling"


def test_a_line_that_records_says_so_to_twilio(tell, placed):
    Line.objects.update(recording=True)
    xml = tell("twiml", on=placed, CallSid=placed.sid).content.decode()

    assert 'record="record-from-answer-dual"' in xml
    assert f"/{placed.pk}/{placed.attempt}/recording/" in xml


def test_who_was_silenced_while_the_agent_picked_up_is_not_dialled(tell, placed, contact):
    type(contact).objects.update(do_not_contact=True)

    xml = tell("twiml", on=placed, CallSid=placed.sid).content.decode()
    assert ("<Dial" in xml, "This call cannot be put through." in xml) == (False, True)


def test_a_recording_is_kept_and_the_first_stays(tell, placed):
    for sid in (RECORDING, "RE" + "d" * 32):
        tell("recording-made", on=placed, CallSid=placed.sid, RecordingSid=sid, RecordingStatus="completed")

    assert Call.objects.get().recording_sid == RECORDING


def test_a_recording_that_failed_is_none(tell, placed):
    tell("recording-made", on=placed, CallSid=placed.sid, RecordingSid=RECORDING, RecordingStatus="failed")

    assert Call.objects.get().recording_sid == ""
