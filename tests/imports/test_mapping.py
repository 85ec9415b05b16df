"""The mapping step: what is shown of the columns, what must be mapped, what is remembered."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from contacts.imports import mapping, uploading
from contacts.imports.models import ImportRun, Job, Status
from contacts.imports.source import Refused

from .conftest import csv_bytes, row, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(account, admin, agent):
    """Return a function: a file uploaded."""
    return lambda content: uploading.start(account, admin, upload(content))


def test_a_column_shows_its_first_values_and_what_is_in_them(start):
    run = start([row(1), row(2, Phone="612 34 56 78", Role="Käufer"), row(3, Phone="", Role="King"), row(4)])

    views = {view.field: view for view in mapping.columns(run)}

    assert views["email"].samples == ["k1@example.com", "k2@example.com", "k3@example.com"]
    assert (views["phone"].note, views["phone"].tone) == ("1 without country code", "warn")
    assert (views["role"].note, views["role"].tone) == ("1 value not recognised", "warn")
    assert (views["email"].how, views["email"].tone) == ("name", "good")


def test_a_value_is_shown_as_it_was_typed_without_the_apostrophe_of_an_export(start):
    run = start([row(1, Phone="'+34 612 34 56 78", **{"First name": "'Ana"})])

    views = {view.field: view for view in mapping.columns(run)}

    assert (views["phone"].samples, views["first_name"].samples) == (["+34 612 34 56 78"], ["'Ana"])


def test_nameless_columns_without_values_are_not_shown(start):
    run = start(csv_bytes([[*row(1).values(), "", ""]], header=[*row(1), "", ""]))

    assert len(mapping.columns(run)) == 6


def test_a_column_without_values_is_shown_when_its_name_only_looks_like_ours(start):
    run = start(csv_bytes([[*row(1).values(), ""]], header=[*row(1), "Column 7"]))

    assert mapping.columns(run)[-1].label == "Column 7"


def test_nameless_columns_stay_hidden_in_whatever_language_they_are_looked_at(start):
    with translation.override("es"):
        run = start(csv_bytes([[*row(1).values(), ""]], header=[*row(1), ""]))
    run.columns[6] = "Columna 7"

    assert len(mapping.columns(run)) == 6
    assert len(mapping.columns(uploading.again(run, run.user))) == 6


def test_what_must_be_mapped_is_listed_with_its_column(start):
    run = start(csv_bytes([{"Vorname": "Ana", "E-Mail": "ana@example.com"}]))

    assert mapping.checklist(run, run.places) == [
        ("first_name", "First name", "Vorname"), ("last_name", "Last name", ""), ("email", "Email", "E-Mail"),
        ("phone", "Phone", ""), ("owner_email", "Owner email", ""),
    ]  # fmt: skip


def test_a_mapping_without_a_required_field_is_refused(start):
    run = start([row(1)])

    with pytest.raises(ValidationError) as refusal:
        mapping.save(run, {0: "first_name", 1: "last_name", 2: "email", 3: "phone"}, {})

    assert refusal.value.message_dict == {"mapping": ["These fields must be mapped: Owner email."]}


@pytest.mark.parametrize(
    ("chosen", "options", "where"),
    [
        ({5: "email"}, {}, "mapping"),
        ({5: "shoe_size"}, {}, "mapping"),
        ({77: "city"}, {}, "mapping"),
        ({}, {"default_role": "king"}, "default_role"),
        ({}, {"default_country": "XX"}, "default_country"),
        ({}, {"on_existing": "replace"}, "on_existing"),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(start, chosen, options, where):
    run = start([row(1)])

    with pytest.raises(ValidationError) as refusal:
        mapping.save(run, {**run.places, **chosen}, options)

    assert list(refusal.value.message_dict) == [where]


def test_a_mapping_is_remembered_for_the_same_header_of_the_same_office(start, stranger):
    content = csv_bytes([{**row(1), "Wishes": "A view."}])
    run = start(content)
    mapping.save(run, {**run.places, 6: "notes"}, {})

    again = start(content)
    elsewhere = uploading.start(stranger.account, stranger, upload(content))

    assert again.places[6] == "notes"
    assert mapping.columns(again)[6].how == "remembered"
    assert 6 not in elsewhere.places


def test_another_encoding_reads_the_file_anew(start):
    run = start(csv_bytes([row(1, **{"First name": "Łucja"})], encoding="cp1250", delimiter=";"))
    assert run.encoding == "windows-1252"

    uploading.set_dialect(run, encoding="windows-1250")

    assert mapping.columns(run)[0].samples == ["Łucja"]
    assert (run.delimiter, run.places[2]) == (";", "email")


def test_another_header_line_and_delimiter_can_be_chosen(start):
    run = start(b"First name,Last name,x\na;b,c,d\n1;2,3,4\n")

    uploading.set_dialect(run, delimiter=";", header_line=2)

    assert (run.columns, run.rows, run.places) == (["a", "b,c,d"], 1, {})


def test_a_mapping_saved_from_an_old_page_leaves_the_import_that_was_begun_meanwhile(start):
    run = start([row(1)])
    stale = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(status=Status.IMPORTING, job=Job.IMPORT, fence=3, created=7)

    with pytest.raises(ValidationError):
        mapping.save(stale, {**stale.places, 5: ""}, {})

    run.refresh_from_db()
    assert (run.status, run.fence, run.created, run.places[5]) == (Status.IMPORTING, 3, 7, "role")


def test_a_dialect_chosen_on_an_old_page_leaves_the_import_that_was_begun_meanwhile(start):
    run = start([row(1)])
    stale = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(status=Status.IMPORTING, job=Job.IMPORT, fence=3, created=7)

    with pytest.raises(Refused):
        uploading.set_dialect(stale, delimiter=";")

    run.refresh_from_db()
    assert (run.status, run.fence, run.created, run.delimiter) == (Status.IMPORTING, 3, 7, ",")


@pytest.mark.parametrize("delimiter", ["\x00", "\n", "x", '"'])
def test_columns_cannot_be_separated_by_any_character(start, delimiter):
    run = start([row(1)])

    with pytest.raises(Refused):
        uploading.set_dialect(run, delimiter=delimiter)


def test_a_dialect_that_reads_nothing_changes_nothing(start):
    run = start([row(1)])

    with pytest.raises(Refused):
        uploading.set_dialect(run, header_line=99)

    run.refresh_from_db()
    assert run.header_line == 1
