"""Search from every page: people, companies and notes by one word, in groups."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Person
from contacts.relations.models import Relation
from contacts.timeline.models import Note
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory

GROUPS = ["Contacts", "Leads", "Relations", "Notes"]


@pytest.mark.parametrize("page", [False, True], ids=["dialog", "page"])
def test_one_word_finds_people_companies_and_notes_in_groups(office, ask, page):
    text = ask("mar", page)
    shown = text[text.index('<main class="sheet"') :] if page else text

    assert [shown.index(f">{title}") for title in GROUPS] == sorted(shown.index(f">{title}") for title in GROUPS)
    for match in ("<mark>Mar</mark>ta Núñez", "<mark>Mar</mark>co", "<mark>Mar</mark>ín", "<mark>mar</mark>ina"):
        assert match in shown


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("nunez", "<mark>Núñez</mark>"),
        ("SORENSEN", "<mark>Sørensen</mark>"),
        ("612 34", "<mark>612 34</mark> 56 78"),
        ("0034-612", "+<mark>34 612</mark>"),
        ("nu", "<mark>Nú</mark>ñez"),
        ("marta@", "<mark>marta@</mark>example.com"),
        ("612-34 56", "(96) <mark>612-34 56</mark>, from"),
        ("marina", "<mark>marina</mark>"),
    ],
)
def test_what_matches_is_marked_as_it_is_written(office, ask, query, shown):
    assert shown in ask(query)


def test_a_result_leads_to_its_page(office, ask):
    text = ask("mar")

    for row in [*Person.objects.all(), Relation.objects.get()]:
        assert f'href="{row.get_absolute_url()}"' in text
    assert f'href="{reverse("timeline:note", args=[Note.objects.get().pk])}"' in text


def test_a_lead_says_its_status_and_a_contact_its_role(office, ask):
    assert ">New</span>" in ask("marco")
    assert ">Buyer</span>" in ask("marta")


def test_the_trash_is_not_searched(office, ask, agent):
    for row in [*Person.objects.all(), Relation.objects.get()]:
        row.trash(by=agent)

    assert "Nothing found for “mar”" in ask("mar")


def test_a_note_in_the_trash_is_not_found(office, ask, agent):
    Note.objects.get().trash(by=agent)

    assert "Nothing found" in ask("marina")


def test_a_note_whose_person_lies_in_the_trash_is_not_found(office, ask, agent):
    Note.objects.get().person.trash(by=agent)

    assert "Nothing found" in ask("marina")
    assert "Nothing found" in ask("marina", page=True)


def test_another_office_finds_nothing(office, as_stranger):
    answer = as_stranger.get(reverse("finder:search"), {"q": "mar"})

    assert "Nothing found for “mar”" in answer.content.decode()


def test_nothing_found_says_what_was_searched_and_offers_a_contact(office, ask):
    text = ask("Wolkenstein & Söhne")

    assert "Searched: Contacts, Leads, Relations" in text
    assert "first_name=Wolkenstein&amp;last_name=%26+S%C3%B6hne" in text


@pytest.mark.parametrize(
    ("query", "field"),
    [("Ana Wolk", "last_name"), ("wolk@example.com", "email"), ("+49 1512 99", "phone")],
)
def test_what_was_searched_for_stands_in_the_form_of_the_new_contact(as_agent, ask, query, field):
    address = ask(query).split('href="')[-1].split('"')[0].replace("&amp;", "&")
    form = as_agent.get(address).context["form"]

    assert form[field].value() in query


def test_before_anything_is_typed_the_last_active_people_are_shown(office, ask):
    text = ask("")

    assert "Marta Núñez" in text
    assert "Bufete" not in text
    assert "<mark>" not in text


def test_more_than_five_lead_to_the_list(office, ask, account):
    ContactFactory.create_batch(6, account=account, first_name="Marisol")

    assert ask("marisol").count("<mark>Marisol</mark>") == 5
    assert f'href="{reverse("contacts:list")}?q=marisol"' in ask("marisol")
    assert "All 6 in Contacts" in ask("marisol", page=True)


def test_on_a_list_the_first_line_searches_the_list(office, ask):
    assert "Search leads for “mar”" in ask("mar", **{"in": "leads"})
    assert "Search leads for" not in ask("mar", **{"in": "tasks"})
    assert "Search leads for" not in ask("", **{"in": "leads"})


def test_words_of_the_reader_are_shown_and_not_obeyed(office, ask, agent):
    write_note(Person.objects.first(), "<script>alert(1)</script> marvel", by=agent)
    text = ask("<script>") + ask("<script>", page=True)

    assert "<script>alert" not in text
    assert "<mark>&lt;script&gt;</mark>" in text


def test_the_answer_costs_the_same_however_many_are_found(office, ask, account, agent):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            ask("mar")
        return len(seen)

    cost()
    few = cost()
    for person in ContactFactory.create_batch(4, account=account, first_name="Marisol", assigned_to=agent):
        write_note(person, "At the marina", by=agent)

    assert cost() == few
