"""The good rows become contacts, whole, findable, and with their history."""

import pytest
from django.utils import timezone

from contacts.models import Contact, Person
from contacts.relations.models import Relation
from contacts.timeline.models import Event
from tests.factories import ContactFactory, LeadFactory, RelationFactory

from .conftest import row, work

pytestmark = pytest.mark.django_db


def test_a_good_row_becomes_a_contact_with_all_its_fields(account, admin, agent, imported):
    relation = RelationFactory(account=account, name="Bufete Echeverría")
    line = row(**{
        "Salutation": "Frau", "WhatsApp": "0034 612345678", "Language": "Deutsch", "Relation": "bufete echeverria",
        "Tags": "Sea view; cash", "Do not contact": "ja", "Street": "Calle Bernia 14", "Zip": "03590", "City": "Altea",
        "State": "Alicante", "Country": "España", "Notes": "=SUM(A1)\nbar bezahlt", "Role": "Käufer",
    })  # fmt: skip

    run = imported([line])

    person = Contact.objects.get()
    assert (run.status, run.created, run.failed) == ("done", 1, 0)
    assert (person.first_name, person.last_name, person.email) == ("Katharina", "Hohenfels", "k1@example.com")
    assert (person.phone.as_e164, person.whatsapp.as_e164) == ("+34612345678", "+34612345678")
    assert (person.role, person.salutation, person.language, person.country) == ("buyer", "mrs", "de", "ES")
    assert (person.assigned_to, person.created_by, person.relation) == (agent, admin, relation)
    assert (person.street, person.zip_code, person.city, person.state) == (
        "Calle Bernia 14", "03590", "Altea", "Alicante",
    )  # fmt: skip
    assert (person.notes, person.do_not_contact, person.tag_names()) == (
        "=SUM(A1)\nbar bezahlt", True, ["cash", "Sea view"],
    )  # fmt: skip
    assert (person.import_run, person.import_line, person.version) == (run, 2, 1)


def test_an_imported_contact_is_as_if_it_had_been_saved(imported):
    imported([row(**{"First name": "Núria", "Last name": "d'Ístria-Pérez", "Email": "NÚRIA@Example.com"})])

    person = Contact.objects.get()
    keys = (person.email_key, person.name_key, person.search_text)
    person.full_clean(exclude=["tags"])
    person.draw_keys()

    assert (person.email_key, person.name_key, person.search_text) == keys


def test_an_imported_contact_is_found_by_search(account, imported):
    imported([row(1), row(2, **{"Last name": "Überacker"})])

    assert [person.last_name for person in Person.objects.all().matching(account, "uberack")] == ["Überacker"]


def test_each_new_contact_has_the_event_imported(admin, imported):
    imported([row(1), row(2)])

    assert list(Event.objects.order_by("id").values_list("verb", "actor", "data")) == [
        ("imported", admin.pk, {"file": "people.csv", "line": 2}),
        ("imported", admin.pk, {"file": "people.csv", "line": 3}),
    ]


def test_what_a_row_leaves_out_is_as_in_a_new_form(account, imported):
    imported([row()])

    person = Contact.objects.get()
    assert (person.language, person.salutation, person.do_not_contact, person.notes) == (
        account.language, "mrs", False, "",
    )  # fmt: skip
    assert person.last_activity_at == person.created_at


def test_rows_without_role_take_the_one_of_the_options(imported):
    imported([row(Role="")], default_role="tenant")

    assert Contact.objects.get().role == "tenant"


def test_numbers_without_country_code_take_the_country_of_the_options(imported):
    imported([row(Phone="612 34 56 78")], default_country="ES")

    assert Contact.objects.get().phone.as_e164 == "+34612345678"


def test_rows_whose_email_exists_can_be_skipped(account, imported):
    ContactFactory(account=account, email="k1@example.com")

    run = imported([row(1), row(2)], on_existing="skip")

    assert (run.created, run.skipped, run.failed) == (1, 1, 0)


def test_an_email_taken_between_verify_and_import_fails_the_row(account, verified):
    run = verified([row(1), row(2)])
    lead = LeadFactory(account=account, email="K1@example.com")
    work(run, "import")

    failed = run.staged.get(line=2)
    assert (run.created, run.failed, failed.verdict) == (1, 1, "error")
    assert failed.errors == [{
        "message": "Another record took this email address while the import ran.", "field": "email", "column": 2,
        "record": lead.pk,
    }]  # fmt: skip


def test_an_agent_who_leaves_between_verify_and_import_fails_the_row_at_its_own_column(agent, verified):
    run = verified([row(1)])
    agent.is_active = False
    agent.save()
    work(run, "import")

    failed = run.staged.get()
    assert (failed.error_fields, failed.errors) == (",owner_email,", [
        {"message": "No active user of this account has this email.", "field": "owner_email", "column": 4}
    ])  # fmt: skip


def test_a_relation_deleted_between_verify_and_import_fails_the_row_at_its_own_column(account, verified):
    relation = RelationFactory(account=account, name="Bufete Echeverría")
    run = verified([row(1, Relation="Bufete Echeverría")])
    Relation.objects.filter(pk=relation.pk).update(deleted_at=timezone.now())
    work(run, "import")

    failed = run.staged.get()
    assert (failed.error_fields, failed.errors) == (",relation,", [
        {"message": "No relation of this account has this name.", "field": "relation", "column": 6}
    ])  # fmt: skip


def test_an_email_in_the_trash_is_free(account, imported):
    ContactFactory(account=account, email="k1@example.com", deleted_at=timezone.now())

    assert imported([row(1)]).created == 1


def test_an_email_of_another_office_is_free(stranger, imported):
    ContactFactory(account=stranger.account, email="k1@example.com")

    assert imported([row(1)]).created == 1


def test_importing_twice_is_refused(imported):
    from django.core.exceptions import ValidationError

    from contacts.imports import jobs

    run = imported([row(1)])

    with pytest.raises(ValidationError):
        jobs.launch(run, "import")
