"""Conversion and the way back: one row changes its section, nothing is lost, and nothing is done by half."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from contacts import hindrances
from contacts.conversions import Offer, offers
from contacts.models import Kind, Person
from contacts.tasks.models import Task
from contacts.timeline.noting import write_note
from leads import converting
from leads.models import Lead
from leads.pipeline import Gone, move
from tests.contacts.conftest import exchange
from tests.factories import ContactFactory, LeadFactory

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def lead(account, agent):
    """A qualified lead with a past."""
    lead = LeadFactory(
        account=account, assigned_to=agent, lead__source="portals", lead__portal="kyero", lead__stage="cold"
    )
    lead.set_tags(["Sea view"])
    write_note(lead, "Looks for a **view**.", by=agent)
    exchange(lead, agent)
    move(lead, "qualified", by=agent)
    return Person.objects.get(pk=lead.pk)


def rows():
    """Return every row of every table of the product, as it is stored."""
    return {
        model._meta.label: sorted(map(str, model._base_manager.values()))
        for model in apps.get_models()
        if not model._meta.proxy and model._meta.managed
    }


def hanging(person):
    """Return the keys of everything that points to a person."""
    return {
        relation.related_model._meta.label: sorted(
            relation.related_model._base_manager.filter(**{relation.field.name: person.pk}).values_list("pk", flat=True)
        )
        for relation in Person._meta.related_objects
        if not relation.many_to_many
    }


def as_stored(person):
    """Return what is known of a person and of them as a lead, but what conversion itself counts and dates."""
    own = Person.with_trash.values().get(pk=person.pk) | Lead.objects.values().get(pk=person.pk)
    return {name: own[name] for name in own.keys() - {"version", "last_activity_at", "status_since", "rank"}}


def fail_at(place):
    """Return a wrapper of the database that breaks at one of the writes, counted from 0."""
    seen = []

    def wrapper(execute, sql, params, many, context):
        if sql.startswith(WRITES):
            seen.append(sql)
            if len(seen) == place + 1:
                raise DatabaseError("the plug was pulled")
        return execute(sql, params, many, context)

    return wrapper


def test_a_lead_becomes_a_contact_with_all_that_hangs_on_it(lead, agent):
    before = hanging(lead)
    contact = converting.convert(lead, "buyer", by=agent)

    assert (contact.pk, contact.kind, contact.role) == (lead.pk, Kind.CONTACT, "buyer")
    after = hanging(contact)
    event = contact.events.get(verb="converted")
    after["timeline.Event"].remove(event.pk)
    assert after == before
    assert event.sentence() == "<b>Lucía Fernández-Ocaña</b> made a contact of this lead, as <b>Buyer</b>"
    assert (contact.lead.status, contact.lead.source) == ("converted", "portals")
    assert contact.lead.converted_at is not None
    assert not Lead.objects.in_pipeline().exists()


def test_a_contact_becomes_the_lead_it_was(lead, agent):
    contact = converting.convert(lead, "buyer", by=agent)
    back = converting.revert(contact, by=agent)

    assert (back.pk, back.kind, back.role) == (lead.pk, Kind.LEAD, "")
    pipeline = Lead.objects.get(person=back)
    assert (pipeline.status, pipeline.source, pipeline.portal, pipeline.stage) == ("new", "portals", "kyero", "cold")
    assert pipeline.converted_at is None
    assert back.events.filter(verb="reverted").count() == 1


def test_a_contact_that_never_was_a_lead_reverts_to_by_person_and_hot(contact, agent):
    converting.revert(contact, by=agent)
    pipeline = Lead.objects.get(person=contact)
    assert (pipeline.status, pipeline.source, pipeline.stage, pipeline.type) == ("new", "by_person", "hot", "buyer")


@pytest.mark.parametrize("role", ["lawyer", "tenant"])
def test_the_role_proposes_the_type_of_a_first_lead(account, agent, role):
    person = converting.revert(ContactFactory(account=account, role=role), by=agent)
    assert person.lead.type == ("tenant" if role == "tenant" else "buyer")


def test_there_and_back_any_number_of_times(lead, agent):
    before, known = hanging(lead), as_stored(lead)
    del before["timeline.Event"]
    for _time in range(4):
        contact = converting.convert(Person.objects.get(pk=lead.pk), "seller", by=agent)
        converting.revert(contact, by=agent)

    after = hanging(lead)
    assert len(after.pop("timeline.Event")) == lead.events.count()
    assert after == before
    assert lead.events.filter(verb="converted").count() == lead.events.filter(verb="reverted").count() == 4
    assert {**as_stored(lead), "status": "qualified"} == known


def there(lead, contact, agent):
    converting.convert(Person.objects.get(pk=lead.pk), "buyer", by=agent)


def there_with_a_deal(lead, contact, agent):
    converting.convert(Person.objects.get(pk=lead.pk), "buyer", by=agent, also={"deal": {}})


def many(lead, contact, agent):
    assert converting.convert_many(Person.objects.leads().filter(account=agent.account), by=agent)[0] == 2


def back(lead, contact, agent):
    converting.revert(Person.objects.get(pk=contact.pk), by=agent)


def back_to_what_it_was(lead, contact, agent):
    converting.revert(Person.objects.get(lead__status="converted"), by=agent)


@pytest.mark.parametrize("step", [there, there_with_a_deal, many, back, back_to_what_it_was])
def test_a_failure_at_any_write_leaves_everything_as_it_was(lead, contact, agent, step):
    once = LeadFactory(account=agent.account, assigned_to=agent)
    if step is back_to_what_it_was:
        converting.convert(once, "lawyer", by=agent)
    before, broken = rows(), 0
    while True:
        with connection.execute_wrapper(fail_at(broken)):
            try:
                step(lead, contact, agent)
                break
            except DatabaseError:
                assert rows() == before
                broken += 1
    assert broken >= (8 if step is there_with_a_deal else 3)  # the lead, the person, the event
    assert rows() != before


def test_a_conversion_needs_a_role(lead, agent):
    for role in ("", "king"):
        with pytest.raises(ValidationError) as refused:
            converting.convert(lead, role, by=agent)
        assert "role" in refused.value.error_dict
    assert Person.objects.get(pk=lead.pk).kind == Kind.LEAD


def test_the_second_of_two_who_convert_is_told(lead, agent, admin):
    converting.convert(lead, "buyer", by=agent)
    with pytest.raises(Gone):
        converting.convert(lead, "seller", by=admin)
    assert Person.objects.get(pk=lead.pk).role == "buyer"


def test_whoever_is_in_the_trash_is_not_converted(lead, agent):
    lead.trash(by=agent)
    with pytest.raises(Gone):
        converting.convert(lead, "buyer", by=agent)


def test_a_contact_that_something_keeps_is_not_reverted(contact, agent, monkeypatch):
    reasons = [lambda people: {}, lambda people: {people[0].pk: "Takes part in an open deal."}]
    monkeypatch.setattr(hindrances, "to_revert", reasons)
    with pytest.raises(ValidationError, match="open deal"):
        converting.revert(contact, by=agent)
    assert Person.objects.get(pk=contact.pk).kind == Kind.CONTACT


def test_what_is_offered_beside_the_contact_is_made_in_the_same_transaction(lead, agent, monkeypatch):
    def make(contact, pipeline, by, answers):
        Task(account=contact.account, person=contact, title=f"Deal of a {pipeline.type}").add(by=by)

    monkeypatch.setitem(offers, "deal", Offer("Create deal", lambda lead: {}, make))
    converting.convert(lead, "buyer", by=agent, also={"deal": {}})
    assert Task.objects.filter(person=lead, title="Deal of a buyer").exists()


def test_many_become_contacts_each_with_the_role_of_its_type(account, agent, lead):
    seller = LeadFactory(account=account, lead__type="seller")
    gone = LeadFactory(account=account)
    people = Person.objects.leads().filter(pk__in=[lead.pk, seller.pk, gone.pk])
    gone.trash(by=agent)

    assert converting.convert_many(people, by=agent)[0] == 2
    roles = {person.pk: person.role for person in Person.objects.contacts()}
    assert roles == {lead.pk: "buyer", seller.pk: "seller"}


def test_a_thousand_cost_as_many_statements_as_ten(account, agent):
    def converted(number):
        people = LeadFactory.create_batch(number, account=account, assigned_to=agent)
        with CaptureQueriesContext(connection) as queries:
            chosen = Person.objects.filter(pk__in=[person.pk for person in people])
            assert converting.convert_many(chosen, by=agent)[0] == number
        return len(queries)

    assert converted(60) == converted(3) <= 15


@pytest.mark.parametrize("number", [1, 2])
def test_one_and_many_are_converted_alike(account, agent, number):
    people = LeadFactory.create_batch(number, account=account, assigned_to=agent, lead__status="lost",
                                      lead__reason="Gone", lead__type="tenant")  # fmt: skip
    if number == 1:
        converting.convert(people[0], "tenant", by=agent)
    else:
        converting.convert_many(Person.objects.filter(pk__in=[person.pk for person in people]), by=agent)
    person = Person.objects.select_related("lead").get(pk=people[0].pk)
    event = person.events.get(verb="converted")
    assert (person.kind, person.role, person.version, person.last_activity_at) == ("contact", "tenant", 2, event.at)
    assert (person.lead.status, person.lead.reason, person.lead.converted_at) == ("converted", "", event.at)
    assert {key: value for key, value in event.data.items() if key != "was"} == {
        "role": "Tenant", "status": "Lost", "version": 2,
        "changes": [
            {"field": "status", "old": "Lost", "new": "Converted"},
            {"field": "reason", "old": "Gone", "new": ""},
            {"field": "role", "old": "", "new": "Tenant"},
        ],
    }  # fmt: skip


def test_many_with_a_role_that_is_none_are_refused(lead, agent):
    with pytest.raises(ValidationError):
        converting.convert_many(Person.objects.filter(pk=lead.pk), "king", by=agent)


def test_people_of_one_account_are_converted_at_a_time(account, agent, lead, stranger):
    LeadFactory(account=stranger.account)
    assert converting.convert_many(Person.objects.leads(), by=agent)[0] == 1


def test_the_role_that_a_contact_had_is_proposed_again(lead, agent):
    back = converting.revert(converting.convert(lead, "lawyer", by=agent), by=agent)
    assert converting.proposed_role(back.lead) == "lawyer"
    converting.convert_many(Person.objects.filter(pk=lead.pk), by=agent)
    assert Person.objects.get(pk=lead.pk).role == "lawyer"


def test_another_type_since_proposes_its_own_role(lead, agent):
    back = converting.revert(converting.convert(lead, "lawyer", by=agent), by=agent)
    back.lead.type = "seller"
    assert converting.proposed_role(back.lead) == "seller"
