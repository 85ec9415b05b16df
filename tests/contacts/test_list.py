"""GET /contacts/: search, filters, order, pages, the empty answers, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Contact
from tests.factories import ContactFactory, LeadFactory, RelationFactory, TagFactory

URL = reverse("contacts:list")


def _names(response):
    return [person.full_name for person in response.context["listing"].page.rows]


def test_it_shows_the_contacts_of_the_office_only(as_agent, contact, stranger):
    ContactFactory(account=stranger.account, first_name="Ajena")
    LeadFactory(account=contact.account, first_name="Pieter")

    response = as_agent.get(URL)

    assert _names(response) == [contact.full_name]
    assert "Ajena" not in response.content.decode()
    assert "1–" not in _names(response)


def test_signed_out_visitors_are_asked_to_sign_in(client, db):
    response = client.get(URL)

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_search_in_the_address_bar_narrows_the_list(as_agent, account):
    ContactFactory(account=account, last_name="Hohenfels")
    ContactFactory(account=account, last_name="Dourado")

    response = as_agent.get(URL, {"q": "hohen"})

    assert _names(response) == ["Andrea Hohenfels"]
    assert "1 of 2" in response.content.decode()


FILTERS = [
    ({"role": "lawyer"}, "Lawyer"),
    ({"language": "de"}, "German"),
    ({"country": "AT"}, "Austria"),
    ({"do_not_contact": "true"}, "Yes"),
    ({"created": "7d"}, "Last 7 days"),
    ({"last_activity": "7d"}, "Last 7 days"),
]


@pytest.mark.parametrize(("query", "told"), FILTERS)
def test_each_filter_narrows_the_list_and_is_a_chip(as_agent, account, query, told):
    old = "2020-01-01T00:00:00Z"
    ContactFactory(account=account, created_at=old, last_activity_at=old, first_name="Other")
    ContactFactory(account=account, role="lawyer", language="de", country="AT", do_not_contact=True, first_name="Match")

    response = as_agent.get(URL, query)

    assert _names(response) == ["Match Dourado López"]
    (chip,) = response.context["listing"].chips
    assert chip.value == told
    assert chip.without == ""


def test_people_can_be_filtered_by_agent_tag_and_relation(as_agent, account, agent):
    tag, relation = TagFactory(account=account), RelationFactory(account=account)
    match = ContactFactory(account=account, assigned_to=agent, relation=relation)
    match.set_tags([tag.name])
    ContactFactory(account=account)

    for query in ({"agent": agent.pk}, {"tag": tag.pk}, {"relation": relation.pk}):
        assert _names(as_agent.get(URL, query)) == [match.full_name], query


def test_the_silent_are_found(as_agent, account):
    ContactFactory(account=account, last_activity_at="2020-01-01T00:00:00Z", first_name="Silent")
    ContactFactory(account=account)

    assert _names(as_agent.get(URL, {"last_activity": "silent30"})) == ["Silent Dourado López"]


@pytest.mark.parametrize(
    "query", ["role=x", "agent=999999", "tag=abc", "created=", "sort=zzz", "per_page=7", "after=%00"]
)
def test_words_in_the_address_bar_that_make_no_sense_filter_nothing(as_agent, contact, query):
    response = as_agent.get(f"{URL}?{query}", follow=True)

    assert response.status_code == 200
    assert _names(response) == [contact.full_name]


def test_fields_of_the_filter_form_that_were_left_empty_leave_the_address(as_agent, contact):
    response = as_agent.get(f"{URL}?q=&role=buyer&language=&country=")

    assert response.url == f"{URL}?role=buyer"


def test_another_offices_tag_is_no_filter(as_agent, contact, stranger):
    response = as_agent.get(URL, {"tag": TagFactory(account=stranger.account).pk})

    assert response.context["listing"].chips == []


def test_an_empty_office_is_told_how_to_begin(as_agent, as_admin):
    assert "No contacts yet" in as_agent.get(URL).content.decode()
    assert reverse("imports:upload") not in as_agent.get(URL).content.decode()
    assert reverse("imports:upload") in as_admin.get(URL).content.decode()


def test_an_empty_result_names_the_filters_and_counts_the_leads_that_match(as_agent, account):
    LeadFactory(account=account, last_name="Baumgartner", first_name="Friederike")

    body = as_agent.get(URL, {"q": "baumgart", "role": "notary", "language": "de"}).content.decode()

    assert "2 filters narrow your search for “baumgart”" in body
    assert "There is 1 lead that matches" in body
    assert "Friederike Baumgartner" in body
    assert f"{reverse('leads:list')}?q=baumgart" in body


def test_a_list_costs_the_same_number_of_queries_for_one_row_and_for_fifty(as_agent, account, agent):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            as_agent.get(URL, {"per_page": 50})
        return len(seen)

    person = ContactFactory(account=account, assigned_to=agent)
    person.set_tags(["one"])
    queries()
    few = queries()
    for number in range(49):
        ContactFactory(account=account, assigned_to=agent).set_tags([f"tag {number}", "one", "two"])

    assert queries() == few
    assert few <= 12


def test_htmx_gets_the_table_alone(as_agent, contact):
    response = as_agent.get(URL, headers={"HX-Request": "true", "HX-Target": "list"})

    assert "<html" not in response.content.decode()
    assert contact.full_name in response.content.decode()


def test_the_exact_count_is_told_on_request(as_agent, contact):
    assert as_agent.get(reverse("contacts:count")).content == b"1"
    assert as_agent.get(reverse("contacts:count"), {"q": "nobody"}).content == b"0 of 1"


def test_beyond_ten_thousand_the_count_is_told_as_such(as_agent, account, agent, monkeypatch):
    monkeypatch.setattr("tesoro.counting.COUNTED", 1)
    monkeypatch.setattr("tesoro.counting.bounded_count.__defaults__", (1,))
    monkeypatch.setattr("tesoro.counting.capped.__defaults__", (1,))
    ContactFactory.create_batch(3, account=account, assigned_to=agent)

    assert as_agent.get(URL).context["listing"].count_text == "1+"


def test_trashed_contacts_are_gone_from_list_search_and_count(as_agent, contact, agent):
    contact.trash(by=agent)

    response = as_agent.get(URL, {"q": "dourado"})

    assert _names(response) == []
    assert Contact.objects.count() == 0
