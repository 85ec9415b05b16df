"""What was done to many leads is taken back by Undo; what a colleague changed since is left."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.models import Kind, Person, Tag
from contacts.subjects.tagging import links_of
from contacts.timeline.models import Event
from contacts.views import bulk
from leads import pipeline
from leads.converting import convert, proposed_role
from leads.models import Lead
from tests.factories import ContactFactory, DealFactory, LeadFactory, PartyFactory, RelationFactory, UserFactory


@pytest.fixture
def three(account, agent):
    statuses = [("new", ""), ("qualified", ""), ("lost", "Bought elsewhere")]
    return [
        LeadFactory(account=account, assigned_to=agent, lead__status=status, lead__reason=reason)
        for status, reason in statuses
    ]


def ids(people):
    return [person.pk for person in people]


def do(client, name, people, section="leads", **data):
    """Do something to many, and return what the toast offers to undo it."""
    answer = client.post(reverse(f"{section}:{name}"), {"id": ids(people), **data}, follow=True)
    form = re.search(r'<form method="post" action="([^"]*/undoing/)">(.*?)</form>', answer.content.decode(), re.S)
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[2]) if form else []
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def undo(client, data, section="leads"):
    return client.post(reverse(f"{section}:bulk-undo"), data, follow=True).content.decode()


def statuses(people):
    return [Lead.objects.get(pk=person.pk).status for person in people]


def test_each_goes_back_to_the_colleague_who_had_it(as_agent, account, agent, three):
    mateo, ines = (UserFactory(account=account, first_name=name) for name in ("Mateo", "Inés"))
    Person.objects.filter(pk=three[1].pk).update(assigned_to=ines)
    Person.objects.filter(pk=three[2].pk).update(assigned_to=None)
    offered = do(as_agent, "bulk-assignment", three, agent=mateo.pk)
    assert "Undone for 3 records" in undo(as_agent, offered)
    assert [Person.objects.get(pk=pk).assigned_to for pk in ids(three)] == [agent, ines, None]
    assert three[2].events.filter(verb="assigned").count() == 2


def test_whoever_went_on_to_somebody_else_stays_there(as_agent, account, agent, three):
    mateo, ines = (UserFactory(account=account, first_name=name) for name in ("Mateo", "Inés"))
    offered = do(as_agent, "bulk-assignment", three, agent=mateo.pk)
    Person.objects.filter(pk=three[0].pk).update(assigned_to=ines)
    text = undo(as_agent, offered)
    assert "1 record no longer stood as it was left" in text
    assert [Person.objects.get(pk=pk).assigned_to for pk in ids(three)] == [ines, agent, agent]


def test_tag_comes_off_only_those_who_got_it(as_agent, three):
    three[0].set_tags(["Golf"])
    offered = do(as_agent, "bulk-tags", three, tag="Golf")
    undo(as_agent, offered)
    assert [person.tag_names() for person in three] == [["Golf"], [], []]


def test_tag_comes_back_to_those_who_had_it(as_agent, three):
    three[0].set_tags(["Golf"])
    offered = do(as_agent, "bulk-untagging", three, tag="golf")
    undo(as_agent, offered)
    assert [person.tag_names() for person in three] == [["Golf"], [], []]


@pytest.mark.parametrize(("section", "make"), [("contacts", ContactFactory), ("relations", RelationFactory)])
def test_contacts_and_companies_offer_it_too(as_agent, account, section, make):
    record = make(account=account)
    undo(as_agent, do(as_agent, "bulk-tags", [record], section, tag="Golf"), section)
    assert record.tag_names() == []


def test_who_has_left_the_office_gets_nothing_back(as_agent, account, agent, three):
    mateo, ines = (UserFactory(account=account, first_name=name) for name in ("Mateo", "Inés"))
    Person.objects.filter(pk=three[1].pk).update(assigned_to=ines)
    offered = do(as_agent, "bulk-assignment", three, agent=mateo.pk)
    type(ines).objects.filter(pk=ines.pk).update(is_active=False)
    assert "1 record no longer stood as it was left" in undo(as_agent, offered)
    assert [Person.objects.get(pk=pk).assigned_to for pk in ids(three)] == [agent, mateo, agent]


def test_each_gets_its_earlier_status_reason_and_place_back(as_agent, three):
    before = list(Lead.objects.order_by("pk").values("status", "reason", "rank", "status_since"))
    offered = do(as_agent, "bulk-status", three, status="contacted")
    assert statuses(three) == ["contacted"] * 3
    assert "Undone for 3 records" in undo(as_agent, offered)
    assert list(Lead.objects.order_by("pk").values("status", "reason", "rank", "status_since")) == before


def test_lead_that_moved_on_stays_where_it_is(as_agent, three):
    offered = do(as_agent, "bulk-status", three, status="unqualified", reason="Too far")
    as_agent.post(reverse("leads:status", args=[three[0].pk]), {"status": "qualified"})
    assert "1 record no longer stood as it was left" in undo(as_agent, offered)
    assert statuses(three) == ["qualified", "qualified", "lost"]


def test_converted_become_leads_again_as_they_stood(as_agent, three):
    before = list(Lead.objects.order_by("pk").values("status", "reason", "rank", "status_since"))
    offered = do(as_agent, "bulk-conversion", three, sure="True", counted="3", role="buyer")
    assert Person.objects.leads().count() == 0
    undo(as_agent, offered)
    assert list(Lead.objects.order_by("pk").values("status", "reason", "rank", "status_since")) == before
    assert {(one.kind, one.role) for one in Person.objects.all()} == {(Kind.LEAD, "")}
    assert three[0].events.filter(verb="reverted").count() == 1


def test_all_parts_of_a_large_conversion_are_undone(as_agent, three, monkeypatch):
    monkeypatch.setattr(pipeline, "CHUNK", 2)
    offered = do(as_agent, "bulk-conversion", three, sure="True", counted="3", role="buyer")
    assert len(set(Event.objects.filter(verb="converted").values_list("at", flat=True))) == 1
    assert "Undone for 3 records" in undo(as_agent, offered)


def test_the_role_is_proposed_again_after_undo(as_agent, agent, three):
    convert(three[0], "lawyer", by=agent)
    as_agent.post(reverse("leads:reversion", args=[three[0].pk]))
    offered = do(as_agent, "bulk-conversion", three[:1], sure="True", counted="1", role="notary")
    undo(as_agent, offered)
    assert proposed_role(Lead.objects.get(pk=three[0].pk)) == "notary"


def test_as_many_queries_for_many_as_for_few(as_agent, account, agent, three):
    def taken(people):
        offered = do(as_agent, "bulk-conversion", people, sure="True", counted=str(len(people)), role="buyer")
        with CaptureQueriesContext(connection) as seen:
            undo(as_agent, offered)
        return len(seen)

    few = taken(three)
    many = three + [LeadFactory(account=account, assigned_to=agent) for _number in range(9)]
    assert taken(many) == few


def test_who_takes_part_in_an_open_deal_stays_a_contact(as_agent, account, three):
    offered = do(as_agent, "bulk-conversion", three, sure="True", counted="3", role="buyer")
    PartyFactory(deal=DealFactory(account=account), person=three[1])
    assert "1 record no longer stood as it was left" in undo(as_agent, offered)
    assert Person.objects.contacts().get() == three[1]


def test_contact_whom_a_colleague_changed_since_stays_one(as_agent, agent, three):
    offered = do(as_agent, "bulk-conversion", three, sure="True", counted="3", role="buyer")
    contact = Person.objects.get(pk=three[0].pk)
    contact.city = "Altea"
    contact.revise(by=agent, version=contact.version)
    assert "1 record no longer stood as it was left" in undo(as_agent, offered)
    assert Person.objects.contacts().get() == contact


def test_undo_twice_does_nothing_more(as_agent, three):
    offered = do(as_agent, "bulk-status", three, status="contacted")
    undo(as_agent, offered)
    assert "3 records no longer stood as they were left" in undo(as_agent, offered)


def test_the_offer_is_of_this_deed_though_another_follows_at_once(as_agent, agent, three, monkeypatch):
    told = bulk.toast

    def meanwhile(*args, **kwargs):
        pipeline.move_many(Person.objects.filter(pk=three[2].pk), "qualified", by=agent)
        told(*args, **kwargs)

    monkeypatch.setattr(bulk, "toast", meanwhile)
    offered = do(as_agent, "bulk-status", three[:2], status="contacted")
    assert "Undone for 2 records" in undo(as_agent, offered)
    assert statuses(three) == ["new", "qualified", "qualified"]


@pytest.mark.parametrize(("name", "data"), [("status", {"status": "contacted"}), ("tags", {"tag": "Golf"})])
def test_another_office_undoes_nothing(as_agent, as_stranger, stranger, three, name, data):
    """Even were the events its own, the records are not."""
    offered = do(as_agent, f"bulk-{name}", three, **data)
    if "tag" in data:
        offered["key"] = Tag.named(stranger.account, ["Golf"])[0].pk
        links_of(Person).objects.update(tag=offered["key"])
    Event.objects.update(actor=stranger)
    left = list(Person.objects.order_by("pk").values("lead__status", "tags", "version"))
    undo(as_stranger, offered)
    assert list(Person.objects.order_by("pk").values("lead__status", "tags", "version")) == left


def test_records_undone_already_or_in_the_trash_are_not_said_to_be_changed(as_agent, agent, three):
    offered = do(as_agent, "bulk-status", three, status="contacted")
    three[0].trash(by=agent)
    assert "1 record no longer stood as it was left, and was not touched." in undo(as_agent, offered)
    assert "3 records no longer stood as they were left, and were not touched." in undo(as_agent, offered)


@pytest.mark.parametrize(
    "data", [{}, {"what": "nonsense", "moment": "2026-01-01T00:00+00:00"}, {"what": "tagged", "moment": "x"}]
)
def test_nonsense_is_not_found(as_agent, data):
    assert as_agent.post(reverse("leads:bulk-undo"), data).status_code == 404


def test_deed_of_one_section_is_none_of_another(as_agent):
    data = {"what": "assigned", "moment": "2026-01-01T00:00+00:00", "key": "1"}
    assert as_agent.post(reverse("relations:bulk-undo"), data).status_code == 404


@pytest.mark.parametrize("status", ["lost", "unqualified"])
def test_missing_reason_is_asked_for_with_the_selection_kept(as_agent, three, status):
    answer = as_agent.post(
        reverse("leads:bulk-status"), {"id": ids(three[:2]), "status": status, "next": "/leads/?q=a"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert [f'name="id" value="{pk}"' in text for pk in ids(three)] == [True, True, False]
    assert 'id="id_reason_error"' in text
    assert "2 leads are still selected." in text
    done = {"id": ids(three[:2]), "status": status, "reason": "Moved away", "next": "/leads/?q=a"}
    assert as_agent.post(reverse("leads:bulk-status"), done).url == "/leads/?q=a"
    assert statuses(three[:2]) == [status] * 2


def test_an_old_undo_takes_nothing_from_whoever_was_given_it_since(as_agent, as_admin, account, agent, three):
    mateo = UserFactory(account=account, first_name="Mateo")
    offered = do(as_agent, "bulk-assignment", three, agent=mateo.pk)
    undo(as_agent, offered)
    do(as_admin, "bulk-assignment", three, agent=mateo.pk)
    undo(as_agent, offered)
    assert {Person.objects.get(pk=pk).assigned_to for pk in ids(three)} == {mateo}


def test_an_old_undo_takes_no_tag_that_was_put_on_again(as_agent, three):
    offered = do(as_agent, "bulk-tags", three, tag="Golf")
    undo(as_agent, offered)
    do(as_agent, "bulk-tags", three, tag="Golf")
    undo(as_agent, offered)
    assert three[0].tag_names() == ["Golf"]


def test_an_assignment_of_one_alone_is_no_deed_with_many(as_agent, agent, admin, three):
    person = Person.objects.get(pk=three[0].pk)
    person.assigned_to = admin
    person.revise(by=agent, version=person.version)
    at = Event.objects.get(verb="assigned").at
    undo(as_agent, {"what": "assigned", "moment": at.isoformat(), "key": admin.pk, "count": 1})
    assert Person.objects.get(pk=person.pk).assigned_to == admin


def test_a_tag_that_was_renamed_comes_off_all_the_same(as_agent, three):
    offered = do(as_agent, "bulk-tags", three, tag="Golf")
    tag = three[0].tags.get()
    tag.name = "Golf club"
    tag.save()
    assert "Undone for 3 records" in undo(as_agent, offered)
