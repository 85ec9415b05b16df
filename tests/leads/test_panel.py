"""The panel of a lead: what is asked, what is refused beside which field, and two who change one lead at once."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from contacts.models import Kind, Person
from leads.converting import convert
from leads.models import Lead
from tests.factories import ContactFactory, LeadFactory, contact_data

NEW = reverse("leads:create")


def data(**changes):
    """Return what the form of a new lead posts; ``None`` takes a field out."""
    known = contact_data(role=None, assigned_to=User.objects.get(email="lucia@example.com").pk)
    prospect = {
        "type": "buyer",
        "status": "new",
        "stage": "hot",
        "source": "by_person",
        "property_types": ["villa", "penthouse"],
        "locations": "Marbella, Estepona",
        "price_from": "400k",
        "price_to": "650.000 €",
        "bedrooms": "3",
        "timing": "6m",
    }
    return {name: value for name, value in {**known, **prospect, **changes}.items() if value is not None}


def stored_form(lead):
    """Return the form of a lead as the browser would post it back unchanged."""
    person = Person.objects.get(pk=lead.pk)
    return data(
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        phone="+34 612 34 56 78",
        language="es",
        assigned_to=person.assigned_to_id,
        version=person.version,
        type=person.lead.type,
        status=person.lead.status,
        stage=person.lead.stage,
        property_types=person.lead.property_types.split(","),
        locations=person.lead.locations,
        price_from=None,
        price_to=None,
        bedrooms=None,
        timing=None,
    )


@pytest.fixture
def lead(account, agent):
    """A lead of the agent."""
    return LeadFactory(account=account, assigned_to=agent)


def edit(lead):
    return reverse("leads:edit", args=[lead.pk])


def errors(answer):
    """Return the fields of the answered form that say something is wrong."""
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


def test_a_lead_is_created_with_all_that_is_known(as_agent, agent):
    answer = as_agent.post(NEW, data())

    person = Person.objects.get()
    assert answer.url == reverse("leads:detail", args=[person.pk])
    assert (person.kind, person.role, person.assigned_to) == (Kind.LEAD, "", agent)
    lead = person.lead
    assert (lead.type, lead.status, lead.stage, lead.source) == ("buyer", "new", "hot", "by_person")
    assert (lead.property_types, lead.locations) == ("penthouse,villa", "Marbella, Estepona")
    assert (lead.price_from, lead.price_to, lead.bedrooms) == (Decimal(400_000), Decimal(650_000), 3)
    assert lead.told() == "Penthouse or villa, Marbella or Estepona, €400k–650k, 3+ beds, within 6 months"
    assert person.events.get().verb == "created"


def test_a_new_lead_lies_on_top_of_its_column(as_agent, account):
    older = LeadFactory(account=account)
    as_agent.post(NEW, data())
    assert [lead.person_id for lead in Lead.objects.of_status("new")] == [
        Person.objects.exclude(pk=older.pk).get().pk,
        older.pk,
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"property_types": None}, "property_types"),
        ({"property_types": ["castle"]}, "property_types"),
        ({"source": "portals"}, "portal"),
        ({"source": "portals", "portal": "nowhere"}, "portal"),
        ({"status": "lost"}, "reason"),
        ({"status": "unqualified", "reason": "  "}, "reason"),
        ({"status": "converted"}, "status"),
        ({"stage": "boiling"}, "stage"),
        ({"type": ""}, "type"),
        ({"price_from": "a lot"}, "price_from"),
        ({"price_from": "700k"}, "price_to"),
        ({"area_from": "200", "area_to": "100"}, "area_to"),
        ({"bedrooms": "-1"}, "bedrooms"),
        ({"bedrooms": "100"}, "bedrooms"),
        ({"locations": "x" * 61}, "locations"),
        ({"locations": ",".join(f"Place {n}" for n in range(21))}, "locations"),
        ({"email": ""}, "email"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(as_agent, changes, field):
    answer = as_agent.post(NEW, data(**changes))
    assert errors(answer) == {field}
    assert not Person.objects.exists()


def test_nothing_typed_is_lost_by_an_error(as_agent):
    text = as_agent.post(NEW, data(phone="612", features="Pool, <b>view</b>")).content.decode()
    for typed in ('value="400k"', 'value="650.000 €"', 'value="Marbella, Estepona"', "Pool, &lt;b&gt;view&lt;/b&gt;"):
        assert typed in text
    assert text.count('name="property_types"') == 12
    assert text.count("checked") >= 2


@pytest.mark.parametrize("factory", [ContactFactory, LeadFactory])
def test_an_email_that_is_taken_is_refused_with_the_way_to_the_record(as_agent, account, factory):
    other = factory(account=account, email="k.hohenfels-lindemann@example.org")
    answer = as_agent.post(NEW, data())
    assert errors(answer) == {"email"}
    assert other.get_absolute_url() in answer.content.decode()


def test_the_portal_is_kept_only_while_the_source_is_portals(as_agent):
    as_agent.post(NEW, data(source="portals", portal="kyero"))
    lead = Lead.objects.get()
    assert (lead.source, lead.portal) == ("portals", "kyero")
    as_agent.post(edit(lead), {**stored_form(lead), "source": "referral", "portal": "kyero"})
    lead.refresh_from_db()
    assert (lead.source, lead.portal) == ("referral", "")


def test_plus_in_a_column_proposes_its_status(as_agent):
    assert as_agent.get(NEW, {"status": "qualified"}).context["form"]["status"].value() == "qualified"
    assert as_agent.get(NEW, {"status": "converted"}).context["form"]["status"].value() == "new"


def test_a_change_is_one_event_and_status_and_stage_have_their_own(as_agent, agent, lead):
    form = {**stored_form(lead), "city": "Altea", "locations": "Jávea", "status": "lost", "reason": "Too far"}
    assert as_agent.post(edit(lead), form).status_code == 302

    told = {event.verb: event for event in lead.events.all()}
    assert set(told) == {"changed", "status_changed"}
    assert {change["field"]: change["new"] for change in told["changed"].data["changes"]} == {
        "city": "Altea",
        "locations": "Jávea",
    }
    assert told["status_changed"].sentence() == (
        "<b>Lucía Fernández-Ocaña</b> changed the status from <b>New</b> to <b>Lost</b>: <b>Too far</b>"
    )
    assert Person.objects.get(pk=lead.pk).version == 2


def test_saving_without_a_change_writes_nothing(as_agent, lead):
    assert as_agent.post(edit(lead), stored_form(lead)).status_code == 302
    assert not lead.events.exists()
    assert Person.objects.get(pk=lead.pk).version == 1


def test_the_second_of_two_sees_what_changed_and_loses_nothing(as_agent, as_admin, lead):
    form = stored_form(lead)
    as_admin.post(edit(lead), {**form, "stage": "cold", "property_types": ["finca"], "price_to": "300k"})
    answer = as_agent.post(edit(lead), {**form, "stage": "hot", "property_types": ["villa", "plot"], "city": "Altea"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<ins>Cold</ins>" in text
    assert "yours: Villa, Plot" in text
    merged = answer.context["form"]
    assert merged["property_types"].value() == ["finca"]
    assert merged["city"].value() == "Altea"

    # "Overwrite with mine" brings back every box that was ticked.
    hidden = {"typed-stage": "hot", "typed-property_types": ["villa", "plot"], "typed-price_to": "", "mine": "1"}
    version = Person.objects.get(pk=lead.pk).version
    sent = {**form, "city": "Altea", "version": version, **hidden}
    assert as_agent.post(edit(lead), sent).status_code == 302
    stored = Person.objects.get(pk=lead.pk)
    assert (stored.lead.property_types, stored.lead.stage, stored.city) == ("villa,plot", "hot", "Altea")


def test_a_lead_converted_meanwhile_is_said_and_not_overwritten(as_agent, agent, lead):
    form = stored_form(lead)
    convert(lead, "buyer", by=agent)
    answer = as_agent.post(edit(lead), {**form, "city": "Altea"})
    assert answer.status_code == 422
    assert "has moved to Contacts in the meantime" in answer.content.decode()
    assert Person.objects.get(pk=lead.pk).city == ""
    assert as_agent.get(edit(lead)).url == reverse("contacts:detail", args=[lead.pk])


def test_the_form_of_another_office_is_not_there(as_stranger, lead):
    assert as_stranger.get(edit(lead)).status_code == 404
    assert as_stranger.post(edit(lead), stored_form(lead)).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("locations", "Altea, Calpe", "Altea, Calpe"),
        ("price_to", "450k", Decimal(450_000)),
        ("stage", "cold", "cold"),
        ("property_types", ["plot", "villa"], "villa,plot"),
        ("timing", "3m", "3m"),
    ],
)
def test_a_field_is_changed_where_it_stands(as_agent, lead, field, typed, stored):
    url = reverse("leads:info-field", args=[lead.pk, field])
    assert as_agent.get(url).status_code == 200
    assert as_agent.post(url, {field: typed, "version": 1}).status_code == 302
    assert getattr(Lead.objects.get(pk=lead.pk), field) == stored


@pytest.mark.parametrize("field", ["status", "reason", "source", "portal", "role"])
def test_what_belongs_together_is_not_changed_alone(as_agent, lead, field):
    assert as_agent.get(reverse("leads:info-field", args=[lead.pk, field])).status_code == 404


def test_a_contact_that_never_was_a_lead_has_no_form_here(as_agent, contact):
    assert as_agent.get(edit(contact)).url == contact.get_absolute_url()
    assert as_agent.post(edit(contact), data(version=1)).status_code == 422
    assert Person.objects.get(pk=contact.pk).kind == Kind.CONTACT
