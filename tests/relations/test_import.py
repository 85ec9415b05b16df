"""Companies come from files, by themselves or named by people; two of one name are never made."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts import resources
from contacts.imports import writing
from contacts.imports.models import Job
from contacts.models import Contact, Person
from contacts.relations.models import Relation
from contacts.relations.naming import known_names
from contacts.timeline.models import Event
from tests.factories import ContactFactory, LeadFactory, RelationFactory, TagFactory
from tests.imports.conftest import imported, row, verified, work  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bring(imported):  # noqa: F811
    """Return a function: these rows imported as relations."""
    return lambda rows, **options: imported(rows, kind="relation", **options)


@pytest.fixture
def check(verified):  # noqa: F811
    """Return a function: these rows verified as relations."""
    return lambda rows, **options: verified(rows, kind="relation", **options)


def errors(run):
    """What is wrong with the rows of a run, by field."""
    return [(error["field"], error["message"]) for found in run.staged.order_by("line") for error in found.errors]


def test_a_row_becomes_a_relation_with_all_its_fields(account, admin, bring):
    run = bring([{
        "Firma": " Bufete  Echeverría ", "Branche": "Kanzlei", "Status": "aktiv", "Email": "OFFICE@Example.com",
        "Phone": "0034 612 345 678", "Website": "example.com", "Preferred channel": "Teléfono",
        "Credit terms": "30 days", "Note": "=1+1\nSpeaks Dutch.", "Street": "Calle Bernia 14", "PLZ": "03590",
        "City": "Altea", "State": "Alicante", "Country": "España", "Tags": "law, Altea",
    }])  # fmt: skip

    one = Relation.objects.get()
    assert (run.created, run.failed) == (1, 0)
    assert (one.name, one.type, one.status, one.preferred_channel) == (
        "Bufete Echeverría", "law_firm", "active", "phone",
    )  # fmt: skip
    assert (one.phone.as_e164, one.website, one.credit_terms) == ("+34612345678", "https://example.com", "30 days")
    assert (one.street, one.zip_code, one.city, one.state, one.country) == (
        "Calle Bernia 14", "03590", "Altea", "Alicante", "ES",
    )  # fmt: skip
    assert (one.note, one.tag_names(), one.email) == ("=1+1\nSpeaks Dutch.", ["Altea", "law"], "OFFICE@example.com")
    assert (one.created_by, one.import_run, one.import_line, one.version) == (admin, run, 2, 1)


def test_an_imported_relation_is_as_if_it_had_been_saved(account, bring):
    bring([{"Name": "Núñez & Söhne", "Email": "info@example.com", "Phone": "+34 612 345 678"}])

    one = Relation.objects.get()
    keys = (one.name_key, one.search_text)
    one.full_clean(exclude=["tags"])
    one.draw_keys()

    assert (one.name_key, one.search_text) == keys
    assert Relation.objects.matching(account, "nunez 612345678").get() == one


def test_only_the_name_is_required(bring):
    run = bring([{"Name": "Banco de Altea"}])

    one = Relation.objects.get()
    assert (run.created, one.type, one.status, one.email, one.note) == (1, "other", "active", "", "")


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"Name": "", "Email": "a@example.com"}, "name"),
        ({"Name": "AB"}, "name"),
        ({"Name": "x" * 101}, "name"),
        ({"Email": "nobody"}, "email"),
        ({"Phone": "612 345 678"}, "phone"),
        ({"Website": "javascript:alert(1)"}, "website"),
        ({"Type": "circus"}, "type"),
        ({"Note": "x" * 10_001}, "note"),
    ],
)
def test_a_cell_that_breaks_a_rule_is_told_at_its_column(check, cells, field):
    run = check([{"Name": "Banco de Altea", "Email": "", "Phone": "", "Website": "", "Type": "", "Note": "", **cells}])

    assert [found for found, _message in errors(run)] == [field]


def test_a_name_twice_in_the_file_is_an_error_on_the_later_row(check):
    run = check([{"Name": "Banco de Altea"}, {"Name": "BANCO  DE ALTÉA"}])

    assert errors(run) == [("name", "Twice in this file: first in line 2.")]


def test_a_known_name_is_an_error_is_skipped_or_updates(account, bring):
    known = RelationFactory(account=account, name="Bufete Echeverría", city="Altea")
    rows = [{"Name": "bufete echeverria", "City": "", "Credit terms": "30 days", "Tags": "law"}]

    assert errors(bring(rows)) == [("name", "There is a relation of this name already.")]
    assert bring(rows, on_existing="skip").skipped == 1
    assert bring(rows, on_existing="update").updated == 1

    known.refresh_from_db()
    event = Event.objects.get()
    assert (known.name, known.city, known.credit_terms, known.version) == (
        "Bufete Echeverría", "Altea", "30 days", 2,
    )  # fmt: skip
    assert (known.tag_names(), Relation.objects.count(), event.relation) == (["law"], 1, known)
    assert (event.verb, [change["field"] for change in event.data["changes"]]) == ("changed", ["credit_terms", "tags"])


def test_a_change_of_status_is_told_as_any_other(account, bring):
    RelationFactory(account=account, name="Banco de Altea")

    bring([{"Name": "Banco de Altea", "Status": "inactive"}], on_existing="update")

    assert Event.objects.get().data["changes"] == [{"field": "status", "old": "Active", "new": "Inactive"}]


def test_a_name_taken_between_verify_and_import_fails_the_row(account, check):
    run = check([{"Name": "Banco de Altea"}, {"Name": "Notaría Ruiz"}])
    RelationFactory(account=account, name="BANCO DE ALTEA")
    work(run, Job.IMPORT)

    assert (run.created, run.failed) == (1, 1)
    assert errors(run) == [("name", "Another relation took this name while the import ran.")]


def test_a_relation_deleted_since_the_check_fails_its_row(account, admin, check):
    known = RelationFactory(account=account, name="Banco de Altea")
    run = check([{"Name": "Banco de Altea", "City": "Altea"}], on_existing="update")
    known.trash(by=admin)
    work(run, Job.IMPORT)

    assert (run.updated, run.failed) == (0, 1)


def test_a_name_in_the_trash_or_of_another_office_is_free(account, stranger, bring):
    RelationFactory(account=account, name="Banco de Altea", deleted_at=timezone.now())
    RelationFactory(account=stranger.account, name="Banco de Altea")

    assert bring([{"Name": "Banco de Altea"}]).created == 1


def test_each_new_relation_has_the_event_imported_and_undo_moves_it_to_the_trash(admin, bring):
    run = bring([{"Name": "Banco de Altea"}, {"Name": "Notaría Ruiz"}])

    assert list(Event.objects.order_by("id").values_list("verb", "actor", "data__line")) == [
        ("imported", admin.pk, 2), ("imported", admin.pk, 3),
    ]  # fmt: skip
    work(run, Job.UNDO)
    assert (run.undone, Relation.objects.count(), Relation.with_trash.count()) == (2, 0, 2)


def test_a_chunk_is_written_in_as_many_statements_whatever_its_size(account, check):
    TagFactory(account=account, name="a")
    few = check([{"Name": f"Banco {number}", "Tags": "a"} for number in range(2)])
    many = check([{"Name": f"Notaría {number}", "Tags": "a"} for number in range(50)])

    assert statements(few) == statements(many)


def statements(run):
    """How many statements the import of a run takes."""
    with CaptureQueriesContext(connection) as asked:
        work(run, Job.IMPORT)
    assert run.failed == 0
    return len(asked)


# Relations that a file of people names.


def test_a_relation_that_is_not_known_refuses_the_row_unless_it_is_to_be_created(verified):  # noqa: F811
    run = verified([row(1, Relation="Bufete Echeverría")])

    assert errors(run) == [("relation", "No relation of this account has this name.")]


def test_a_relation_that_is_not_known_is_created_once_a_file(account, admin, imported, monkeypatch):  # noqa: F811
    monkeypatch.setattr(writing, "CHUNK_ROWS", 2)
    known = RelationFactory(account=account, name="Banco de Altea")
    names = ["Bufete Echeverría", "BUFETE ECHEVERRIA", "banco de altea", "bufete  echeverría", ""]

    run = imported([row(n, Relation=name) for n, name in enumerate(names)], unknown_relations="create")

    made = Relation.objects.get(import_run=run)
    assert (run.created, run.failed, Relation.objects.count()) == (5, 0, 2)
    assert (made.name, made.type, made.import_line, made.created_by) == ("Bufete Echeverría", "other", 2, admin)
    assert list(Contact.objects.order_by("email").values_list("relation", flat=True)) == [
        made.pk, made.pk, known.pk, made.pk, None,
    ]  # fmt: skip


def test_it_is_told_on_the_timelines_of_both(account, imported):  # noqa: F811
    imported([row(1, Relation="Bufete Echeverría")], unknown_relations="create")

    made = Relation.objects.get()
    assert list(made.events.order_by("id").values_list("verb", flat=True)) == ["imported", "linked"]
    linked = Event.objects.get(verb="linked")
    assert made.last_activity_at == linked.at == linked.person.last_activity_at
    assert (linked.person.email, linked.data) == (
        "k1@example.com", {"who": "Katharina Hohenfels", "company": "Bufete Echeverría"},
    )  # fmt: skip


def test_the_report_says_how_many_were_created(as_admin, imported):  # noqa: F811
    run = imported([row(1, Relation="Bufete A"), row(2, Relation="Bufete B")], unknown_relations="create")

    assert "It created 2 relations too." in as_admin.get(f"/contacts/imports/{run.pk}/run/").content.decode()


def test_the_name_of_a_new_relation_keeps_the_rules_of_the_form(verified):  # noqa: F811
    run = verified([row(1, Relation="AB"), row(2, Relation="x" * 101)], unknown_relations="create")

    assert [field for field, _message in errors(run)] == ["relation", "relation"]


def test_a_row_whose_email_is_taken_meanwhile_makes_no_relation(account, verified):  # noqa: F811
    run = verified([row(1, Relation="Bufete Echeverría")], unknown_relations="create")
    ContactFactory(account=account, email="k1@example.com")
    work(run, Job.IMPORT)

    assert (run.failed, Relation.objects.count()) == (1, 0)


def test_a_relation_entered_since_the_check_is_taken(account, verified):  # noqa: F811
    run = verified([row(1, Relation="Bufete Echeverría")], unknown_relations="create")
    known = RelationFactory(account=account, name="BUFETE ECHEVERRIA")
    work(run, Job.IMPORT)

    assert (Relation.objects.get(), Contact.objects.get().relation) == (known, known)


def test_leads_name_relations_too(imported):  # noqa: F811
    cells = row(1, Relation="Bufete Echeverría")
    del cells["Role"]

    imported([cells], kind="lead", unknown_relations="create")

    assert Person.objects.leads().get().relation.name == "Bufete Echeverría"


def test_an_update_moves_somebody_to_a_relation_that_is_created(account, agent, imported):  # noqa: F811
    old = RelationFactory(account=account, name="Banco de Altea")
    known = ContactFactory(account=account, email="k1@example.com", relation=old, assigned_to=agent)

    imported([row(1, Relation="Bufete Echeverría")], on_existing="update", unknown_relations="create")

    known.refresh_from_db()
    assert known.relation.name == "Bufete Echeverría"
    told = {event.verb: event.relation for event in known.events.exclude(verb="changed")}
    assert told == {"unlinked": old, "linked": known.relation}
    assert "relation" not in [change["field"] for change in known.events.get(verb="changed").data["changes"]]


def test_a_person_that_has_gone_meanwhile_makes_no_relation(account, admin, verified):  # noqa: F811
    known = ContactFactory(account=account, email="k1@example.com")
    run = verified([row(1, Relation="Bufete Echeverría")], on_existing="update", unknown_relations="create")
    known.trash(by=admin)
    work(run, Job.IMPORT)

    assert (run.failed, Relation.objects.count()) == (1, 0)


def test_undo_takes_the_relations_with_it_that_nobody_else_uses(account, admin, imported):  # noqa: F811
    run = imported([row(n, Relation=f"Bufete {n}") for n in range(4)], unknown_relations="create")
    used, changed, known = Relation.objects.order_by("name")[:3]
    LeadFactory(account=account, relation=used)
    changed.city = "Altea"
    changed.revise(by=admin, version=1)
    known.events.create(account=account, verb="noted", actor=admin)
    work(run, Job.UNDO)

    assert run.undone == 4
    assert list(Relation.objects.order_by("name")) == [used, changed, known]
    assert Relation.with_trash.get(name="Bufete 3").events.filter(verb="deleted", actor=admin).exists()


def test_a_resumed_undo_does_not_forget_the_relations(imported, monkeypatch):  # noqa: F811
    from contacts.imports import jobs, undoing

    run = imported([row(n, Relation="Bufete Echeverría") for n in range(5)], unknown_relations="create")
    monkeypatch.setattr(undoing, "CHUNK_ROWS", 2)
    jobs.launch(run, Job.UNDO, queue=False)
    jobs.work(run.pk, lambda: True)
    for _again in range(4):
        jobs.work(run.pk)

    assert (Person.objects.count(), Relation.objects.count()) == (0, 0)


def test_of_the_companies_of_an_office_only_those_are_read_that_a_chunk_names(account, verified, monkeypatch):  # noqa: F811
    RelationFactory.create_batch(3, account=account)
    known = RelationFactory(account=account, name="Banco de Altea")
    read = []
    monkeypatch.setattr(resources, "known_names", lambda *args: read.append(known_names(*args)) or read[-1])
    verified([row(1, Relation="BANCO de Altea"), row(2, Relation="Nobody & Sons"), row(3)])

    assert {"banco de altea": known.pk} in read
    assert all(found in ({}, {"banco de altea": known.pk}) for found in read)
