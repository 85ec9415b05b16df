"""The columns of a list: which stand, in what order, and how they are chosen."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.columns import moved
from contacts.sections import sections
from tests.factories import ContactFactory, DealFactory, LeadFactory, PartyFactory, RelationFactory

LIST = reverse("contacts:list")
CHOOSER = reverse("contacts:columns")
FACTORIES = {
    "contacts": ContactFactory, "leads": LeadFactory, "relations": RelationFactory, "deals": DealFactory,
}  # fmt: skip
USUAL = ["name", "email", "phone", "role", "agent", "tags", "last", "created"]


@pytest.fixture
def person(account, agent):
    firm = RelationFactory(account=account, name="Notaría Ferrer & Cía")
    return ContactFactory(
        account=account, assigned_to=agent, created_by=agent, relation=firm, language="nl", country="NL",
        city="Utrecht", salutation="dr", whatsapp="+34612345678", do_not_contact=True,
    )  # fmt: skip


def _heads(response):
    return re.findall(r'<th data-col="(\w+)"', response.content.decode())


def _cells(response):
    """The cells of the first row by their column, as text."""
    first = response.content.decode().partition("<tbody>")[2].partition("</tr>")[0]
    cells = re.findall(r'<td data-col="(\w+)"[^>]*>(.*?)</td>', first, re.DOTALL)
    return {key: re.sub("<[^>]+>", "", inner) for key, inner in cells}


def test_the_usual_columns_stand_where_none_are_chosen(as_agent, person):
    assert _heads(as_agent.get(LIST)) == USUAL


def test_the_address_says_which_columns_stand_and_in_what_order(as_agent, person):
    page = as_agent.get(f"{LIST}?columns=name,city,relation,email")

    assert _heads(page) == ["name", "city", "relation", "email"]
    cells = _cells(page)
    assert (cells["city"], cells["relation"], cells["email"]) == ("Utrecht", "Notaría Ferrer &amp; Cía", person.email)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("city", ["name", "city"]),
        ("city,name,city", ["name", "city"]),
        ("nonsense,city", ["name", "city"]),
        ("nonsense", USUAL),
        ("name", ["name"]),
        (",", USUAL),
        ("%00,<script>,city", ["name", "city"]),
    ],
)
def test_the_name_stands_first_and_what_says_nothing_is_passed_over(as_agent, person, asked, shown):
    assert _heads(as_agent.get(LIST, {"columns": asked})) == shown


def test_extra_columns_say_what_is_known_of_a_contact(as_agent, person):
    keys = "language,country,salutation,whatsapp,silent,by"
    cells = _cells(as_agent.get(f"{LIST}?columns={keys}"))

    assert [cells[key] for key in keys.split(",")[:5]] == ["Dutch", "Netherlands", "Dr.", "+34 612 34 56 78", "Yes"]
    assert "Lucía" in cells["by"]


def test_a_company_in_the_trash_is_not_named(as_agent, agent, person):
    person.relation.trash(by=agent)

    assert _cells(as_agent.get(f"{LIST}?columns=name,relation"))["relation"] == ""


def test_what_people_typed_is_text_in_every_cell(as_agent, person):
    person.city = '"><script>alert(1)</script>'
    person.save()
    page = as_agent.get(f"{LIST}?columns=name,city").content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_lead_columns_say_what_somebody_looks_for(as_agent, account, agent):
    LeadFactory(
        account=account, assigned_to=agent, lead__type="buyer", lead__source="portals", lead__portal="idealista",
        lead__locations="Altea, Jávea", lead__price_to="400000", lead__timing="6m", lead__bedrooms=3,
    )  # fmt: skip
    keys = ["type", "portal", "places", "price", "timing", "size"]
    cells = _cells(as_agent.get(f"{reverse('leads:list')}?columns={','.join(keys)}"))

    assert [cells[key] for key in keys[:3]] == ["Buyer", "Idealista", "Altea or Jávea"]
    assert "400k" in cells["price"]
    assert "6 months" in cells["timing"]
    assert cells["size"] == "3+ beds"


@pytest.mark.parametrize("section", FACTORIES)
def test_every_column_of_a_section_can_stand_and_none_costs_a_query_a_row(as_agent, account, agent, section):
    url = reverse(f"{section}:list")
    address = f"{url}?columns={','.join(head.key for head in sections[section].heads)}"
    made = {"created_by": agent} if section == "relations" else {"created_by": agent, "assigned_to": agent}

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = as_agent.get(address)
        assert _heads(page) == [head.key for head in sections[section].heads]
        return len(seen)

    first = FACTORIES[section](account=account, **made)
    first.set_tags(["one"])
    if section == "deals":
        PartyFactory(deal=first)
    few = queries()
    for number in range(9):
        record = FACTORIES[section](account=account, **made)
        record.set_tags([f"tag {number}", "one", "two"])
        if section == "deals":
            PartyFactory.create_batch(2, deal=record)
        elif section != "relations":
            record.relation = RelationFactory(account=account)
            record.save()

    assert queries() == few


def test_the_form_shows_every_column_those_that_stand_first(as_agent):
    page = as_agent.get(f"{CHOOSER}?columns=name,city,email&role=buyer").content.decode()
    boxes = re.findall(r'type="checkbox" name="columns" value="(\w+)"( checked)?', page)

    assert [key for key, checked in boxes if checked] == ["city", "email"]
    assert [key for key, _checked in boxes[:2]] == ["city", "email"]
    assert {key for key, _checked in boxes} == {head.key for head in sections["contacts"].heads} - {"name"}
    assert '<input type="hidden" name="role" value="buyer">' in page


def test_what_the_form_sends_becomes_one_word_of_the_address(as_agent, person):
    page = as_agent.get(f"{LIST}?role=buyer&columns=name&columns=city&columns=email")

    assert page.url == f"{LIST}?role=buyer&columns=name%2Ccity%2Cemail"


def test_the_usual_columns_need_no_word(as_agent, person):
    words = "&".join(f"columns={key}" for key in USUAL)

    assert as_agent.get(f"{LIST}?{words}").url == LIST


@pytest.mark.parametrize(("step", "order"), [("up=email", ["email", "city"]), ("down=city", ["email", "city"])])
def test_without_script_the_server_moves_a_column(as_agent, step, order):
    page = as_agent.get(f"{CHOOSER}?columns=name&columns=city&columns=email&{step}").content.decode()

    assert re.findall(r'name="columns" value="(\w+)" checked', page) == order


def test_reset_leads_back_to_the_usual_columns(as_agent):
    assert as_agent.get(f"{CHOOSER}?columns=name,city&role=buyer").context["reset_url"] == f"{LIST}?role=buyer"


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        ("b", -1, "nbacd"),
        ("a", -1, "nabcd"),
        ("d", 1, "nabcd"),
        ("a", 9, "nbcda"),
        ("n", 1, "nabcd"),
        ("x", 1, "nabcd"),
    ],
)
def test_the_first_column_keeps_its_place_whatever_is_moved(key, by, order):
    assert "".join(moved(list("nabcd"), key, by)) == order


def test_columns_move_nobody_to_another_page(as_agent, account, agent):
    ContactFactory.create_batch(30, account=account, assigned_to=agent)
    address = as_agent.get(f"{LIST}?sort=name").context["listing"].next_url

    assert len(as_agent.get(f"{LIST}{address}&columns=name,city").context["listing"].page.rows) == 5
