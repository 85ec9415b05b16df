"""The stages of deals in the browser: those that go with a type, Lost for many, and a lane that opens in sight."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from deals.models import Deal
from tests.e2e.steps import said
from tests.factories import ContactFactory, DealFactory, PartyFactory


@pytest.fixture
def deal(account, agent):
    """A deal at the offer."""
    made = DealFactory(account=account, assigned_to=agent, name="Villa Altea", stage="offer")
    PartyFactory(deal=made, person=ContactFactory(account=account, assigned_to=agent))
    return made


@pytest.fixture
def page(sign_in, agent, deal):
    return sign_in(agent, viewport={"width": 1024, "height": 800})


def test_another_type_offers_the_stages_of_its_pipeline_at_once(page, account, agent):
    client = ContactFactory(account=account, assigned_to=agent)
    page.goto(f"{reverse('deals:create')}?contact={client.pk}&type=buy")
    stage = page.get_by_label("Stage")
    page.get_by_label("Name", exact=True).fill("Casa")
    page.get_by_label("Type", exact=True).select_option("Sell")
    expect(stage).to_have_value("mandate")
    stage.select_option("Lost")
    expect(page.get_by_label("Reason")).to_be_visible()
    page.get_by_label("Type", exact=True).select_option("Rent")
    expect(stage).to_have_value("lost")
    page.get_by_label("Type", exact=True).select_option("Rent out")
    stage.select_option("Mandate")
    expect(page.get_by_label("Reason")).to_be_hidden()
    page.get_by_role("button", name="Submit").click()
    said(page, "Casa created")
    assert Deal.objects.filter(type="rent_out", stage="mandate").count() == 1


def test_many_lost_without_a_reason_are_asked_in_the_menu(page, deal):
    page.goto(reverse("deals:list"))
    page.get_by_label("Select Villa Altea").check()
    page.locator("summary[aria-label=Stage]").click()
    page.get_by_role("button", name="Lost", exact=True).click()
    expect(page.locator("#bulk-reason_error")).to_have_text("Give a reason.")
    page.locator("#bulk-reason").fill("Too dear")
    page.get_by_role("button", name="Lost", exact=True).click()
    said(page, "1 deal is now Lost")


def test_a_strip_opens_as_a_lane_that_is_in_sight(page, deal):
    Deal.objects.update(stage="won")
    page.goto(f"{reverse('deals:board')}?pipeline=buyer")
    page.locator("[data-lane=won] > .lane-shut").click()
    page.wait_for_url("**#lane-won")
    expect(page.get_by_role("link", name="Villa Altea")).to_be_in_viewport(ratio=1)
