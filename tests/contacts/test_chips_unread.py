"""What the address bar asks for and nobody can read filters nothing, and its chip shows it; what is gone says so."""

import pytest
from django.urls import reverse

from tests.factories import ContactFactory, DealFactory, LeadFactory


def lost(client, section, **query):
    """What the chips say of the values that filter nothing."""
    answer = client.get(reverse(f"{section}:list"), query)
    return [(chip.label, chip.value) for chip in answer.context["listing"].lost], answer.content.decode()


@pytest.fixture(autouse=True)
def some(account):
    """A record of each section."""
    for factory in (ContactFactory, LeadFactory, DealFactory):
        factory(account=account)


@pytest.mark.parametrize(
    ("section", "name", "text", "label"),
    [
        ("contacts", "converted_from", "soon", "Converted from"),
        ("leads", "created_to", "2026-02-31", "Created to"),
        ("leads", "budget_from", "much", "Budget from"),
        ("leads", "bedrooms", "three", "Bedrooms, at least"),
        ("deals", "closing_from", "31/31/2026", "Closing from"),
        ("deals", "value_to", "1,2,3", "Value to"),
    ],
)
def test_bad_date_or_number_is_shown_as_not_understood(as_agent, section, name, text, label):
    chips, page = lost(as_agent, section, **{name: text})
    assert chips == [(label, text)]
    assert f"“{text}” is not understood, left out" in page


def test_text_is_escaped_and_a_long_one_is_cut(as_agent):
    (chip,), page = lost(as_agent, "deals", value_from="<b>" + "9" * 100)
    assert chip[1] == "<b>" + "9" * 37 + "…"
    assert "“&lt;b&gt;999" in page


@pytest.mark.parametrize(("name", "value"), [("tag", "999"), ("stage", "limbo"), ("created", "never")])
def test_other_values_no_longer_exist(as_agent, name, value):
    (chip,), page = lost(as_agent, "deals", **{name: value})
    assert chip[1] == ""
    assert "no longer exists, left out" in page


def test_amounts_are_told_as_money_of_the_account(as_agent, account):
    account.currency = "GBP"
    account.save()
    answer = as_agent.get(reverse("deals:list"), {"value_from": "400k", "value_to": "1250000.5"})
    chips = answer.context["listing"].chips
    assert [(chip.label, chip.value) for chip in chips] == [
        ("Value from", "£400,000"),
        ("Value to", "£1,250,000.50"),
    ]


def test_nought_is_a_filter_like_any_other_number(as_agent, account):
    DealFactory(account=account, name="Free", value=0)
    listing = as_agent.get(reverse("deals:list"), {"value_from": "0"}).context["listing"]
    assert ([chip.value for chip in listing.chips], listing.matches) == (["€0"], 1)
