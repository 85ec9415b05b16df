"""The stage of a deal, given on its page or in the panel: why it was lost is demanded, and Undo puts it back."""

import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from deals.models import Deal
from tesoro.ranking import GAP
from tesoro.toasts import read
from tests.factories import DealFactory


def stage(deal):
    return reverse("deals:stage", args=[deal.pk])


def label(page, name):
    return re.search(rf'<label class="label[^"]*" for="id_{name}">.*?</label>', page.content.decode(), re.DOTALL)[0]


def note(answer):
    [note] = [read(message) for message in get_messages(answer.wsgi_request)]
    return note


@pytest.fixture
def between(deal, account):
    """The deal, an offer between two others."""
    for place, name in enumerate(["Above", "Below"]):
        DealFactory(account=account, name=name, stage="offer", rank=place * 2 * GAP)
    Deal.objects.filter(pk=deal.pk).update(stage="offer", rank=GAP)
    return Deal.objects.get(pk=deal.pk)


def order(account):
    return list(Deal.objects.for_account(account).of_stage("buyer", "offer").values_list("name", flat=True))


@pytest.mark.parametrize("data", [{"stage": "won"}, {"stage": "lost", "reason": "Too dear"}], ids=str)
def test_undo_puts_the_deal_back_into_its_very_place(as_agent, account, between, data):
    told = note(as_agent.post(stage(between), data))
    answer = as_agent.post(told.undo_url, dict(told.undo_data))

    assert answer.url == between.get_absolute_url()
    stored = Deal.objects.get(pk=between.pk)
    assert (stored.stage, stored.reason, stored.closed_at) == ("offer", "", None)
    assert order(account) == ["Above", "Villa in Altea", "Below"]


def test_undo_leads_back_to_the_page_below_the_panel(as_agent, between):
    words = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/deals/?state=open"}
    told = note(as_agent.post(stage(between), {"stage": "lost", "reason": "Gone"}, **words))

    assert dict(told.undo_data)["next"] == "/deals/?state=open"


def test_another_reason_alone_has_no_way_back(as_agent, agent, between):
    as_agent.post(stage(between), {"stage": "lost", "reason": "Gone"})
    told = [
        read(one)
        for one in get_messages(as_agent.post(stage(between), {"stage": "lost", "reason": "Too dear"}).wsgi_request)
    ]

    assert told[-1].undo_url == ""


def test_the_panel_names_the_deal_and_demands_the_reason_of_lost(as_agent, deal):
    page = as_agent.get(stage(deal), {"stage": "lost"})

    assert "Villa in Altea: change the stage" in page.content.decode()
    assert "Optional" not in label(page, "reason")
    assert "A lost deal needs a reason." in page.content.decode()
    assert '<span class="optional" data-without-script>Optional</span>' in label(as_agent.get(stage(deal)), "reason")


def test_the_form_demands_the_reason_of_lost_too(as_agent, deal):
    url = reverse("deals:edit", args=[deal.pk])
    assert '<span class="optional" data-without-script>Optional</span>' in label(as_agent.get(url), "reason")
    assert "Optional" not in label(as_agent.post(url, {"name": "Villa", "type": "buy", "stage": "lost"}), "reason")


def test_lost_without_a_reason_is_asked_for_on_a_page_of_its_own(as_agent, deal):
    page = as_agent.post(reverse("deals:bulk-stage"), {"id": deal.pk, "stage": "lost"})

    assert page.status_code == 422
    assert "Optional" not in label(page, "reason")
    assert Deal.objects.get().stage == "knowing"


def test_the_menu_of_the_list_groups_the_stages_and_demands_the_reason(as_agent, deal):
    text = as_agent.get(reverse("deals:list")).content.decode()
    menu = text[text.index("<h3>Buyer</h3>") : text.index('data-demands="bulk-reason"')]
    groups = [re.findall(r'name="stage" value="(\w+)"', part) for part in menu.split("<h3>")[1:]]

    assert groups == [
        ["knowing", "first_visit", "more_visits", "contract", "deed"],
        ["mandate", "online", "visits", "deposit"],
        ["offer", "reservation", "won", "lost"],
    ]


def test_deals_that_stayed_are_a_warning(as_agent, deal):
    answer = as_agent.post(reverse("deals:bulk-stage"), {"id": deal.pk, "stage": "mandate"})

    told = note(answer)
    assert (told.text, told.tone) == ("1 deal stayed: its pipeline has no such stage.", "warn")
