"""The tab Calls, the form that begins there, and the cards, on Activities too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.calls.by_hand import log_call
from contacts.calls.models import Call
from contacts.calls.templatetags.calls import duration
from contacts.timeline.models import Event
from tesoro.outbox import State

HTMX = {"HX-Request": "true"}


def tab(client, person, **query):
    return client.get(reverse("contacts:calls", args=[person.pk]), query)


def logged(contact, agent, note="Talked."):
    return log_call(
        contact, by=agent, started_at=timezone.now(), incoming=False, seconds=5, outcome="reached", note=note
    )


def test_an_empty_tab_says_what_will_be_there_and_how_twilio_is_connected(as_admin, contact):
    text = tab(as_admin, contact).content.decode()

    assert "No calls yet" in text
    assert f'href="{reverse("lines:settings")}"' in text
    assert 'href="tel:+34612345678"' in text


def test_an_agent_is_told_that_an_admin_connects_twilio(as_agent, contact):
    text = tab(as_agent, contact).content.decode()

    assert "once an admin has connected Twilio" in text
    assert reverse("lines:settings") not in text


def test_with_a_line_the_tab_calls(as_agent, line, contact, agent):
    text = tab(as_agent, contact).content.decode()

    assert f'href="{reverse("contacts:call-new", args=[contact.pk])}"' in text
    assert "Call Andrea" in text


def test_without_a_line_the_form_logs(as_agent, contact):
    answer = as_agent.get(reverse("contacts:call-new", args=[contact.pk]))

    assert answer.url == reverse("contacts:call-log", args=[contact.pk])


def test_the_form_says_who_is_rung_first_and_what_the_client_sees(as_agent, line, contact, agent):
    text = as_agent.get(reverse("contacts:call-new", args=[contact.pk])).content.decode()

    assert "Twilio rings you at +49 1512 3456789 first, then Andrea at +34 612 34 56 78." in text
    assert "They see the office's number." in text


def test_in_the_composer_the_other_form_takes_its_place(as_agent, line, contact, agent):
    headers = {**HTMX, "HX-Target": "composer"}
    text = as_agent.get(reverse("contacts:call-new", args=[contact.pk]), headers=headers).content.decode()

    assert 'id="composer"' in text
    assert f'hx-get="{reverse("contacts:call-log", args=[contact.pk])}" hx-target="#composer"' in text


def test_many_calls_come_page_by_page_in_a_constant_number_of_queries(
    as_agent, contact, agent, django_assert_max_num_queries
):
    for number in range(65):
        logged(contact, agent, f"call {number}")
    with django_assert_max_num_queries(16):
        page = tab(as_agent, contact).context
    seen = [call.pk for call in page["calls"]]
    while page["older"]:
        answer = as_agent.get(reverse("contacts:calls", args=[contact.pk]), {"older": page["older"]}, headers=HTMX)
        assert "<html" not in answer.content.decode()
        page = answer.context
        seen += [call.pk for call in page["calls"]]

    assert seen == sorted(set(seen), reverse=True)
    assert len(seen) == 65


def test_cards_on_activities_ask_nothing_of_their_own(as_agent, contact, agent, django_assert_num_queries):
    for _number in range(2):
        logged(contact, agent)
    events = list(Event.objects.filter(person=contact).stream())
    with django_assert_num_queries(0):
        assert [event.call.may_change(agent) for event in events] == [True, True]


def test_the_card_is_the_same_on_the_tab_and_on_activities(as_agent, contact, agent):
    logged(contact, agent, "Wants the **terrace** <script>alert(1)</script>")
    for page in (tab(as_agent, contact), as_agent.get(contact.get_absolute_url())):
        text = page.content.decode()
        assert "<strong>terrace</strong>" in text
        assert "alert(1)" in text
        assert "<script>alert" not in text
        assert "Reached" in text


def test_a_running_call_looks_for_news_and_gets_none_when_there_are_none(as_agent, placed):
    url = reverse("calls:call", args=[placed.pk])
    assert f'hx-get="{url}?seen=sent-0"' in tab(as_agent, placed.person).content.decode()

    assert as_agent.get(url, {"seen": "sent-0"}, headers=HTMX).status_code == 204
    Call.objects.update(step=9, progress="completed", seconds=380)
    card = as_agent.get(url, {"seen": "sent-0"}, headers=HTMX).content.decode()
    assert "6 min 20 s" in card
    assert "hx-trigger" not in card


def test_a_call_of_unknown_state_offers_the_choice_to_its_author(as_agent, as_admin, placed):
    Call.objects.update(state=State.UNKNOWN)
    mine, theirs = (tab(client, placed.person).content.decode() for client in (as_agent, as_admin))

    assert reverse("calls:again", args=[placed.pk]) in mine
    assert reverse("calls:again", args=[placed.pk]) not in theirs
    assert reverse("calls:confirmation", args=[placed.pk]) in mine
    assert "State unknown" in mine


@pytest.mark.parametrize("name", ["call", "edit", "recording"])
def test_other_office_gets_404(as_stranger, contact, agent, name):
    assert as_stranger.get(reverse(f"calls:{name}", args=[logged(contact, agent).pk])).status_code == 404


def test_call_of_person_in_trash_is_404(as_agent, contact, agent):
    call = logged(contact, agent)
    contact.trash(by=agent)

    assert as_agent.get(reverse("calls:edit", args=[call.pk])).status_code == 404


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (40, "40 s"), (120, "2 min"), (380, "6 min 20 s"), (3900, "1 h 5 min"), (None, "")],
)
def test_durations_read_as_people_say_them(seconds, words):
    assert duration(seconds) == words
