"""The side panel of a deal."""

import datetime as dt
import json

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from deals.models import Deal
from tesoro.toasts import read
from tests.factories import ContactFactory, DealFactory, LeadFactory

pytestmark = pytest.mark.django_db
NEW = "/deals/new/"


def _data(agent, buyer, **fields):
    return {
        "name": "Villa", "clients": buyer.email, "type": "buy", "stage": "knowing", "offered": "buyer",
        "assigned_to": agent.pk, "value": "450k", "commission": "3,5 %", **fields,
    }  # fmt: skip


def test_a_deal_is_made_with_its_client(as_agent, agent, buyer):
    answer = as_agent.post(NEW, _data(agent, buyer))
    made = Deal.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (made.value, str(made.commission), made.parties.get().role) == (450_000, "3.50", "buyer")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"clients": ""}, "A deal needs a client."),
        ({"clients": "nobody@example.com"}, "nobody@example.com"),
        ({"name": ""}, "required"),
        ({"stage": "lost"}, "Reason is missing."),
        ({"value": "much"}, "no amount"),
        ({"commission": "300"}, "at most 100"),
        ({"closing_on": "soon"}, "valid date"),
        ({"stage": "mandate"}, "Choose a stage of the pipeline “Buyer”."),
    ],
    ids=str,
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(as_agent, agent, buyer, fields, said):
    answer = as_agent.post(NEW, _data(agent, buyer, street="Calle Ifach 3", **fields))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Calle Ifach 3" in page
    assert not Deal.objects.exists()


def test_a_lead_is_no_client(as_agent, account, agent, buyer):
    lead = LeadFactory(account=account)
    answer = as_agent.post(NEW, _data(agent, buyer, clients=lead.email))
    assert "is a lead. Convert the lead first." in answer.content.decode()


def test_going_over_to_the_other_pipeline_asks_for_the_stage_once(as_agent, agent, deal):
    url = reverse("deals:edit", args=[deal.pk])
    data = {
        "name": "Villa",
        "type": "sell",
        "stage": "offer",
        "offered": "buyer",
        "assigned_to": agent.pk,
        "version": 1,
    }
    answer = as_agent.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The pipeline is “Owner” now. Choose the stage." in page
    assert '<option value="mandate"' in page
    assert as_agent.post(url, {**data, "offered": "owner"}).status_code == 302
    stored = Deal.objects.get(pk=deal.pk)
    assert (stored.pipeline, stored.stage) == ("owner", "offer")


def test_an_address_proposes_type_stage_and_client(as_agent, buyer):
    page = as_agent.get(f"{NEW}?pipeline=owner&stage=online&contact={buyer.pk}").content.decode()
    assert '<option value="sell" selected' in page
    assert '<option value="online" selected' in page
    assert buyer.email in page


def test_the_page_of_a_deal_shows_stage_value_and_commission(as_agent, agent, buyer):
    as_agent.post(NEW, _data(agent, buyer))
    page = as_agent.get(Deal.objects.get().get_absolute_url()).content.decode()
    assert "€450,000" in page
    assert "€15,750" in page
    assert 'aria-current="step"><span>Knowing Property' in page


@pytest.mark.parametrize("tab", ["info", "contacts", "notes", "attachments"])
def test_each_tab_opens(as_agent, deal, tab):
    assert as_agent.get(f"{deal.get_absolute_url()}{tab}/").status_code == 200


def test_a_deal_goes_to_the_trash_and_comes_back(as_agent, deal):
    as_agent.post(reverse("deals:trash", args=[deal.pk]))
    assert not Deal.objects.exists()
    assert "is in the trash" in as_agent.get(deal.get_absolute_url()).content.decode()
    as_agent.post(reverse("trash:restoration"), {"bin": "deals", "one": deal.pk})
    assert Deal.objects.get() == deal


def test_a_stranger_sees_no_deal(as_stranger, deal):
    assert as_stranger.get(deal.get_absolute_url()).status_code == 404


def test_a_deal_that_is_won_in_the_panel_is_celebrated_once(as_agent, agent, deal, buyer):
    url = f"{deal.get_absolute_url()}edit/"
    for version, cheered in ((deal.version, True), (deal.version + 1, False)):
        data = _data(agent, buyer, stage="won", version=version, description=f"Sold {version}")
        as_agent.post(url, data)
        [note] = [read(message) for message in get_messages(as_agent.get("/deals/").wsgi_request)]
        assert (note.text, note.cheer) == ("Villa updated", cheered)
    assert Deal.objects.get().stage == "won"


def test_the_frame_counts_open_deals_and_the_list_all(as_agent, agent, account, deal):
    DealFactory(account=account, stage="won")
    answer = as_agent.get("/deals/")
    [entry] = [entry for entry in answer.context["nav"] if entry.namespace == "deals"]
    assert (entry.tally, answer.context["listing"].total) == ("1", 2)


def test_a_new_deal_is_ones_own(as_agent, agent, admin):
    assert as_agent.get(NEW).context["form"]["assigned_to"].value() == agent.pk


def test_the_stages_of_each_type_travel_with_the_form(as_agent):
    form = as_agent.get(NEW).context["form"]
    offers = json.loads(form.fields["stage"].widget.attrs["data-choices"])

    assert (offers["rent_out"]["offered"], offers["rent_out"]["choices"][0]) == ("owner", ["mandate", "Mandate"])
    assert offers["buy"] == offers["rent"]


def test_the_pipeline_that_was_offered_is_sent_once(as_agent):
    assert as_agent.get(NEW).content.decode().count('name="offered"') == 1


@pytest.mark.parametrize(
    ("role", "words", "kind"),
    [
        ("seller", "", "sell"), ("tenant", "", "rent"), ("landlord", "", "rent_out"), ("lawyer", "", "buy"),
        ("seller", "&pipeline=buyer", "buy"), ("seller", "&type=rent", "rent"),
    ],
)  # fmt: skip
def test_the_type_of_a_new_deal_follows_the_role_of_the_contact(as_agent, account, role, words, kind):
    contact = ContactFactory(account=account, role=role)

    form = as_agent.get(f"{NEW}?contact={contact.pk}{words}").context["form"]

    assert form["type"].value() == kind
    assert form["stage"].value() == ("mandate" if kind in ("sell", "rent_out") else "knowing")


def test_clients_are_named_by_email(as_agent, agent, buyer):
    page = as_agent.post(NEW, _data(agent, buyer, clients=f"Andrea Dourado López, {buyer.email}")).content.decode()

    assert "Name contacts by their email address." in page
    assert "There is no @ sign" not in page


@pytest.mark.parametrize(("stage", "told"), [("won", "Won 3 Mar 2025"), ("offer", "1 Mar 2025")])
def test_the_page_of_a_closed_deal_shows_when_it_was_closed(as_agent, deal, stage, told):
    closed_at = dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC) if stage == "won" else None
    Deal.objects.update(stage=stage, closed_at=closed_at, closing_on=dt.date(2025, 3, 1))

    facts = (
        as_agent.get(deal.get_absolute_url()).content.decode().partition('id="record-facts"')[2].partition("</dl>")[0]
    )

    assert told in facts
    assert ("1 Mar 2025" in facts, 'class="late"' in facts) == (stage == "offer", stage == "offer")
