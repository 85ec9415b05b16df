"""The point of an address in the forms that have one: person, company, deal and office."""

import io

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.models import Account
from contacts.imports import jobs, kinds, mapping, uploading
from contacts.models import Person
from contacts.relations.models import Relation
from contacts.timeline.models import Event
from deals.models import Deal
from tests.accounts.test_account_settings import data as office_data
from tests.factories import ContactFactory, DealFactory, LeadFactory, RelationFactory, contact_data
from tests.leads.test_panel import data as lead_data
from tests.relations.conftest import relation_data

FAULT = "The place on the map could not be read. Choose it again."
POINT = {"latitude": "38.5710233", "longitude": "-0.0705112"}
ADDRESS = {"street": "Calle Bernia 14", "zip_code": "03581", "city": "L'Albir", "state": "Alicante", "country": "ES"}


def person_data(user):
    return contact_data(assigned_to=user.pk)


def deal_data(user):
    client = ContactFactory(account=user.account, assigned_to=user)
    return {
        "name": "Villa in Altea", "type": "buy", "stage": "knowing", "offered": "buyer", "assigned_to": user.pk,
        "clients": client.email,
    }  # fmt: skip


KINDS = {
    "contacts": (Person.objects.contacts, person_data),
    "leads": (Person.objects.leads, lambda user: lead_data(assigned_to=user.pk)),
    "relations": (Relation.objects.all, lambda user: relation_data()),
    "deals": (Deal.objects.all, deal_data),
}


@pytest.fixture(params=KINDS)
def section(request):
    """Each kind of record with an address."""
    return request.param


@pytest.fixture
def post(as_agent, agent, section):
    """Post the form of a new record of the kind, with more words."""
    words = KINDS[section][1](agent)
    return lambda **more: as_agent.post(reverse(f"{section}:create"), {**words, **ADDRESS, **more})


def test_a_form_holds_the_point_out_of_sight(as_agent, section):
    form = as_agent.get(reverse(f"{section}:create")).context["form"]

    assert [form[name].is_hidden for name in POINT] == [True, True]
    assert (form["street"].kind, form.degrees) == ("place", "")


def test_a_new_record_keeps_its_point(post, section):
    assert post(**POINT).status_code == 302

    one = next(one for one in KINDS[section][0]() if one.street)
    assert (one.latitude, one.longitude, one.city) == (38.5710233, -0.0705112, "L'Albir")


def test_a_point_is_kept_to_the_seventh_digit_as_an_export_writes_it(post, section):
    post(latitude="38.59871234567", longitude="-0.00000001")

    made = KINDS[section][0]().get()
    assert (made.latitude, str(made.longitude)) == (38.5987123, "0.0")


def test_an_address_typed_by_hand_has_none(post, section):
    assert post(latitude="", longitude="").status_code == 302

    one = next(one for one in KINDS[section][0]() if one.street)
    assert (one.latitude, one.longitude) == (None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude": "38.5", "longitude": ""}, {"latitude": "", "longitude": "0"}, {"latitude": "91", "longitude": "0"},
        {"latitude": "0", "longitude": "-180.5"}, {"latitude": "north", "longitude": "0"},
        {"latitude": "NaN", "longitude": "0"}, {"latitude": "0", "longitude": "Infinity"},
        {"latitude": "9" * 400, "longitude": "0"}, {"latitude": "\0", "longitude": "\0"},
    ],
)  # fmt: skip
def test_what_is_no_point_is_told_at_the_street_and_nothing_typed_is_lost(post, section, wrong):
    response = post(**wrong)

    assert response.status_code == 422
    form = response.context["form"]
    assert (dict(form.errors), form.degrees) == ({"street": [FAULT]}, "")
    assert escape(FAULT) in response.content.decode()
    assert {name: form[name].value() for name in ADDRESS} == ADDRESS
    assert not any(one.street for one in KINDS[section][0]())


def test_a_street_may_be_wrong_beside_its_point(post):
    response = post(street="a" * 61, latitude="91", longitude="0")

    (too_long, no_point) = response.context["form"].errors["street"]
    assert (too_long, no_point) == ("At most 60 characters; this has 61.", FAULT)


def test_a_form_with_another_mistake_keeps_the_point(post, section):
    response = post(**POINT, zip_code="1" * 61)
    form = response.context["form"]

    assert list(form.errors) == ["zip_code"]
    assert (form["latitude"].value(), form.degrees) == (POINT["latitude"], "38.57102, -0.07051")


@pytest.fixture
def stored(account, agent, section):
    """A record of the kind with address and point, and what its form posts when nothing is changed."""
    make = {"contacts": ContactFactory, "leads": LeadFactory, "relations": RelationFactory, "deals": DealFactory}
    fields = {**ADDRESS, "latitude": 38.5, "longitude": -0.1}
    return make[section](account=account, **({"assigned_to": agent} if section != "relations" else {}), **fields)


@pytest.fixture
def change(as_agent, section, stored):
    """Post the form of the record as it stands, but for some words."""

    def post(**words):
        url = reverse(f"{section}:edit", args=[stored.pk])
        form = as_agent.get(url).context["form"]
        drawn = {name: form[name].value() for name in form.fields}
        standing = {
            name: getattr(value, "as_e164", value) for name, value in drawn.items() if value not in (None, "", [""])
        }
        response = as_agent.post(url, {**standing, **words})
        assert response.status_code == 302, response.context["form"].errors
        stored.refresh_from_db()

    return post


def _told(record):
    changed = Event.objects.filter(verb="changed")
    return {one["field"]: (one["old"], one["new"]) for event in changed for one in event.data["changes"]}


def test_another_place_is_saved_and_told(change, stored):
    change(street="Calle Mayor 1", **POINT)

    assert (stored.street, stored.latitude, stored.longitude) == ("Calle Mayor 1", 38.5710233, -0.0705112)
    assert _told(stored) == {
        "street": ("Calle Bernia 14", "Calle Mayor 1"), "place": ("38.50000, -0.10000", "38.57102, -0.07051"),
    }  # fmt: skip


def test_a_marker_that_was_moved_alone_is_saved_and_told(change, stored):
    change(**POINT)

    assert (stored.street, stored.latitude) == ("Calle Bernia 14", 38.5710233)
    assert _told(stored) == {"place": ("38.50000, -0.10000", "38.57102, -0.07051")}


def test_a_marker_that_was_moved_by_a_hand_is_told_too(change, stored):
    change(latitude="38.500001", longitude="-0.1")

    assert (stored.latitude, stored.version) == (38.500001, 2)
    assert _told(stored) == {"place": ("38.50000, -0.10000", "38.50000, -0.10000")}


def test_a_point_can_be_taken_off(change, stored):
    change(latitude="", longitude="")

    assert (stored.street, stored.latitude, stored.longitude) == ("Calle Bernia 14", None, None)
    assert _told(stored) == {"place": ("38.50000, -0.10000", "")}


def test_who_saves_later_sees_the_point_that_a_colleague_chose(as_agent, as_admin, section, stored):
    url = reverse(f"{section}:edit", args=[stored.pk])
    form = as_agent.get(url).context["form"]
    drawn = {name: form[name].value() for name in form.fields}
    data = {name: getattr(value, "as_e164", value) for name, value in drawn.items() if value not in (None, "", [""])}
    assert as_admin.post(url, {**data, **POINT}).status_code == 302

    response = as_agent.post(url, {**data, "state": "Valencia"})

    assert response.status_code == 422
    (row,) = response.context["merged"].rows
    assert (row.label, row.old, row.new) == ("Place on the map", "38.50000, -0.10000", "38.57102, -0.07051")
    assert row.mine == "38.50000, -0.10000"
    form = response.context["form"]
    assert {name: form[name].value() for name in POINT} == POINT
    assert dict(response.context["merged"].values) == {"latitude": "38.5", "longitude": "-0.1"}


def test_saving_without_a_change_tells_nothing(change, stored):
    change()
    assert (_told(stored), stored.latitude, stored.version) == ({}, 38.5, 1)


def test_the_timeline_shows_the_new_address(as_agent, section, change, stored):
    change(street="Calle Mayor 1", **POINT)
    text = as_agent.get(reverse(f"{section}:detail", args=[stored.pk])).content.decode()

    for told in ("Calle Bernia 14", "Calle Mayor 1", "Place on the map", "38.57102, -0.07051"):
        assert told in text
    assert "Latitude" not in text


@pytest.mark.parametrize(("street", "latitude"), [("Calle Bernia 14, 2º A", 38.5), ("Calle Bernia 16", None)])
def test_a_street_typed_by_hand_keeps_the_point_of_its_house_alone(as_agent, section, stored, street, latitude):
    url = reverse(f"{section}:info-field", args=[stored.pk, "street"])
    assert as_agent.post(url, {"street": street, "version": stored.version}).status_code == 302

    stored.refresh_from_db()
    assert (stored.street, stored.latitude) == (street, latitude)


def test_another_town_typed_into_the_form_leaves_the_point_behind(change, stored):
    change(city="Altea")
    assert (stored.city, stored.latitude, stored.longitude) == ("Altea", None, None)


@pytest.mark.parametrize("name", POINT)
def test_half_a_point_cannot_be_changed_where_it_stands(as_agent, section, stored, name):
    url = reverse(f"{section}:info-field", args=[stored.pk, name])
    assert as_agent.post(url, {name: "91", "version": stored.version}).status_code == 404


def test_nobody_is_asked_when_a_record_is_saved(geocoder, post, change):
    post(**POINT)
    post(latitude="", longitude="")
    change(street="Calle Mayor 1")

    assert geocoder.asked == []


def test_a_street_changed_in_place_offers_no_map(as_agent, contact):
    """There the other fields, which the picker fills in, are not."""
    form = as_agent.get(reverse("contacts:info-field", args=[contact.pk, "street"]))
    assert 'name="street"' in form.text
    assert "data-places" not in form.text


def bring(admin, **options):
    """Import one person in Calle Bernia and return them."""
    columns = {
        "Owner email": admin.email,
        "First name": "Inés", "Last name": "Sáez", "Email": "ines@example.com", "Phone": "+34612345678",
        "Role": "buyer", "Street": "Calle Bernia 14", "City": "L'Albir", "Country": "ES",
    }  # fmt: skip
    file = io.BytesIO("\n".join(",".join(words) for words in (columns, columns.values())).encode())
    file.name = "people.csv"
    run = uploading.start(admin.account, admin, file, "contact")
    mapping.save(run, run.places, kinds.get("contact").default_options | options)
    jobs.do(run, jobs.Job.VERIFY)
    jobs.do(run, jobs.Job.IMPORT)
    return Person.objects.get(email="ines@example.com")


def test_nobody_is_asked_when_a_file_is_imported(geocoder, admin):
    person = bring(admin)
    assert (person.street, person.latitude) == ("Calle Bernia 14", None)
    assert geocoder.asked == []


@pytest.mark.parametrize(("street", "latitude"), [("Calle Mayor 1", None), ("Calle Bernia 14", 38.57)])
def test_a_file_that_moves_somebody_leaves_their_point_behind(admin, street, latitude):
    ContactFactory(
        account=admin.account, email="ines@example.com", street=street, city="L'Albir", country="ES", latitude=38.57,
        longitude=-0.07,
    )  # fmt: skip
    person = bring(admin, on_existing="update")
    assert (person.street, person.latitude) == ("Calle Bernia 14", latitude)
    assert _told(person).get("place") == (None if latitude else ("38.57000, -0.07000", ""))


OFFICE = reverse("settings:account")


def test_the_office_has_an_address_with_a_point(as_admin, account, geocoder):
    assert as_admin.post(OFFICE, office_data(**ADDRESS, **POINT)).status_code == 302

    account = Account.objects.get(pk=account.pk)
    assert {name: getattr(account, name) for name in ADDRESS} == ADDRESS
    assert (account.latitude, account.longitude) == (38.5710233, -0.0705112)
    form = as_admin.get(OFFICE).context["form"]
    assert (form.degrees, form["latitude"].is_hidden) == ("38.57102, -0.07051", True)
    assert geocoder.asked == []


@pytest.mark.parametrize("wrong", [{"latitude": "38.5"}, {"latitude": "91", "longitude": "0"}, {"longitude": "NaN"}])
def test_what_is_no_point_of_an_office_is_told_at_its_street(as_admin, account, wrong):
    response = as_admin.post(OFFICE, office_data(**ADDRESS, **wrong))

    assert response.status_code == 422
    form = response.context["form"]
    assert dict(form.errors) == {"street": [FAULT]}
    assert {name: form[name].value() for name in ADDRESS} == ADDRESS
    account.refresh_from_db()
    assert (account.street, account.latitude) == ("", None)


def test_an_office_needs_no_address(as_admin, account):
    assert as_admin.post(OFFICE, office_data()).status_code == 302
