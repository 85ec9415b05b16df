"""Waiting for an answer: people of mine who had the last word."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.inbox import dashboard
from contacts.inbox.dashboard import ANSWERED, EXPECTED
from contacts.messaging.receiving import receive
from contacts.timeline.models import Event
from contacts.timeline.verbs import WRITTEN
from tests.factories import ContactFactory, LeadFactory

from .conftest import HOME, NOW, said, scope, shown

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def old(contact, agent, clock):
    """Let contact and clock be of long ago, so that events move the last activity on."""
    contact.last_activity_at = NOW - dt.timedelta(days=400)
    contact.save()
    return contact


def waiting(user):
    return [(one.person.pk, one.event.verb) for one in dashboard.load(scope(user)).unanswered]


def test_who_had_the_last_word_waits_the_newest_first(agent, account, old):
    lead = LeadFactory(account=account, assigned_to=agent, last_activity_at=NOW - 9 * HOUR)
    said(old, "email_received", NOW - 2 * HOUR, name="Andrea")
    said(lead, "whatsapp_sent", NOW - 3 * HOUR, agent)
    said(lead, "sms_received", NOW - HOUR, name="Andrea")

    assert waiting(agent) == [(lead.pk, "sms_received"), (old.pk, "email_received")]


@pytest.mark.parametrize("verb", ANSWERED)
def test_any_word_of_ours_is_an_answer(agent, old, verb):
    said(old, "email_received", NOW - 2 * HOUR, name="Andrea")
    said(old, verb, NOW - HOUR, agent)

    assert waiting(agent) == []


@pytest.mark.parametrize("verb", ["noted", "task_added", "call_received", "assigned"])
def test_what_is_no_answer_leaves_them_waiting(agent, old, verb):
    said(old, "email_received", NOW - 2 * HOUR, name="Andrea")
    said(old, verb, NOW - HOUR, agent)

    assert waiting(agent) == [(old.pk, "email_received")]


def test_nobody_waits_for_longer_than_a_month(agent, old):
    event = said(old, "email_received", NOW - EXPECTED, name="Andrea")
    assert waiting(agent) == [(old.pk, "email_received")]
    Event.objects.filter(pk=event.pk).update(at=NOW - EXPECTED - HOUR)

    assert waiting(agent) == []


def test_what_lies_in_the_trash_waits_for_nothing(agent, old):
    event = said(old, "email_received", NOW - HOUR, name="Andrea")
    Event.objects.filter(pk=event.pk).update(shown=False)
    assert waiting(agent) == []
    Event.objects.filter(pk=event.pk).update(shown=True)
    old.trash(by=agent)

    assert waiting(agent) == []


def test_people_of_others_wait_for_them(agent, admin, stranger, old):
    said(old, "email_received", NOW - HOUR, name="Andrea")

    assert waiting(admin) == waiting(stranger) == []


def test_the_line_says_what_they_wrote_and_leads_to_where_it_is_answered(as_agent, old):
    receive(old, "whatsapp", "Can I bring\nmy architect?", number="+34612345678", sid="SM1", at=NOW - 2 * HOUR)
    text = as_agent.get(HOME).content.decode()

    assert f'href="{reverse("contacts:whatsapp", args=[old.pk])}">{old.full_name}</a>' in text
    assert "Can I bring my architect?" in text
    assert ">2 h</time>" in text


def test_of_very_many_the_rest_is_a_link(as_agent, agent, account, clock):
    for _number in range(8):
        said(ContactFactory(account=account, assigned_to=agent), "email_received", NOW - HOUR, name="A")
    response = as_agent.get(HOME)
    card = shown(response, "waiting")

    assert (len(card.unanswered), card.hidden, card.tally) == (6, 2, "8")
    assert f'<p class="more-of"><a href="{reverse("inbox:waiting")}">2 more wait.</a></p>' in response.content.decode()


def test_an_office_without_letters_is_told_so(as_agent, contact):
    assert "Nobody is waiting for an answer." in as_agent.get(HOME).content.decode()


VERBS = [*WRITTEN, *ANSWERED, "noted", "call_received"]
WORDS = st.tuples(st.integers(0, 2), st.sampled_from(VERBS), st.integers(0, 40 * 24), st.booleans())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=12))
def test_it_shows_what_a_plain_loop_over_all_events_finds(agent, account, words):
    people = [ContactFactory(account=account, assigned_to=agent, last_activity_at=NOW) for _number in range(3)]
    last = {}
    told = [(who, verb, NOW - hours * HOUR, there) for who, verb, hours, there in words]
    for who, verb, at, there in told:
        event = Event.objects.create(account=account, person=people[who], verb=verb, at=at, shown=there)
        if there and verb in WRITTEN + ANSWERED and at >= NOW - EXPECTED:
            last[who] = max(last.get(who, (at, 0, "")), (at, event.pk, verb))
    wanted = sorted(((at, pk) for at, pk, verb in last.values() if verb in WRITTEN), reverse=True)
    found = dashboard.load(scope(agent))
    for person in people:
        person.delete()

    assert [(one.event.at, one.event.pk) for one in found.unanswered] == wanted
    assert found.count == len(wanted)
