"""Calls that come in: put through to the agent, on the caller's timeline; strangers go to the inbox."""

import pytest

from accounts.models import Account
from contacts.calls.models import Call
from contacts.calls.taking import take
from contacts.inbox.settling import give
from contacts.lines.models import Line, Stray
from contacts.timeline.models import Event
from tesoro.outbox import State
from tests.calls.conftest import AGENTS_PHONE, SID

RECEPTION = "+33612345678"


def ring(tell, number="+34612345678", sid=SID):
    return tell("incoming", CallSid=sid, From=number, To="+34912345678").content.decode()


def test_a_client_is_put_through_to_their_agent(tell, contact, agent):
    xml = ring(tell)

    call = Call.objects.get()
    assert f">{AGENTS_PHONE}</Number>" in xml
    assert (call.incoming, call.person_id, call.author, call.state) == (True, contact.pk, agent, State.RECEIVED)
    assert (call.event.verb, call.event.data["name"], call.told) == ("call_received", "Andrea Dourado López", "Ringing")


def test_a_call_that_is_told_twice_is_one_and_gets_the_same_answer(tell, contact, agent):
    assert ring(tell) == ring(tell)
    assert (Call.objects.count(), Event.objects.filter(verb="call_received").count()) == (1, 1)


@pytest.mark.parametrize(
    ("status", "told", "heard"),
    [("completed", "Ended", "<Hangup"), ("no-answer", "Missed", "<Say"), ("busy", "Missed", "<Say")],
)
def test_how_it_ended_stands_on_the_card(tell, contact, agent, status, told, heard):
    ring(tell)
    call = Call.objects.get()
    xml = tell("dialled", on=call, CallSid=SID, DialCallStatus=status, DialCallDuration="61").content.decode()

    call.refresh_from_db()
    assert (call.told, call.seconds) == (told, 61 if status == "completed" else None)
    assert heard in xml


def test_an_agent_without_a_phone_is_stood_in_for_by_the_reception(tell, contact, agent):
    type(agent).objects.update(phone="")
    Line.objects.update(reception=RECEPTION)

    assert f">{RECEPTION}</Number>" in ring(tell)


def test_where_nobody_can_be_rung_the_caller_hears_so_and_the_call_is_missed(tell, contact, agent):
    type(agent).objects.update(phone="")

    assert "Please try again later" in ring(tell)
    assert Call.objects.get().told == "Missed"


@pytest.mark.parametrize(("language", "voice", "word"), [("es", "es-ES", "Gracias"), ("de", "de-DE", "Vielen Dank")])
def test_callers_are_spoken_to_in_the_offices_language(tell, account, language, voice, word):
    Account.objects.update(language=language)
    xml = ring(tell, "+33612345678")

    assert f'language="{voice}"' in xml
    assert word in xml


def test_a_stranger_waits_in_the_inbox_once(tell, contact):
    ring(tell, "+33612345678")
    ring(tell, "+33612345678")

    stray = Stray.objects.get()
    assert (stray.kind, stray.number, stray.sid) == ("call", "+33612345678", SID)
    assert not Call.objects.exists()


def test_a_stranger_is_put_through_to_the_reception(tell, contact):
    Line.objects.update(reception="+4915123456789")
    xml = ring(tell, "+33612345678")

    assert ">+4915123456789</Number>" in xml
    talked = {"CallSid": SID, "DialCallStatus": "completed", "DialCallDuration": "61"}
    assert "<Hangup" in tell("stray-dialled", **talked).content.decode()
    assert Stray.objects.get().data == {"ended": "completed", "seconds": 61}
    assert "<Say" in tell("stray-dialled", CallSid=SID, DialCallStatus="no-answer").content.decode()


def test_a_caller_who_hides_their_number_is_a_stranger(tell, contact):
    ring(tell, "anonymous")

    assert Stray.objects.get().number == "anonymous"


def test_a_stranger_who_became_known_stays_one_for_the_call_that_was_told_already(tell, contact):
    ring(tell, "+33612345678")
    type(contact).objects.update(phone="+33612345678")
    ring(tell, "+33612345678")

    assert not Call.objects.exists()


def test_somebody_in_the_trash_is_a_stranger(tell, contact, agent):
    contact.trash(by=agent)
    ring(tell)

    assert Stray.objects.count() == 1


def test_somebody_not_to_be_contacted_may_still_call(tell, contact, agent):
    type(contact).objects.update(do_not_contact=True)

    assert f">{AGENTS_PHONE}</Number>" in ring(tell)


def test_a_call_without_a_sid_is_no_call(tell, contact):
    assert "<Dial" not in ring(tell, sid="CAx")
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    ("status", "duration", "told"),
    [("completed", {"DialCallDuration": "61"}, "Ended"), ("answered", {}, "Ended"), ("no-answer", {}, "Missed")],
)
@pytest.mark.parametrize("settled_first", [True, False])
def test_a_strangers_call_has_the_ending_it_had_whenever_it_gets_its_name(
    tell, contact, agent, status, duration, told, settled_first
):
    Line.objects.update(reception=RECEPTION)
    ring(tell, "+33612345678")
    deeds = [
        lambda: give(Stray.objects.get(), contact, by=agent),
        lambda: tell("stray-dialled", CallSid=SID, DialCallStatus=status, **duration),
    ]
    for deed in deeds if settled_first else reversed(deeds):
        deed()

    assert (Call.objects.get().told, Call.objects.get().seconds) == (told, 61 if duration else None)


def test_a_strangers_call_that_nobody_could_take_was_missed(tell, contact, agent):
    ring(tell, "+33612345678")
    give(Stray.objects.get(), contact, by=agent)

    assert Call.objects.get().told == "Missed"


def test_of_two_endings_of_a_strangers_call_the_first_holds(tell, contact):
    ring(tell, "+33612345678")
    Stray.objects.update(data={})
    for status in ("ringing", "busy", "completed"):
        tell("stray-dialled", CallSid=SID, DialCallStatus=status)

    assert Stray.objects.get().data["ended"] == "busy"


@pytest.mark.parametrize(("ended", "told"), [("completed", "Ended"), ("busy", "Missed"), ("", "Ringing")])
def test_a_call_is_taken_with_its_ending_if_it_has_one(contact, line, ended, told):
    assert take(contact, number="+34612345678", sid=SID, ended=ended).told == told


def test_a_call_is_taken_once(contact, line):
    first = take(contact, number="+34612345678", sid=SID)

    assert take(contact, number="+34612345678", sid=SID) == first
