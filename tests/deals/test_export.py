"""The list of deals as a file that can be imported again."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from contacts import exporting
from contacts.sections import sections
from deals.models import Deal
from deals.resources import DealResource
from tests.factories import ContactFactory, DealFactory, PartyFactory

pytestmark = pytest.mark.django_db
URL = reverse("deals:export")


def rows(response):
    """The rows of the CSV file that was sent."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sheet_of(response):
    """The sheet of the workbook that was sent."""
    return load_workbook(io.BytesIO(b"".join(response.streaming_content))).active


@pytest.fixture
def two(account, agent):
    """A buyer's deal, and one of a seller with all its fields."""
    DealFactory(account=account, name="Flat", assigned_to=agent)
    deal = DealFactory(
        account=account, name="=Villa", type="sell", stage="offer", assigned_to=agent, value="450000.00",
        commission="3.50", closing_on="2027-03-31", description="=HYPERLINK(1)\n🏖️", street="-5", city="@Altea",
        country="ES", property_types="villa,penthouse", locations="Altea, Calpe", price_to="650000.50", bedrooms=3,
    )  # fmt: skip
    deal.set_tags(["sea view", "a, b"])
    for email, role in (("ada@example.org", "lawyer"), ("ines@example.com", "seller")):
        PartyFactory(deal=deal, person=ContactFactory(account=account, email=email), role=role)
    return deal


def test_a_deal_is_exported_with_all_its_columns(as_admin, two):
    (row,) = rows(as_admin.get(URL, {"type": "sell"}))

    assert {name: cell for name, cell in row.items() if cell} == {
        "Name": "'=Villa", "Type": "Sell", "Stage": "Offer", "Owner email": "lucia@example.com", "Value": "450000",
        "Contacts": "ines@example.com (Seller), ada@example.org (Lawyer)", "Commission, %": "3.50",
        "Closing date": "2027-03-31", "Tags": '"a, b", sea view', "Property description": "'=HYPERLINK(1)\n🏖️",
        "Street": "'-5", "City": "'@Altea", "Country": "ES", "Property types": "Villa, Penthouse",
        "Locations": "Altea, Calpe", "Price to": "650000.50", "Bedrooms": "3",
    }  # fmt: skip
    assert list(row) == [str(DealResource.fields[name].label) for name in DealResource._meta.fields]


def test_the_day_of_closing_is_that_of_the_offices_clock(as_admin, account, two):
    account.time_zone = "Pacific/Auckland"
    account.save()
    at = dt.datetime(2026, 5, 1, 20, 0, tzinfo=dt.UTC)
    Deal.objects.filter(pk=two.pk).update(stage="won", closed_at=at)

    assert [row["Won or lost on"] for row in rows(as_admin.get(URL))] == ["", "2026-05-02"]


def test_the_current_list_is_exported_with_its_search_and_filters(as_admin, two):
    assert [row["Name"] for row in rows(as_admin.get(URL, {"stage": "knowing"}))] == ["Flat"]
    assert [row["Name"] for row in rows(as_admin.get(URL, {"q": "villa"}))] == ["'=Villa"]


def test_the_ticked_rows_are_exported_or_all_that_match(as_admin, two):
    assert [row["Name"] for row in rows(as_admin.post(URL, {"id": two.pk}))] == ["'=Villa"]
    everything = as_admin.post(URL, {"id": two.pk, "all": "1", "scope": "type=buy"})
    assert [row["Name"] for row in rows(everything)] == ["Flat"]


def test_how_the_list_looks_does_not_change_its_file(as_admin, two):
    found = rows(as_admin.get(URL, {"columns": "name,city", "view": "all", "sort": "-value", "per_page": "25"}))

    assert [row["Name"] for row in found] == ["Flat", "'=Villa"]
    assert {"Contacts", "Value"} <= set(found[0])


def test_a_workbook_holds_the_same_rows_as_text_and_no_formula(as_admin, two):
    header, _flat, villa = sheet_of(as_admin.get(URL, {"format": "xlsx"})).iter_rows()

    told = dict(zip([cell.value for cell in header], villa, strict=True))
    assert (told["Name"].value, told["City"].value, told["Value"].value) == ("=Villa", "@Altea", "450000")
    assert {cell.data_type for cell in villa} <= {"s", "inlineStr", "n"}  # "n" is an empty one
    assert all(cell.quotePrefix for cell in villa if str(cell.value or "")[:1] in tuple("=+-@"))


def test_the_ticked_rows_are_exported_as_a_workbook(as_admin, two):
    sheet = sheet_of(as_admin.post(f"{URL}?format=xlsx", {"id": two.pk}))

    assert [row[0].value for row in sheet.iter_rows()] == ["Name", "=Villa"]


def test_who_lies_in_the_trash_is_not_named(as_admin, admin, two):
    two.parties.get(role="lawyer").person.trash(by=admin)

    assert rows(as_admin.get(URL, {"type": "sell"}))[0]["Contacts"] == "ines@example.com (Seller)"


def test_a_file_of_any_length_is_written_in_parts_and_asks_no_question_a_row(
    account, agent, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(exporting, "CHUNK", 2)
    for _number in range(5):
        PartyFactory(deal=DealFactory(account=account, assigned_to=agent))

    with django_assert_num_queries(1 + 3 * 2):  # deals with agents; a part's parties and tags
        parts = list(exporting.as_csv(sections["deals"], Deal.objects.all()))

    assert [part.count(b"\r\n") for part in parts] == [1, 2, 2, 1]


def test_only_admins_export_and_only_their_own(as_agent, as_stranger, two):
    assert as_agent.get(URL).status_code == 403
    assert as_agent.post(URL, {"id": two.pk}).status_code == 403
    assert rows(as_stranger.get(URL)) == []
    assert rows(as_stranger.post(URL, {"id": two.pk})) == []
