"""Choosing a company: found while one types, or typed by its name; the page does not hold all there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Person
from contacts.relations.picking import MOST_FOUND, resolve, texts
from tests.factories import ContactFactory, LeadFactory, RelationFactory


@pytest.fixture
def person(account, agent):
    return ContactFactory(account=account, assigned_to=agent)


def found(client, query):
    return client.get(reverse("relations:companies"), {"q": query}).json()["found"]


def names(client, query):
    return [row["name"] for row in found(client, query)]


def change(client, person, text, version=1):
    url = reverse("contacts:info-field", args=[person.pk, "relation"])
    return client.post(url, {"relation": text, "version": version})


def company_of(person):
    return Person.objects.get(pk=person.pk).relation


@pytest.mark.parametrize("query", ["bufete", "ECHEVERRIA", "office@bufete", "912 345 678"])
def test_name_email_and_phone_are_searched(as_agent, relation, query):
    assert found(as_agent, query) == [{"value": relation.name, "name": relation.name, "about": "Law firm · Altea"}]


def test_the_answer_is_short(as_agent, account):
    RelationFactory.create_batch(MOST_FOUND + 3, account=account)
    assert len(found(as_agent, "bufete")) == MOST_FOUND


@pytest.mark.parametrize("query", ["", "   ", "zzz"])
def test_nothing_typed_finds_nothing(as_agent, relation, query):
    assert found(as_agent, query) == []


def test_companies_of_other_offices_and_of_the_trash_are_not_found(as_agent, as_stranger, relation, agent):
    assert names(as_stranger, "bufete") == []
    relation.trash(by=agent)
    assert names(as_agent, "bufete") == []


def test_the_answer_asks_the_same_number_of_queries_however_many_match(as_agent, account, relation):
    with CaptureQueriesContext(connection) as few:
        found(as_agent, "bufete")
    RelationFactory.create_batch(5, account=account)
    with CaptureQueriesContext(connection) as many:
        found(as_agent, "bufete")
    assert len(many) == len(few)


@pytest.mark.parametrize("text", ["Bufete Echeverría", "  bufete   ECHEVERRIA ", "Bufete-Echeverria."])
def test_a_name_is_found_whatever_its_case_and_accents(as_agent, person, relation, text):
    change(as_agent, person, text)
    assert company_of(person) == relation


def test_an_empty_field_lets_go(as_agent, person, relation):
    change(as_agent, person, relation.name)
    change(as_agent, person, " ", version=2)
    assert company_of(person) is None


@pytest.mark.parametrize("text", ["Bufete", "12", "#12", "Bufete Echeverría #", "x" * 200, "Bufete #" + "9" * 18])
def test_an_unknown_name_is_told_with_a_way_to_create_the_company(as_agent, person, relation, text):
    answer = change(as_agent, person, text)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "No company has this name." in page
    assert f'<a href="{reverse("relations:create")}">Create the company</a>' in page
    assert company_of(person) is None


def test_of_companies_with_one_name_each_carries_its_id(as_agent, account, person):
    one, two = (
        RelationFactory(account=account, name="Notaría Sánchez"),
        RelationFactory(account=account, name="notaria sanchez"),
    )
    assert [row["value"] for row in found(as_agent, "sanchez")] == [f"{two.name} #{two.pk}", f"{one.name} #{one.pk}"]

    change(as_agent, person, f"Notaría Sánchez #{two.pk}")
    assert company_of(person) == two


def test_a_name_that_several_have_is_asked_about(as_agent, account, person):
    one, two = RelationFactory.create_batch(2, account=account, name="Notaría Sánchez")
    page = change(as_agent, person, "Notaría Sánchez").content.decode()

    assert "Several companies have this name." in page
    assert f"Notaría Sánchez #{one.pk}, Notaría Sánchez #{two.pk}." in page


def test_the_company_that_is_chosen_already_is_meant_before_others_of_its_name(as_agent, account, person, relation):
    change(as_agent, person, relation.name)
    RelationFactory(account=account, name=relation.name)
    change(as_agent, person, relation.name, version=2)

    assert company_of(person) == relation


def test_the_id_of_another_offices_company_finds_nothing(as_agent, person):
    foreign = RelationFactory(name="Banco Ajeno")

    assert change(as_agent, person, f"Banco Ajeno #{foreign.pk}").status_code == 422
    assert company_of(person) is None


@pytest.mark.parametrize("name", ["Unit #12", "1899", "Bufete Echeverría", "Sol, S.L.", "---"])
def test_the_text_that_stands_for_a_company_finds_it(account, name):
    relation = RelationFactory(account=account, name=name)
    assert resolve(account, texts(account, [relation])[relation.pk]) == relation


def test_a_name_that_reads_as_an_id_is_not_taken_for_another_company(account):
    numbered = RelationFactory(account=account, name="Unit")
    named = RelationFactory(account=account, name=f"Unit #{numbered.pk}")

    for relation in (numbered, named):
        assert resolve(account, texts(account, [relation])[relation.pk]) == relation


def test_a_company_in_the_trash_stays_with_who_has_it_and_is_no_choice_for_others(as_agent, account, agent, relation):
    holder, other = ContactFactory(account=account, relation=relation), ContactFactory(account=account)
    relation.trash(by=agent)

    assert change(as_agent, other, relation.name).status_code == 422
    assert change(as_agent, holder, relation.name).status_code == 302
    assert company_of(holder).pk == relation.pk


@pytest.mark.parametrize("page", ["contacts:create", "leads:create", "contacts:filters", "leads:filters"])
def test_a_page_is_as_long_with_many_companies_as_with_one(as_agent, account, relation, page):
    def drawn():
        with CaptureQueriesContext(connection) as asked:
            text = as_agent.get(reverse(page)).content.decode()
        return text.count("<option"), "Bufete" in text, len(asked)

    before = drawn()
    RelationFactory.create_batch(30, account=account)
    assert drawn() == before
    assert not before[1]


def test_the_panel_shows_the_company_by_its_name_at_the_same_cost(as_agent, account, agent, relation):
    person = ContactFactory(account=account, assigned_to=agent, relation=relation)
    url = reverse("contacts:edit", args=[person.pk])
    with CaptureQueriesContext(connection) as few:
        assert f'value="{relation.name}"' in as_agent.get(url).content.decode()
    RelationFactory.create_batch(30, account=account, name=relation.name)
    with CaptureQueriesContext(connection) as many:
        assert f'value="{relation.name} #{relation.pk}"' in as_agent.get(url).content.decode()
    assert len(many) == len(few)


@pytest.mark.parametrize(("section", "shape"), [("contacts", "list"), ("leads", "list"), ("leads", "board")])
def test_a_name_in_the_form_of_filters_becomes_the_id_in_the_address(as_agent, relation, section, shape):
    answer = as_agent.get(
        reverse(f"{section}:{shape}"), {"relation": "bufete echeverria", "country": "", "sort": "name"}
    )

    assert answer.url == f"{reverse(f'{section}:{shape}')}?relation={relation.pk}&sort=name"


def test_a_bookmarked_id_filters_and_the_chip_shows_the_name(as_agent, account, relation):
    LeadFactory(account=account)
    LeadFactory(account=account, relation=relation, first_name="Match")
    listing = as_agent.get(reverse("leads:list"), {"relation": relation.pk}).context["listing"]

    assert [person.first_name for person in listing.page.rows] == ["Match"]
    assert [chip.value for chip in listing.chips] == [relation.name]


def test_the_form_of_filters_shows_the_name_behind_the_id(as_agent, relation):
    page = as_agent.get(reverse("contacts:filters"), {"relation": relation.pk}).content.decode()
    assert f'value="{relation.name}"' in page


def test_an_unknown_name_leads_back_to_the_form_of_filters(as_agent, contact):
    answer = as_agent.get(reverse("contacts:list"), {"relation": "Nobody & Sons", "role": "buyer"}, follow=True)

    assert answer.redirect_chain[0][0].startswith(reverse("contacts:filters"))
    assert "No company has this name." in answer.content.decode()
    assert 'value="Nobody &amp; Sons"' in answer.content.decode()


@pytest.mark.parametrize("of", ["another office", "the trash", "nobody"])
def test_an_id_that_means_nothing_filters_nothing(as_agent, contact, relation, agent, of):
    foreign = RelationFactory()
    relation.trash(by=agent)
    pk = {"another office": foreign.pk, "the trash": relation.pk, "nobody": "9" * 18}[of]
    listing = as_agent.get(reverse("contacts:list"), {"relation": pk}).context["listing"]

    assert [row.pk for row in listing.page.rows] == [contact.pk]
    assert listing.chips == []


def test_a_company_that_is_called_by_a_number_is_found_by_it(as_agent, account):
    relation = RelationFactory(account=account, name="18991")
    ContactFactory(account=account, relation=relation)
    listing = as_agent.get(reverse("contacts:list"), {"relation": "18991"}).context["listing"]

    assert [chip.value for chip in listing.chips] == ["18991"]


def test_blanks_in_the_filter_ask_for_nothing(as_agent, contact):
    listing = as_agent.get(reverse("contacts:list"), {"relation": "  "}, follow=True).context["listing"]

    assert [row.pk for row in listing.page.rows] == [contact.pk]
    assert "relation" not in listing.data
