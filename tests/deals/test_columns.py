"""What the columns of the list of deals say, and that a saved view keeps them."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.models import SavedView
from deals.models import Deal
from tesoro.moments import day_and_month
from tests.factories import ContactFactory, PartyFactory

pytestmark = pytest.mark.django_db
LIST = reverse("deals:list")
CHOOSER = reverse("deals:columns")
USUAL = ["name", "stage", "type", "clients", "value", "closing", "agent", "last", "created"]


def heads(response):
    """The keys of the columns that stand."""
    return re.findall(r'<th data-col="(\w+)"', response.content.decode())


def cells(response):
    """The cells of the first row by their column, as text."""
    first = response.content.decode().partition("<tbody>")[2].partition("</tr>")[0]
    found = re.findall(r'<td data-col="(\w+)"[^>]*>(.*?)</td>', first, re.DOTALL)
    return {key: " ".join(re.sub("<[^>]+>", "", inner).split()) for key, inner in found}


@pytest.fixture
def full(deal, account, agent):
    """A deal of which everything is known."""
    ada = ContactFactory(account=account, first_name="Ada", last_name="Byron", role="lawyer")
    PartyFactory(deal=deal, person=ada, role="lawyer")
    now = timezone.now()
    Deal.objects.update(
        value="450000.00", commission="3.50", closing_on=dt.date(2027, 3, 31), street="Calle Bernia 14", city="Altea",
        zip_code="03590", state="Alicante", country="ES", property_types="villa,penthouse", locations="Altea, Calpe",
        price_from="400000", price_to="650000", bedrooms=3, area_from=120, features="pool", stage="lost",
        reason="Too dear", created_by=agent, created_at=now - dt.timedelta(days=40, hours=1),
        stage_since=now - dt.timedelta(days=12, hours=1), closed_at=now - dt.timedelta(days=10),
    )  # fmt: skip
    deal.set_tags(["sea view"])
    deal.refresh_from_db()
    return deal


def test_the_usual_columns_stand_where_none_are_chosen(as_agent, full):
    page = as_agent.get(LIST)

    assert heads(page) == USUAL
    told = cells(page)
    assert (told["stage"], told["type"], told["clients"], told["value"]) == ("Lost", "Buy", "Inés Sáez", "€450,000")
    assert told["closing"] == f"Lost {day_and_month(full.closed_at)}"
    assert "Lucía" in told["agent"]
    assert f'href="{full.get_absolute_url()}' in page.content.decode()


EXTRA = {
    "commission": "€15,750", "share": "3.50 %", "parties": "Inés Sáez (Buyer), Ada Byron (Lawyer)", "tags": "sea view",
    "days": "12", "age": "30", "reason": "Too dear", "street": "Calle Bernia 14", "zip": "03590", "city": "Altea",
    "state": "Alicante", "country": "Spain", "properties": "Penthouse or villa", "places": "Altea or Calpe",
    "price": "€400k–650k", "size": "3+ beds, 120+ m²", "features": "pool",
}  # fmt: skip


def test_extra_columns_say_what_is_known_of_a_deal(as_agent, full):
    page = as_agent.get(LIST, {"columns": ",".join(EXTRA)})

    assert heads(page) == ["name", *EXTRA]
    told = cells(page)
    assert {key: told[key] for key in EXTRA} == EXTRA


def test_what_is_not_known_leaves_its_cell_empty(as_agent, deal):
    keys = ["commission", "share", "closed", "reason", "tags", "price", "size", "by", "closing", "value"]

    assert [cells(as_agent.get(LIST, {"columns": ",".join(keys)}))[key] for key in keys] == [""] * len(keys)


def test_what_people_typed_is_text_in_every_cell(as_agent, deal):
    Deal.objects.update(name="<script>alert(1)</script>", city='"><script>alert(2)</script>')
    page = as_agent.get(LIST, {"columns": "name,city"}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(2)" in page


def test_a_deal_that_nobody_works_on_is_marked(as_agent, deal):
    assert "Going cold" not in as_agent.get(LIST).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    Deal.objects.update(last_activity_at=timezone.now() - dt.timedelta(days=400))

    assert "Going cold" in as_agent.get(LIST).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]


def test_the_form_shows_every_column(as_agent):
    page = as_agent.get(CHOOSER, {"columns": "name,city,commission", "stage": "offer"}).content.decode()
    boxes = re.findall(r'type="checkbox" name="columns" value="(\w+)"( checked)?', page)

    assert [key for key, checked in boxes if checked] == ["city", "commission"]
    assert {key for key, _checked in boxes} == {*USUAL, *EXTRA, "closed", "by"} - {"name"}
    assert '<input type="hidden" name="stage" value="offer">' in page


def test_a_saved_view_keeps_its_columns(as_agent, deal):
    as_agent.post(reverse("deals:views"), {"name": "Money", "query": "stage=knowing&columns=name,commission,days"})
    view = SavedView.objects.get()

    page = as_agent.get(f"{LIST}?{view.query}&view={view.pk}")
    assert view.section == "deals"
    assert heads(page) == ["name", "commission", "days"]


def test_below_the_name_a_phone_shows_stage_closing_and_clients_and_no_value(as_agent, full):
    assert cells(as_agent.get(LIST))["name"].endswith(f"Lost {day_and_month(full.closed_at)} · Inés Sáez")
    Deal.objects.update(stage="offer", closed_at=None, closing_on=dt.date(2025, 3, 31))

    page = as_agent.get(LIST)

    assert cells(page)["name"].endswith("Offer · Past its closing date: 31 Mar 2025 · Inés Sáez")
    assert page.content.decode().count('class="late"') == 2
