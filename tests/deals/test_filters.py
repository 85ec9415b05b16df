"""What the list of deals is narrowed by, as it is told above the list."""

import pytest
from django.urls import reverse

from deals.models import Deal
from tests.factories import AccountFactory, ContactFactory, DealFactory, LeadFactory, PartyFactory

from .asking import asked

pytestmark = pytest.mark.django_db
LIST = "/deals/"


def listing(client, words, page=LIST):
    answer = client.get(f"{page}{words}")
    assert answer.status_code == 200
    return answer.context["listing"]


def names(client, words):
    return sorted(deal.name for deal in listing(client, words).page.rows)


def chips(found):
    return [(chip.label, chip.value) for chip in found]


@pytest.mark.parametrize("page", [LIST, "/deals/board/"])
def test_contact_is_told_by_name(as_agent, deal, buyer, page):
    found = listing(as_agent, f"?pipeline=buyer&contact={buyer.pk}", page)
    assert ("Contact", "Inés Sáez") in chips(found.chips)
    assert not found.lost


@pytest.mark.parametrize("key", ["99999", "abc", "9" * 40, "0"])
def test_contact_nobody_knows_is_left_out_and_told(as_agent, deal, key):
    answer = as_agent.get(f"{LIST}?contact={key}")
    found = answer.context["listing"]
    assert not found.chips
    assert chips(found.lost) == [("Contact", "")]
    assert "no longer exists, left out" in answer.content.decode()
    assert [row.name for row in found.page.rows] == ["Villa in Altea"]


def test_contact_in_the_trash_is_left_out_and_told(as_agent, agent, deal, buyer):
    buyer.trash(by=agent)
    assert chips(listing(as_agent, f"?contact={buyer.pk}").lost) == [("Contact", "")]


def test_contact_of_another_office_is_not_named(as_agent, deal):
    stranger = ContactFactory(account=AccountFactory(), first_name="Olga")
    answer = as_agent.get(f"{LIST}?contact={stranger.pk}")
    assert "Olga" not in answer.content.decode()
    assert chips(answer.context["listing"].lost) == [("Contact", "")]


def test_contact_goes_along_through_the_form_of_filters(as_agent, deal, buyer):
    page = as_agent.get(reverse("deals:filters") + f"?contact={buyer.pk}").content.decode()
    assert f'<input type="hidden" name="contact" value="{buyer.pk}"' in page


def test_who_was_a_contact_is_told_by_name_as_a_lead(as_agent, account):
    person = LeadFactory(account=account, first_name="Eva", last_name="Sol")
    PartyFactory(person=person, deal__account=account, deal__stage="won", deal__name="Flat")
    found = listing(as_agent, f"?contact={person.pk}")
    assert chips(found.chips) == [("Contact", "Eva Sol")]
    assert [row.name for row in found.page.rows] == ["Flat"]


@pytest.fixture
def cities(account):
    """Deals in some cities; what is looked for stands in other fields, too."""
    for name, city, street, country in [
        ("A", "Altea", "Calle Mayor 1", "ES"), ("B", "Altea la Vella", "", "ES"), ("C", "Jávea", "Calle Altea 3", "ES"),
        ("D", "", "", ""), ("E", "Faro", "", "PT"),
    ]:  # fmt: skip
        DealFactory(account=account, name=name, city=city, street=street, country=country)
    DealFactory(account=AccountFactory(), name="Z", city="Altea")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("?city=altea", "AB"), ("?city=ALTEA+LA", "B"), ("?city=javea", "C"), ("?city=lte", "AB"), ("?city=ea+la", "B"),
        ("?city=j", "C"), ("?city=Madrid", ""), ("?city=%25", ""), ("?sort=name", "ABCDE"), ("?country=PT", "E"),
        ("?country=ES&city=altea", "AB"), ("?country=XX", "ABCDE"),
    ],
)  # fmt: skip
def test_deals_are_found_by_city_and_country_of_the_property(as_agent, cities, words, found):
    assert "".join(names(as_agent, words)) == found


def test_city_and_country_are_told(as_agent, cities):
    found = listing(as_agent, "?city=alt&country=PT")
    assert chips(found.chips) == [("City", "alt"), ("Country", "Portugal")]


def test_board_is_narrowed_by_city(as_agent, cities):
    found = listing(as_agent, "?pipeline=buyer&city=altea", "/deals/board/")
    assert found.matches == 2


def test_city_costs_no_query_for_each_deal(as_agent, account, cities):
    once = asked(as_agent, f"{LIST}?city=altea")
    for number in range(5):
        DealFactory(account=account, city=f"Altea {number}")
    assert asked(as_agent, f"{LIST}?city=altea") == once


@pytest.mark.parametrize("page", [LIST, "/deals/board/"])
def test_search_that_finds_no_deal_says_which_contacts_match(as_agent, deal, buyer, page):
    shown = as_agent.get(f"{page}?pipeline=buyer&q=sáez").content.decode()
    assert "No deal matches" in shown
    assert "There is 1 contact that matches" in shown
    assert "Inés Sáez" in shown
    assert 'href="/contacts/?q=s%C3%A1ez"' in shown


def test_leads_are_not_counted_among_them(as_agent, account, deal):
    LeadFactory(account=account, first_name="Eva", last_name="Sol")
    assert "that match" not in as_agent.get(f"{LIST}?q=Sol").content.decode().partition("No deal matches")[2]
    assert Deal.objects.count() == 1
