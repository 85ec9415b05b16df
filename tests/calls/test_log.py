"""Calls logged by hand, and what came of a call: written, put right, deleted, brought back."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.calls.by_hand import log_call
from contacts.calls.models import NOTE_LIMIT, Call
from contacts.models import Person
from contacts.models.trashing import purge_people
from contacts.timeline.models import Event
from tesoro.outbox import State
from tests.factories import LeadFactory, UserFactory

HTMX = {"HX-Request": "true"}
TYPED = {"incoming": "", "started_at": "2026-03-02T10:30", "duration": "6:20", "outcome": "reached", "note": "Agreed."}
HOSTILE_TIMES = ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "NaN", "9" * 4400, "2026-13-40T99:99", "\0"]


def log(client, person, section="contacts", headers=None, **changes):
    return client.post(reverse(f"{section}:call-log", args=[person.pk]), {**TYPED, **changes}, headers=headers or {})


@pytest.fixture
def logged(contact, agent):
    return log_call(
        contact, by=agent, started_at=timezone.now(), incoming=False, seconds=60, outcome="busy", note="Tried."
    )


def at(name, call):
    return reverse(f"calls:{name}", args=[call.pk])


def test_a_call_is_logged_where_it_took_place(as_agent, contact, agent):
    answer = log(as_agent, contact)

    call = Call.objects.get()
    assert answer.url == f"{reverse('contacts:calls', args=[contact.pk])}#call-{call.pk}"
    half_past_ten_in_madrid = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
    assert (call.started_at, call.event.at) == (half_past_ten_in_madrid, half_past_ten_in_madrid)
    assert (call.by_hand, call.seconds, call.outcome, call.note, call.author) == (
        True,
        380,
        "reached",
        "Agreed.",
        agent,
    )
    assert (call.event.verb, call.state, call.is_running) == ("call_logged", State.SENT, False)


def test_a_call_that_came_in_is_logged_too(as_agent, contact):
    log(as_agent, contact, incoming="1")

    assert (Call.objects.get().incoming, Call.objects.get().state) == (True, State.RECEIVED)


def test_a_call_of_long_ago_does_not_move_the_last_activity(as_agent, contact):
    log(as_agent, contact)

    assert Person.objects.get(pk=contact.pk).last_activity_at == contact.last_activity_at


def test_a_lead_is_called_too(as_agent, account):
    lead = LeadFactory(account=account)
    log(as_agent, lead, section="leads")

    assert Call.objects.get().person_id == lead.pk


@pytest.mark.parametrize(("typed", "seconds"), [("", None), ("6", 360), ("0:40", 40), (" 90:00 ", 5400)])
def test_duration_is_read_as_people_write_it(as_agent, contact, typed, seconds):
    log(as_agent, contact, duration=typed)

    assert Call.objects.get().seconds == seconds


@pytest.mark.parametrize("typed", ["six", "-1", "6:99", "1e9", "٣", "9999", "6:2"])
def test_what_is_no_duration_is_told_beside_the_field(as_agent, contact, typed):
    answer = log(as_agent, contact, duration=typed)

    assert answer.status_code == 422
    assert 'id="id_duration_error"' in answer.content.decode()
    assert not Call.objects.exists()


@pytest.mark.parametrize("typed", ["", *HOSTILE_TIMES])
def test_what_is_no_time_is_refused(as_agent, contact, typed):
    assert log(as_agent, contact, started_at=typed).status_code == 422


@pytest.mark.parametrize(
    ("typed", "told"), [("yesterday", "Enter a valid date/time."), ("0202-11-30T10:00", "Is the year right?")]
)
def test_what_is_no_time_is_told_in_the_words_of_other_forms(as_agent, contact, typed, told):
    assert told in log(as_agent, contact, started_at=typed).content.decode()


def test_a_call_that_lies_ahead_is_refused(as_agent, contact):
    answer = log(as_agent, contact, started_at=f"{timezone.localtime().year + 1}-01-01T10:00")

    assert "This lies ahead." in answer.content.decode()


def test_a_note_that_is_too_long_is_kept_in_the_field(as_agent, contact):
    answer = log(as_agent, contact, note="x" * (NOTE_LIMIT + 1))

    assert answer.status_code == 422
    assert "x" * (NOTE_LIMIT + 1) in answer.content.decode()


def test_an_error_in_the_panel_is_no_error_of_the_page(as_agent, contact):
    assert log(as_agent, contact, headers=HTMX, duration="six").status_code == 200


def test_somebody_not_to_be_contacted_may_have_called(as_agent, contact):
    Person.objects.update(do_not_contact=True)
    page = as_agent.get(reverse("contacts:call-log", args=[contact.pk]))
    log(as_agent, contact, incoming="1")

    assert page.context["form"]["incoming"].value() == "1"
    assert Call.objects.get().incoming


def test_author_says_afterwards_what_came_of_a_call(as_agent, placed):
    as_agent.post(at("edit", placed), {"outcome": "voicemail", "note": "Calls back", "started_at": "2020-01-01T10:00"})

    placed.refresh_from_db()
    assert (placed.outcome, placed.note, placed.told) == ("voicemail", "Calls back", "Left a message")
    assert placed.started_at.year != 2020


def test_a_call_logged_by_hand_is_put_right_altogether(as_agent, logged):
    as_agent.post(at("edit", logged), {**TYPED, "incoming": "1"})

    logged.refresh_from_db()
    assert (logged.incoming, logged.seconds, logged.state) == (True, 380, State.RECEIVED)
    assert (
        Event.objects.get(verb="call_logged").at == logged.started_at == dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
    )


def test_edit_in_place_answers_with_the_card(as_agent, logged):
    form = as_agent.get(at("edit", logged), headers=HTMX).content.decode()
    assert f'hx-post="{at("edit", logged)}"' in form
    assert 'value="1:00"' in form

    card = as_agent.post(at("edit", logged), TYPED, headers=HTMX).content.decode()
    assert "6 min 20 s" in card
    assert "<html" not in card


def test_edit_works_as_a_page_of_its_own(as_agent, logged):
    assert "<title>Edit call" in as_agent.get(at("edit", logged)).content.decode()
    assert as_agent.post(at("edit", logged), {**TYPED, "duration": "six"}).status_code == 422


def test_admin_edits_the_call_of_an_agent(as_admin, logged):
    assert as_admin.post(at("edit", logged), TYPED).status_code == 302


@pytest.mark.parametrize("name", ["edit", "trash", "confirmation"])
def test_colleague_may_not_change_the_call_of_another(client, account, logged, name):
    client.force_login(UserFactory(account=account))
    assert client.post(at(name, logged), TYPED).status_code == 403
    assert at("edit", logged) not in client.get(reverse("contacts:calls", args=[logged.person_id])).content.decode()


def test_deleted_call_leaves_stream_tab_and_count_and_offers_undo(as_agent, contact, logged):
    answer = as_agent.post(at("trash", logged), {"next": contact.get_absolute_url()}, follow=True)
    text = answer.content.decode()

    assert "Tried." not in text
    assert f'action="{at("restoration", logged)}"' in text
    assert answer.context["record"].counts["n_calls"] == 0
    assert as_agent.get(reverse("contacts:calls", args=[contact.pk])).context["calls"] == []


def test_undo_brings_the_call_back(as_agent, contact, agent, logged):
    logged.trash(by=agent)
    as_agent.post(at("restoration", logged))

    assert "Tried." in as_agent.get(contact.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["trash", "restoration", "again", "confirmation"])
def test_nothing_is_changed_by_looking(as_agent, logged, name):
    assert as_agent.get(at(name, logged)).status_code == 405


def test_calls_are_purged_with_their_person(contact, agent, logged):
    contact.trash(by=agent)
    purge_people(Person.with_trash.filter(pk=contact.pk))

    assert not Call.with_trash.exists()


@pytest.mark.parametrize("outcome", ["no_answer", "busy"])
def test_a_call_that_reached_nobody_has_no_duration(as_agent, contact, outcome):
    answer = log(as_agent, contact, outcome=outcome, duration="6:20")

    assert "A call that reached nobody has no duration." in answer.content.decode()
    assert not Call.objects.exists()
