"""Who takes part, changed from a page that is older than what is stored."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contacts.timeline.models import Event
from deals import parties
from deals.models import Deal, Party
from deals.parties import LastClient, change_role, join, leave
from deals.views import parties as views
from tests.factories import ContactFactory, PartyFactory

pytestmark = pytest.mark.django_db
IN_TRASH = "This deal has been moved to the trash meanwhile."


@pytest.fixture
def lawyer(account, deal):
    """Another who takes part."""
    return PartyFactory(deal=deal, person=ContactFactory(account=account, first_name="Ada"), role="lawyer")


def stored(party):
    return Party.objects.get(pk=party.pk)


def test_who_has_become_the_last_client_meanwhile_stays(agent, deal, buyer, lawyer):
    seen = stored(lawyer)
    change_role(lawyer, "buyer", by=agent)
    leave(deal.parties.get(person=buyer), by=agent)

    with pytest.raises(LastClient):
        leave(seen, by=agent)

    assert deal.parties.clients().get() == seen


def test_who_is_taken_off_twice_at_once_is_told_once(agent, deal, lawyer):
    first, second = stored(lawyer), stored(lawyer)
    leave(first, by=agent)
    leave(second, by=agent)

    assert Event.objects.filter(verb="deal_left", echo=False).count() == 1
    assert Event.objects.filter(verb="deal_left", person=lawyer.person).count() == 1


def test_role_of_who_has_left_meanwhile_is_refused(agent, deal, lawyer):
    seen = stored(lawyer)
    leave(lawyer, by=agent)
    with pytest.raises(ValidationError, match="has been taken off the deal meanwhile"):
        change_role(seen, "notary", by=agent)


@pytest.fixture
def deeds(account, agent, deal, lawyer):
    """What can be done about who takes part."""
    other = ContactFactory(account=account)
    return {
        "join": lambda: join(deal, [other], "lawyer", by=agent),
        "leave": lambda: leave(lawyer, by=agent),
        "change_role": lambda: change_role(lawyer, "notary", by=agent),
    }


@pytest.mark.parametrize("name", ["join", "leave", "change_role"])
def test_deal_in_the_trash_is_refused(agent, deal, deeds, name):
    Deal.objects.get(pk=deal.pk).trash(by=agent)
    with pytest.raises(ValidationError, match=IN_TRASH):
        deeds[name]()
    assert list(deal.parties.values_list("role", flat=True)) == ["buyer", "lawyer"]


@pytest.mark.parametrize(
    ("name", "page", "words"),
    [
        ("join", "contacts", {"people": "new@example.com", "role": "lawyer"}),
        ("leave", "party-departure", {}),
        ("change_role", "party-role", {"role": "notary"}),
    ],
)
def test_page_says_that_the_deal_went_to_the_trash(
    as_agent, agent, account, deal, lawyer, monkeypatch, name, page, words
):
    ContactFactory(account=account, email="new@example.com")

    def late(*args, **options):
        Deal.objects.get(pk=deal.pk).trash(by=agent)
        return getattr(parties, name)(*args, **options)

    monkeypatch.setattr(views, name, late)
    url = reverse(f"deals:{page}", args=[deal.pk] if page == "contacts" else [deal.pk, lawyer.pk])
    answer = as_agent.post(url, words, follow=True)

    assert answer.status_code in (200, 422)
    assert IN_TRASH in answer.content.decode()
