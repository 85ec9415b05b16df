"""The page of all who wait for an answer: people of mine who had the last word."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.inbox import unanswered
from contacts.messaging.receiving import receive
from contacts.timeline.recording import record
from tests.factories import ContactFactory

URL = reverse("inbox:waiting")


def write(person, hours=1, body="Is it still free?"):
    at = timezone.now() - dt.timedelta(hours=hours)
    receive(person, "sms", body, number="+34612345678", sid=f"SM{person.pk}-{hours}", at=at)


def names(client, **query):
    return [one.person.first_name for one in client.get(URL, query).context["waiting"].words]


@pytest.fixture
def three(account, agent):
    """Three people of the agent, of whom the first wrote last."""
    people = [ContactFactory(account=account, assigned_to=agent, first_name=name) for name in ("Ana", "Bea", "Cid")]
    for hours, person in enumerate(people, 1):
        write(person, hours)
    return people


def test_all_stand_there_the_newest_first_with_what_they_wrote_and_where(as_agent, three):
    assert names(as_agent) == ["Ana", "Bea", "Cid"]
    text = as_agent.get(URL).content.decode()
    assert "Is it still free?" in text
    assert f'href="{reverse("contacts:sms", args=[three[0].pk])}"' in text


def test_whoever_was_answered_has_left(as_agent, agent, three):
    record("emailed", by=agent, person=three[1])
    assert names(as_agent) == ["Ana", "Cid"]


def test_very_many_go_over_several_pages(as_agent, three, monkeypatch):
    monkeypatch.setattr(unanswered, "PAGE", 2)
    first = as_agent.get(URL).context["waiting"].page
    assert f'rel="next" href="?after={quote(first.next)}"' in as_agent.get(URL).content.decode()
    assert names(as_agent, after=first.next) == ["Cid"]


def test_people_of_others_wait_for_them(as_admin, as_stranger, three):
    for client in (as_admin, as_stranger):
        assert names(client) == []
        assert "Nobody is waiting for an answer" in client.get(URL).content.decode()


def test_both_tabs_lead_to_one_another(as_agent, three):
    strangers, waiting = (as_agent.get(url).content.decode() for url in (reverse("inbox:list"), URL))
    assert f'<a class="tab" href="{URL}">' in strangers
    assert f'<a class="tab" href="{URL}" aria-current="page">' in waiting
    assert f'<a class="tab" href="{reverse("inbox:list")}">' in waiting


def test_as_many_queries_for_many_as_for_few(as_agent, account, agent, three, django_assert_max_num_queries):
    as_agent.get(URL)
    for number in range(20):
        write(ContactFactory(account=account, assigned_to=agent), number + 4)
    with django_assert_max_num_queries(8):
        as_agent.get(URL)
