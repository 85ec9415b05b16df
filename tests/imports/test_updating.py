"""Rows that update the contacts whose email they have."""

import pytest

from contacts.imports.models import Job
from contacts.models import Contact
from contacts.timeline.models import Event
from tests.factories import ContactFactory, LeadFactory, UserFactory

from .conftest import row, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(account, agent):
    """A contact whose email stands in the file."""
    return ContactFactory(
        account=account, email="k1@example.com", first_name="Katharina", last_name="Hohenfels", phone="+34612345678",
        role="seller", assigned_to=agent, city="Altea", notes="Kept.",
    )  # fmt: skip


def test_what_differs_is_changed_and_told_with_old_and_new(known, admin, imported):
    run = imported([row(1, City="Jávea", Notes="", **{"First name": "Katja"})], on_existing="update")

    known.refresh_from_db()
    event = Event.objects.get()
    assert (run.updated, run.created, run.failed) == (1, 0, 0)
    assert (known.first_name, known.city, known.notes, known.role) == ("Katja", "Jávea", "Kept.", "buyer")
    assert known.version == 2
    assert known.last_activity_at == event.at
    assert (event.verb, event.actor, event.data) == ("changed", admin, {"version": 2, "changes": [
        {"field": "first_name", "old": "Katharina", "new": "Katja"},
        {"field": "role", "old": "Seller", "new": "Buyer"},
        {"field": "city", "old": "Altea", "new": "Jávea"},
    ]})  # fmt: skip


def test_a_changed_contact_is_found_by_its_new_name(known, account, imported):
    imported([row(1, **{"Last name": "Überacker"})], on_existing="update")

    assert Contact.objects.matching(account, "uberacker").get() == known
    assert not Contact.objects.matching(account, "hohenfels").exists()


def test_a_point_comes_in_and_is_told_in_one_line(known, imported):
    run = imported([row(1, Role="Seller", Latitude="38,5987", Longitude="-0.0512")], on_existing="update")

    known.refresh_from_db()
    assert (run.updated, known.latitude, known.longitude) == (1, 38.5987, -0.0512)
    assert Event.objects.get().data["changes"] == [{"field": "place", "old": "", "new": "38.59870, -0.05120"}]


def test_a_point_that_stands_in_the_row_stays_with_another_address(known, imported):
    Contact.objects.filter(pk=known.pk).update(latitude=38.6, longitude=-0.05)
    imported([row(1, City="Calpe", Latitude="38.6", Longitude="-0.05")], on_existing="update")

    known.refresh_from_db()
    assert (known.city, known.latitude, known.longitude) == ("Calpe", 38.6, -0.05)


@pytest.mark.parametrize("email", ["k1@example.com", "new@example.com"])
def test_one_coordinate_alone_is_an_error_beside_the_other(known, verified, email):
    run = verified([row(1, Email=email, Latitude="38.6", Longitude="")], on_existing="update")

    staged = run.staged.get()
    assert [(wrong["field"], wrong["message"]) for wrong in staged.errors] == [
        ("longitude", "A point has a latitude and a longitude.")
    ]


def test_a_coordinate_that_cannot_be_is_told_once(known, verified):
    run = verified([row(1, Latitude="138.6", Longitude="0")], on_existing="update")

    assert [(wrong["field"], wrong["message"]) for wrong in run.staged.get().errors] == [
        ("latitude", "A latitude lies between -90 and 90.")
    ]


def test_a_row_that_changes_nothing_writes_nothing(known, imported):
    run = imported([row(1, Role="Seller")], on_existing="update")

    known.refresh_from_db()
    assert (run.updated, known.version, Event.objects.count()) == (1, 1, 0)


def test_an_empty_cell_wipes_nothing_even_of_a_required_field(known, imported):
    empty = {"First name": "", "Last name": "", "Phone": "", "Owner email": "", "Role": ""}

    run = imported([row(1, **empty, City="Calpe")], on_existing="update")

    known.refresh_from_db()
    assert (run.updated, known.first_name, known.role, known.city) == (1, "Katharina", "seller", "Calpe")


def test_the_default_role_is_for_new_contacts_only(known, imported):
    imported([row(1, Role=""), row(2, Role="")], on_existing="update", default_role="notary")

    assert list(Contact.objects.order_by("email").values_list("role", flat=True)) == ["seller", "notary"]


def test_tags_are_added_and_none_is_taken_off(known, imported):
    known.set_tags(["Cash"])

    imported([row(1, Role="Seller", Tags="cash, Sea view")], on_existing="update")

    known.refresh_from_db()
    assert known.tag_names() == ["Cash", "Sea view"]
    assert Event.objects.get().data["changes"] == [{"field": "tags", "old": "Cash", "new": "Cash, Sea view"}]
    assert known.version == 2


def test_the_contact_can_go_to_another_agent(known, account, imported):
    other = UserFactory(account=account, email="mateo@example.com", first_name="Mateo", last_name="Ruiz")

    imported([row(1, **{"Owner email": "MATEO@example.com"}, Role="Seller")], on_existing="update")

    known.refresh_from_db()
    assert known.assigned_to == other


def test_an_email_of_a_lead_is_an_error_even_then(account, verified):
    LeadFactory(account=account, email="k1@example.com")

    run = verified([row(1)], on_existing="update")

    assert run.staged.get().errors[0]["message"] == (
        "Another record (lead or contact) already uses this email address."
    )


def test_a_contact_saved_since_the_check_keeps_what_the_row_does_not_give(known, verified):
    run = verified([row(1, City="Calpe")], on_existing="update")
    Contact.objects.update(notes="Newer.", version=5)
    work(run, Job.IMPORT)

    known.refresh_from_db()
    assert (known.city, known.notes, known.version) == ("Calpe", "Newer.", 6)


def test_a_contact_deleted_since_the_check_fails_its_row(known, admin, verified):
    run = verified([row(1), row(2)], on_existing="update")
    known.trash(by=admin)
    work(run, Job.IMPORT)

    assert (run.created, run.updated, run.failed) == (1, 0, 1)
    assert "was deleted" in run.staged.get(line=2).errors[0]["message"]


def test_undo_leaves_what_was_updated(known, imported):
    run = imported([row(1), row(2)], on_existing="update")
    work(run, Job.UNDO)

    assert list(Contact.objects.all()) == [known]


def test_none_as_salutation_or_language_empties_the_field(known, imported):
    Contact.objects.filter(pk=known.pk).update(salutation="mrs", language="de")

    run = imported([row(1, Salutation="None", Language="none")], on_existing="update")

    known.refresh_from_db()
    assert (run.updated, run.failed, known.salutation, known.language) == (1, 0, "", "")
