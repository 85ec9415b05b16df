"""Click to call: asked for on the page, placed by a worker through Twilio's own SDK, at most once by itself."""

import pytest
import requests
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from contacts.calls import placing
from contacts.calls.models import Call
from contacts.calls.placing import call, call_again, carry_out
from contacts.calls.tasks import look_after_calls
from contacts.lines.client import HttpClient
from contacts.lines.models import Line
from contacts.models import Person
from contacts.timeline.models import Event
from tesoro.outbox import PATIENCE, State
from tests.calls.conftest import AGENTS_PHONE


def broken(fault):
    """Return a function that raises ``fault``, whatever it is given."""

    def breaks(*_args, **_kwargs):
        raise fault

    return breaks


def press(client, person, **data):
    return client.post(reverse("contacts:call-new", args=[person.pk]), data)


def test_a_click_queues_the_call_its_event_and_the_work(as_agent, line, contact, agent):
    assert press(as_agent, contact, note="The offer").status_code == 302

    queued = Call.objects.get()
    assert (queued.state, queued.number, queued.author, queued.note) == ("queued", "+34612345678", agent, "The offer")
    assert queued.event.verb == "called"
    assert DBTaskResult.objects.ready().count() == 1


def test_twilio_rings_the_agent_from_the_offices_number(twilio, placed, line):
    (form,) = twilio.posts("Calls")

    assert (form["To"], form["From"]) == (AGENTS_PHONE, line.call_number.as_e164)
    assert form["Url"].endswith(f"/hooks/twilio/{line.key}/calls/{placed.pk}/{placed.attempt}/twiml/")
    assert form["StatusCallback"].endswith(f"/{placed.attempt}/status/")
    assert (placed.state, placed.sid) == (State.SENT, f"CA{1:032x}")


def test_the_call_is_placed_once_however_often_a_worker_takes_it(twilio, placed):
    carry_out(placed.pk)

    assert len(twilio.posts("Calls")) == 1


def test_two_clicks_are_one_call(as_agent, line, contact, agent):
    press(as_agent, contact)
    press(as_agent, contact)

    assert Call.objects.count() == 1


def test_after_a_failure_the_next_click_is_a_new_call(as_agent, line, contact, agent):
    press(as_agent, contact)
    Call.objects.update(state=State.FAILED)
    press(as_agent, contact)

    assert Call.objects.count() == 2


def test_twilios_refusal_is_shown_in_its_words(twilio, line, contact, agent, as_agent):
    twilio.refuse(21210, "The source phone number is not verified.")
    carry_out(call(contact, by=agent).pk)

    assert Call.objects.get().state == State.FAILED
    page = as_agent.get(reverse("contacts:calls", args=[contact.pk])).content.decode()
    assert "The source phone number is not verified. (Twilio 21210)" in page
    assert "Call again" in page


def test_an_error_inside_twilio_leaves_the_state_unknown(twilio, line, contact, agent):
    twilio.refuse(20500, "Internal error", status=500)
    carry_out(call(contact, by=agent).pk)

    assert Call.objects.get().state == State.UNKNOWN


def test_an_answer_that_makes_no_sense_leaves_the_state_unknown(twilio, line, contact, agent):
    twilio.answers.append((201, {}))
    carry_out(call(contact, by=agent).pk)

    assert Call.objects.get().state == State.UNKNOWN


@pytest.mark.parametrize(
    ("fault", "state"), [(requests.ReadTimeout(), State.UNKNOWN), (requests.ConnectTimeout(), State.FAILED)]
)
def test_a_broken_line_is_told_from_one_that_never_was(monkeypatch, line, contact, agent, fault, state):
    monkeypatch.setattr(HttpClient, "request", broken(fault))
    carry_out(call(contact, by=agent).pk)

    assert Call.objects.get().state == state


def test_a_fault_of_ours_before_twilio_is_asked_has_failed_and_is_in_the_log(
    monkeypatch, twilio, line, contact, agent, caplog
):
    monkeypatch.setattr(placing, "hook_url", broken(TypeError("a-token")))
    queued = call(contact, by=agent)
    carry_out(queued.pk)

    assert (Call.objects.get().state, twilio.posts("Calls")) == (State.FAILED, [])
    assert "Twilio was not asked" in Call.objects.get().failure
    assert f"Call {queued.pk} was not sent: TypeError" in caplog.text
    assert "a-token" not in caplog.text


def test_a_fault_after_twilio_was_asked_leaves_the_state_unknown_and_is_in_the_log(
    monkeypatch, line, contact, agent, caplog
):
    monkeypatch.setattr(HttpClient, "request", broken(AttributeError("a-token")))
    carry_out(call(contact, by=agent).pk)

    assert Call.objects.get().state == State.UNKNOWN
    assert "not understood: AttributeError" in caplog.text
    assert "a-token" not in caplog.text


def test_twilio_that_is_away_has_not_been_asked(settings, line, contact, agent):
    settings.TWILIO_API_URL = "http://127.0.0.1:1"
    carry_out(call(contact, by=agent).pk)

    assert (Call.objects.get().state, "could not be reached" in Call.objects.get().failure) == (State.FAILED, True)


def test_a_lost_key_fails_the_call_and_asks_for_the_token(line, contact, agent):
    queued = call(contact, by=agent)
    Line.objects.update(token="sealed with a key that is gone")
    carry_out(queued.pk)

    assert "enter it again" in Call.objects.get().failure


def test_what_a_worker_died_over_is_of_unknown_state_and_not_placed_again(twilio, line, contact, agent):
    queued = call(contact, by=agent)
    Call.objects.update(state=State.SENDING, claimed_at=timezone.now() - PATIENCE * 2)
    look_after_calls()
    carry_out(queued.pk)

    assert Call.objects.get().state == State.UNKNOWN
    assert twilio.posts("Calls") == []


def test_the_author_ends_the_doubt_by_calling_again(twilio, placed, as_agent):
    Call.objects.update(state=State.UNKNOWN, step=4, progress="in-progress")
    as_agent.post(reverse("calls:again", args=[placed.pk]))
    carry_out(placed.pk)

    again = Call.objects.get()
    assert len(twilio.posts("Calls")) == 2
    assert (again.state, again.step, again.sid) == (State.SENT, 0, f"CA{2:032x}")
    assert again.attempt != placed.attempt
    assert Event.objects.get(verb="called").at == again.started_at


def test_or_by_saying_that_it_took_place(placed, as_agent):
    Call.objects.update(state=State.UNKNOWN)
    as_agent.post(reverse("calls:confirmation", args=[placed.pk]))

    assert (Call.objects.get().state, Call.objects.get().told) == (State.SENT, "Ended")


def test_a_call_whose_state_is_known_is_not_confirmed(placed, as_agent):
    as_agent.post(reverse("calls:confirmation", args=[placed.pk]))

    assert Call.objects.get().progress == ""


def test_nobody_makes_anothers_telephone_ring(placed, as_admin):
    Call.objects.update(state=State.FAILED)

    assert as_admin.post(reverse("calls:again", args=[placed.pk])).status_code == 403


def test_a_call_on_its_way_is_not_placed_again(twilio, placed, as_agent):
    as_agent.post(reverse("calls:again", args=[placed.pk]))

    assert (Call.objects.get().state, Call.objects.get().sid) == (State.SENT, placed.sid)


def silence(contact):
    Person.objects.filter(pk=contact.pk).update(do_not_contact=True)
    contact.refresh_from_db()


def test_do_not_contact_refuses_on_the_server(as_agent, line, contact, agent):
    silence(contact)
    answer = press(as_agent, contact)

    assert answer.status_code == 422
    assert "asked not to be contacted" in answer.content.decode()
    assert not Call.objects.exists()


def test_do_not_contact_refuses_in_the_page(as_agent, line, contact, agent):
    silence(contact)
    page = as_agent.get(reverse("contacts:calls", args=[contact.pk])).content.decode()

    assert reverse("contacts:call-new", args=[contact.pk]) not in page.split('class="calls-head"')[1]
    assert "asked not to be contacted" in page


def test_do_not_contact_refuses_in_the_worker(twilio, line, contact, agent):
    queued = call(contact, by=agent)
    silence(contact)
    carry_out(queued.pk)

    assert "asked not to be contacted" in Call.objects.get().failure
    assert twilio.posts("Calls") == []


def test_do_not_contact_refuses_calling_again(placed, contact, agent):
    Call.objects.update(state=State.FAILED)
    silence(contact)

    with pytest.raises(ValidationError, match="asked not to be contacted"):
        call_again(Call.objects.get(), by=agent)


def test_without_a_telephone_of_ones_own_the_page_says_where_to_enter_it(client, line, contact, admin):
    client.force_login(admin)
    answer = client.get(reverse("contacts:call-new", args=[contact.pk]), follow=True)

    assert f'href="{reverse("settings:profile")}#id_phone"' in answer.content.decode()
    assert press(client, contact).status_code == 422


@pytest.mark.parametrize("change", [{"active": False}, {"call_number": ""}])
def test_a_line_that_is_off_or_has_no_number_places_no_call(as_agent, line, contact, agent, change):
    Line.objects.update(**change)

    assert press(as_agent, contact).status_code == 422


def test_a_call_that_was_deleted_while_it_waited_is_not_placed(twilio, line, contact, agent):
    queued = call(contact, by=agent)
    queued.trash(by=agent)
    carry_out(queued.pk)

    assert Call.with_trash.get().failure == "Deleted before it was placed."
    assert twilio.posts("Calls") == []


def test_a_deactivated_agent_is_rung_no_more(twilio, line, contact, agent):
    queued = call(contact, by=agent)
    get_user_model().objects.filter(pk=agent.pk).update(is_active=False)
    carry_out(queued.pk)

    assert Call.objects.get().state == State.FAILED
    assert twilio.posts("Calls") == []
