"""Companies in the trash: their own tab, search, restore, and deleting for good."""

import pytest
from django.urls import reverse

from contacts.relations.models import Relation
from tests.factories import ContactFactory, RelationFactory

URL = reverse("trash:list")


@pytest.fixture
def trashed(relation, agent):
    """A company in the trash."""
    relation.trash(by=agent)
    return relation


def _shown(response):
    return [record.pk for record in response.context["bin"].page.rows]


def test_the_trash_opens_where_something_lies(as_agent, trashed):
    response = as_agent.get(URL)

    assert _shown(response) == [trashed.pk]
    for shown in ("Bufete Echeverría", "Law firm", "office@bufete.example.com", "Just now"):
        assert shown in response.content.decode()


def test_people_and_companies_have_a_tab_each_with_their_number(as_agent, trashed, account, agent):
    ContactFactory(account=account).trash(by=agent)
    ContactFactory(account=account).trash(by=agent)
    tabs = as_agent.get(URL).context["bin"].tabs

    assert [(str(tab.title), tab.count, tab.current) for tab in tabs] == [
        ("Contacts and leads", "2", True),
        ("Relations", "1", False),
        ("Deals", "0", False),
    ]
    assert _shown(as_agent.get(tabs[1].url)) == [trashed.pk]


def test_search_stays_within_the_tab(as_agent, trashed, account, agent):
    RelationFactory(account=account, name="Caja del Litoral").trash(by=agent)

    assert _shown(as_agent.get(URL, {"bin": "relations", "q": "echeverria"})) == [trashed.pk]
    nothing = as_agent.get(URL, {"bin": "relations", "q": "zzz"}).content.decode()
    assert "No company in the trash matches “zzz”" in nothing


def test_an_empty_tab_beside_a_full_one_says_so(as_agent, trashed):
    assert "Nothing of this kind" in as_agent.get(URL, {"bin": "people"}).content.decode()


def test_a_kind_that_is_none_is_people(as_agent, trashed):
    assert as_agent.get(URL, {"bin": "horses"}).context["bin"].kind.key == "people"


def test_another_office_sees_and_restores_nothing(as_stranger, trashed):
    assert _shown(as_stranger.get(URL, {"bin": "relations"})) == []
    as_stranger.post(reverse("trash:restoration"), {"bin": "relations", "id": trashed.pk})
    assert Relation.with_trash.get().in_trash


@pytest.mark.parametrize("by", ["one", "id", "all"])
def test_companies_are_restored(as_agent, trashed, by):
    data = {"all": "1", "q": "bufete"} if by == "all" else {by: trashed.pk}
    answer = as_agent.post(reverse("trash:restoration"), {"bin": "relations", **data}, follow=True)

    assert "1 record restored" in answer.content.decode()
    assert Relation.objects.get().version == 3


def test_ids_of_one_kind_restore_nothing_of_another(as_agent, trashed, account, agent):
    person = ContactFactory(pk=trashed.pk, account=account)
    person.trash(by=agent)
    as_agent.post(reverse("trash:restoration"), {"bin": "relations", "id": trashed.pk})

    person.refresh_from_db()
    assert person.in_trash


def test_undo_touches_only_ones_own_deletion(as_agent, as_admin, relation, agent):
    moment = relation.trash(by=agent).isoformat()
    as_admin.post(reverse("trash:restoration"), {"bin": "relations", "moment": moment})
    assert not Relation.objects.exists()

    as_agent.post(reverse("trash:restoration"), {"bin": "relations", "moment": moment})
    assert Relation.objects.exists()


def test_only_an_admin_deletes_for_good_after_typing_the_number(as_agent, as_admin, trashed, account):
    person = ContactFactory(account=account)
    type(person).objects.filter(pk=person.pk).update(relation=trashed)
    data = {"bin": "relations", "id": trashed.pk}
    url = reverse("trash:deletion")
    assert as_agent.post(url, {**data, "typed": "1"}).status_code == 403

    asked = as_admin.post(url, data).content.decode()
    assert "Delete 1 record for good?" in asked
    assert "Bufete Echeverría" in asked
    assert 'name="bin" value="relations"' in asked
    assert as_admin.post(url, {**data, "typed": "2"}).status_code == 422
    as_admin.post(url, {**data, "typed": "1"})
    assert not Relation.with_trash.exists()
    person.refresh_from_db()
    assert person.relation is None
