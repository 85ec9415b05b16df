"""What the list of leads can be narrowed to."""

import pytest
from django.urls import reverse

from contacts.models import Person
from contacts.sections import sections
from tests.factories import LeadFactory

LIST = reverse("leads:list")
LEADS = {
    "Ana": {"status": "new", "stage": "hot", "type": "buyer", "source": "portals", "portal": "kyero"},
    "Ben": {"status": "contacted", "stage": "cold", "type": "seller", "property_types": "townhouse"},
    "Cleo": {"status": "lost", "reason": "Gone", "type": "tenant", "locations": "Altea, Jávea"},
}


@pytest.fixture
def leads(account):
    """Three leads that differ in everything."""
    for name, known in LEADS.items():
        lead = {f"lead__{key}": value for key, value in known.items()}
        LeadFactory(account=account, first_name=name, last_name="Last", **lead)


def found(browser, **query):
    rows = browser.get(LIST, {"sort": "name", **query}).context["listing"].rows
    return [row.name.split()[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"status": ["new", "lost"]}, ["Ana", "Cleo"]),
        ({"stage": "cold"}, ["Ben"]),
        ({"type": ["buyer", "tenant"]}, ["Ana", "Cleo"]),
        ({"source": "portals"}, ["Ana"]),
        ({"portal": "kyero"}, ["Ana"]),
        ({"property_type": "villa"}, ["Ana", "Cleo"]),
        ({"property_type": "house"}, []),
        ({"property_type": ["house", "townhouse"]}, ["Ben"]),
        ({"place": "jávea"}, ["Cleo"]),
        ({"place": "JAVEA"}, ["Cleo"]),
        ({"place": "JÁVEA"}, ["Cleo"]),
        ({"place": "avea"}, ["Cleo"]),
        ({"place": "100%"}, []),
        ({"status": "new", "stage": "cold"}, []),
        ({"q": "cleo", "status": "lost"}, ["Cleo"]),
        ({"status": "nonsense"}, ["Ana", "Ben", "Cleo"]),
    ],
)
def test_filters_narrow_the_list(as_agent, leads, query, names):
    assert found(as_agent, **query) == names


def test_filters_become_chips_and_the_form_shows_them(as_agent, leads):
    chips = as_agent.get(LIST, {"status": ["new", "lost"], "property_type": "villa"}).context["listing"].chips
    assert [(chip.label, chip.value) for chip in chips] == [("Status", "New, Lost"), ("Property type", "Villa")]
    form = as_agent.get(reverse("leads:filters"), {"stage": "cold"}).context["form"]
    assert form["stage"].value() == ["cold"]
    assert "role" not in form.fields
    assert [*form.fields][:3] == ["status", "reached", "stage"]


def test_a_place_is_found_under_its_new_name_once_it_is_edited(as_agent, agent, leads):
    person = Person.objects.get(first_name="Cleo")
    person.lead.locations = "MÁLAGA"
    person.revise(by=agent, version=person.version)
    assert found(as_agent, place="malaga") == ["Cleo"]
    assert found(as_agent, place="altea") == []


@pytest.mark.parametrize("page", ["list", "board"])
def test_with_a_filter_alone_nobody_is_looked_for_among_contacts(as_agent, leads, contact, page):
    answer = as_agent.get(reverse(f"leads:{page}"), {"portal": "zoopla"})
    assert answer.context["others"] == 0
    assert "that match" not in answer.content.decode()
    named = as_agent.get(reverse(f"leads:{page}"), {"portal": "zoopla", "q": contact.first_name})
    assert named.context["examples"] == [contact]
    assert "There is 1 contact that matches" in named.content.decode()


BUDGETS = {
    "low": {"price_from": 100_000, "price_to": 200_000},
    "middle": {"price_from": 300_000, "price_to": 500_000},
    "open": {"price_from": 400_000},
    "capped": {"price_to": 250_000},
    "unknown": {},
}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"budget_from": "450k"}, {"middle", "open"}),
        ({"budget_to": "€ 260.000"}, {"low", "capped"}),
        ({"budget_from": "220000", "budget_to": "350000"}, {"middle", "capped"}),
        ({"budget_from": "cheap"}, set(BUDGETS)),
    ],
)
def test_budget_that_overlaps_is_found(as_agent, account, query, names):
    for name, prices in BUDGETS.items():
        LeadFactory(account=account, first_name=name, **{f"lead__{key}": value for key, value in prices.items()})
    page = as_agent.get(reverse("leads:list"), query).context["listing"].page
    assert {person.first_name for person in page.rows} == names


def test_budget_stands_on_its_chip_as_money(as_agent, account):
    chips = as_agent.get(reverse("leads:list"), {"budget_from": "450k"}).context["listing"].chips
    assert [(chip.label, chip.value) for chip in chips] == [("Budget from", "€450,000")]


@pytest.mark.parametrize(("query", "names"), [({"bedrooms": "3"}, {"large"}), ({"area": "100"}, {"large"})])
def test_rooms_and_area_are_asked_for_at_least(as_agent, account, query, names):
    LeadFactory(account=account, first_name="large", lead__bedrooms=4, lead__area_from=150)
    LeadFactory(account=account, first_name="small", lead__bedrooms=2, lead__area_from=60)
    LeadFactory(account=account, first_name="unknown")
    page = as_agent.get(reverse("leads:list"), query).context["listing"].page
    assert {person.first_name for person in page.rows} == names


@pytest.mark.parametrize("query", [{"bedrooms": "-1"}, {"bedrooms": "9" * 30}, {"area": "NaN"}, {"budget_to": "1e999"}])
def test_amounts_that_are_none_filter_nothing(as_agent, account, query):
    LeadFactory(account=account)
    assert len(as_agent.get(reverse("leads:list"), query).context["listing"].page.rows) == 1


def test_rooms_above_add_filters_to_the_list_of_contacts_and_leave_its_own_class_alone():
    section = sections["contacts"]
    assert {"converted_from", "converted_to"} <= set(section.filters.base_filters)
    assert "converted_from" not in section.filter_class.base_filters
    assert "converted_from" not in sections["leads"].filters.base_filters


def test_a_budget_from_above_to_is_told_at_its_field_and_its_end_filters_nothing(as_agent, leads):
    query = {"budget_from": "500k", "budget_to": "400k"}
    form = as_agent.get(reverse("leads:filters"), query).context["form"]
    assert form.errors == {"budget_to": ["The highest budget is below the lowest."]}
    assert found(as_agent, **query) == found(as_agent, budget_from="500k")
