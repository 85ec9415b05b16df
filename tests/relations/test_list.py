"""/relations/: search, filters, order, the empty answers, what is done with many, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import SavedView, Tag
from contacts.relations.models import Relation
from tests.factories import ContactFactory, LeadFactory, RelationFactory

URL = reverse("relations:list")


def _names(response):
    return [relation.name for relation in response.context["listing"].page.rows]


def test_it_shows_the_companies_of_the_office_only(as_agent, relation, stranger):
    RelationFactory(account=stranger.account, name="Otra Notaría")

    assert _names(as_agent.get(URL)) == ["Bufete Echeverría"]


def test_a_row_says_what_it_is_and_how_many_live_people_belong_to_it(as_agent, account, relation, agent):
    ContactFactory(account=account, relation=relation)
    LeadFactory(account=account, relation=relation)
    ContactFactory(account=account, relation=relation).trash(by=agent)
    relation.set_tags(["Golden visa"])
    text = as_agent.get(URL).content.decode()

    for shown in ("Law firm", "Active", "office@bufete.example.com", "+34 912 34 56 78", "Altea", "Golden visa"):
        assert shown in text
    assert (
        f'href="{reverse("relations:contacts", args=[relation.pk])}" aria-label="2 of Bufete Echeverría">2</a>' in text
    )


OLD = "2020-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"type": "bank"}, "Bank"),
        ({"status": "inactive"}, "Inactive"),
        ({"city": "DENI"}, "DENI"),
        ({"country": "DE"}, "Germany"),
        ({"created": "7d"}, "Last 7 days"),
        ({"last_activity": "7d"}, "Last 7 days"),
    ],
)
def test_each_filter_narrows_the_list_and_is_a_chip(as_agent, account, query, told):
    RelationFactory(account=account, name="Other", created_at=OLD, last_activity_at=OLD)
    RelationFactory(account=account, name="Match", type="bank", status="inactive", city="Dénia", country="DE")
    response = as_agent.get(URL, query)

    assert _names(response) == ["Match"]
    assert [chip.value for chip in response.context["listing"].chips] == [told]


def test_a_tag_narrows_the_list_and_one_on_a_person_does_not(as_agent, account, relation):
    relation.set_tags(["VIP"])
    ContactFactory(account=account, relation=RelationFactory(account=account)).set_tags(["VIP"])

    assert _names(as_agent.get(URL, {"tag": Tag.objects.get().pk})) == ["Bufete Echeverría"]


def test_search_narrows_the_list(as_agent, account, relation):
    RelationFactory(account=account, name="Caja del Litoral")

    assert _names(as_agent.get(URL, {"q": "lito"})) == ["Caja del Litoral"]


@pytest.mark.parametrize("sort", ["name", "-name", "type", "-type", "created", "-created", "last", "-last"])
def test_it_is_ordered_by_a_column_and_pages_go_on(as_agent, account, sort):
    for number in range(30):
        RelationFactory(
            account=account, name=f"Firma {number:02}", city=f"C{number % 3}", type=["bank", "other"][number % 2]
        )
    first = as_agent.get(URL, {"sort": sort})
    second = as_agent.get(URL + first.context["listing"].next_url)

    assert len({*_names(first), *_names(second)}) == 30


def test_nothing_found_counts_the_contacts_that_match(as_agent, account):
    ContactFactory(account=account, first_name="Zoraida")
    text = as_agent.get(URL, {"q": "zoraida"}).content.decode()

    assert "No relation matches" in text
    assert "There is 1 contact that matches" in text


def test_an_empty_office_is_shown_the_way(as_agent):
    assert "No relations yet" in as_agent.get(URL).content.decode()


def test_there_is_no_assigning_and_no_list_of_ones_own(as_agent, agent, relation):
    text = as_agent.get(URL).content.decode()
    answer = as_agent.post(reverse("relations:bulk-assignment"), {"id": relation.pk, "agent": agent.pk})

    assert reverse("relations:bulk-assignment") not in text
    assert f"agent={agent.pk}" not in text
    assert answer.status_code == 404


def test_many_are_tagged_and_untagged(as_agent, account, relation):
    other = RelationFactory(account=account)
    ids = [relation.pk, other.pk]
    as_agent.post(reverse("relations:bulk-tags"), {"id": ids, "tag": "VIP"})
    assert relation.tag_names() == other.tag_names() == ["VIP"]

    answer = as_agent.post(reverse("relations:bulk-untagging"), {"id": ids[:1], "tag": "vip"}, follow=True)
    assert "“VIP” removed from 1 relation" in answer.content.decode()
    assert [event.verb for event in relation.events.order_by("id")] == ["tagged", "untagged"]
    assert Relation.objects.get(pk=relation.pk).version == 3


def test_many_go_to_the_trash_and_undo_brings_them_back(as_agent, account, relation):
    RelationFactory(account=account, type="bank")
    answer = as_agent.post(reverse("relations:bulk-trash"), {"all": "1", "scope": "type=law_firm"}, follow=True)
    assert "1 relation moved to the trash" in answer.content.decode()
    assert [one.type for one in Relation.objects.all()] == ["bank"]

    moment = Relation.with_trash.get(pk=relation.pk).deleted_at.isoformat()
    as_agent.post(reverse("trash:restoration"), {"moment": moment, "bin": "relations"})
    assert Relation.objects.count() == 2


def test_another_offices_companies_cannot_be_touched(as_stranger, relation):
    for name in ("bulk-trash", "bulk-tags", "bulk-untagging"):
        as_stranger.post(reverse(f"relations:{name}"), {"id": relation.pk, "tag": "x"})

    assert Relation.objects.get().version == 1


def test_a_view_is_kept(as_agent, agent):
    as_agent.post(reverse("relations:views"), {"query": "type=bank", "name": "Banks"})

    assert SavedView.objects.get().section == "relations"
    assert "Banks" in as_agent.get(URL).content.decode()


def test_admins_export_what_the_list_shows(as_admin, as_agent, relation, account):
    RelationFactory(account=account, name="=cmd()", type="bank")
    relation.set_tags(["VIP"])
    body = b"".join(as_admin.get(reverse("relations:export"), {"type": "law_firm"}).streaming_content).decode(
        "utf-8-sig"
    )
    header, row = body.splitlines()

    assert header.startswith("Name,Type,Status,Email,Phone,Website")
    assert row.startswith("Bufete Echeverría,Law firm,Active,office@bufete.example.com,'+34 912 34 56 78")
    assert "VIP" in row
    assert "=cmd()" not in body
    assert as_agent.get(reverse("relations:export")).status_code == 403


def test_the_frame_counts_them_and_ctrl_k_creates_one(as_agent, relation):
    text = as_agent.get(URL).content.decode()

    assert 'id="tally-relations">1<' in text
    assert f'href="{reverse("relations:create")}" data-panel data-hotkey="mod+k"' in text


def _asked(client):
    with CaptureQueriesContext(connection) as seen:
        client.get(URL)
    return len(seen)


def test_a_page_costs_the_same_for_2_and_for_25(as_agent, account):
    for relation in RelationFactory.create_batch(2, account=account):
        relation.set_tags(["VIP"])
        ContactFactory(account=account, relation=relation)
    few = _asked(as_agent)
    for relation in RelationFactory.create_batch(23, account=account):
        relation.set_tags(["VIP", "Golden visa"])
        ContactFactory(account=account, relation=relation)

    assert _asked(as_agent) == few <= 11
