"""A deal is made by the panel: what happens between looking and storing, and when it is won from the start."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from contacts.models import Person
from deals import forms
from deals.models import Deal
from leads import converting
from tesoro.toasts import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(agent, buyer):
    """What the form sends."""
    return {
        "name": "Villa in Altea", "type": "buy", "offered": "buyer", "stage": "offer", "clients": buyer.email,
        "assigned_to": agent.pk, "tags": "", "street": "Calle Ifach 3",
    }  # fmt: skip


@pytest.fixture(params=["trashed", "a lead again"])
def leaving(request, agent, buyer, monkeypatch):
    """The client goes away after the form has found them."""
    find = forms.resolve

    def found_and_gone(account, text):
        people = find(account, text)
        person = Person.objects.get(pk=buyer.pk)
        if request.param == "trashed":
            person.trash(by=agent)
        else:
            converting.revert(person, by=agent)
        return people

    monkeypatch.setattr(forms, "resolve", found_and_gone)
    return {"trashed": "is not there any more", "a lead again": "is a lead. Convert the lead first."}[request.param]


def test_client_who_goes_away_meanwhile_is_told_at_the_clients(as_agent, words, leaving):
    answer = as_agent.post(reverse("deals:create"), words)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert leaving in page
    assert 'id="id_clients_error"' in page
    assert "New deal" in page
    assert "Calle Ifach 3" in page
    assert not Deal.with_trash.exists()


def toast_of(answer):
    (message,) = get_messages(answer.wsgi_request)
    return read(message)


@pytest.mark.parametrize("plus", ["", "?pipeline=buyer&stage=won"])
def test_deal_that_is_won_from_the_start_is_celebrated(as_agent, words, plus):
    answer = as_agent.post(reverse("deals:create") + plus, {**words, "stage": "won"})
    told = toast_of(answer)
    assert told.text == "Villa in Altea created"
    assert told.cheer


def test_open_deal_is_made_without_a_celebration(as_agent, words):
    assert not toast_of(as_agent.post(reverse("deals:create"), words)).cheer


def test_won_deal_is_celebrated_once(as_agent, words):
    as_agent.post(reverse("deals:create"), {**words, "stage": "won"})
    deal = Deal.objects.get()
    answer = as_agent.post(reverse("deals:edit", args=[deal.pk]), {**words, "stage": "won", "name": "V", "version": 1})
    assert answer.status_code == 302
    told = [read(message) for message in get_messages(answer.wsgi_request)]
    assert [one.cheer for one in told if one.text == "V updated"] == [False]
