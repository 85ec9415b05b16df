"""Mapping: columns with their first values, the fields they go to, options, and how the file is read."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contacts.imports import jobs, uploading
from contacts.imports.models import ImportRun, RememberedMapping, Status

from .conftest import csv_bytes, row, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(account, admin, agent):
    """A German file, just uploaded."""
    header = ["Vorname", "Nachname", "E-Mail", "Telefon", "Betreuer", "Geburtsdatum"]
    cells = ["Jörg", "Groß", "j@example.com", "612 34 56 78", "lucia@example.com", "1968"]
    return uploading.start(account, admin, upload(csv_bytes([cells], header, ";", "cp1252"), "kunden.csv"))


def url(run, name="mapping"):
    """An address of the run."""
    return reverse(f"imports:{name}", args=[run.pk])


def answers(run, fields=None, **options):
    """What the form of the mapping posts."""
    fields = fields or {place: run.places.get(place, "") for place in range(len(run.columns))}
    columns = {f"column-{place}": name for place, name in fields.items()}
    return {**columns, "on_existing": "error", "default_role": "buyer", "remember": "on", **options}


def test_columns_stand_with_their_first_values_and_how_they_were_matched(as_admin, run):
    page = as_admin.get(url(run))

    shown = {row.column.label: (row.column.samples, row.field, row.state) for row in page.context["rows"]}
    assert shown["Vorname"] == (["Jörg"], "first_name", "Matched by name")
    assert shown["Geburtsdatum"] == (["1968"], "", "Not imported")
    assert shown["Telefon"] == (["612 34 56 78"], "phone", "1 without country code")


def test_the_page_says_how_the_file_is_read(as_admin, run):
    page = as_admin.get(url(run))

    assert page.context["read_as"] == ["semicolon", "Windows-1252", "header in line 1"]
    assert page.context["mapped"] == 5


def test_saving_has_every_row_checked(as_admin, run):
    answer = as_admin.post(url(run), answers(run))

    run.refresh_from_db()
    assert answer["Location"] == url(run, "verify")
    assert (run.status, run.options["default_role"]) == (Status.VERIFYING, "buyer")


def test_a_mapping_is_remembered_only_when_that_is_wished(as_admin, run):
    as_admin.post(url(run), answers(run, remember=""))

    assert not RememberedMapping.objects.exists()


def test_a_remembered_mapping_says_since_when(as_admin, run, account, admin):
    as_admin.post(url(run), answers(run))
    with run.file.open() as file:
        second = uploading.start(account, admin, upload(file.read()))

    states = [row.state for row in as_admin.get(url(second)).context["rows"]]

    assert states[0].startswith("Remembered from")


def test_two_columns_for_one_field_are_told_at_both(as_admin, run):
    answer = as_admin.post(url(run), answers(run, {**run.places, 5: "email"}))

    told = {row.column.label: row.state for row in answer.context["rows"] if row.tone == "bad"}
    assert (answer.status_code, told) == (422, {"E-Mail": "Mapped twice", "Geburtsdatum": "Mapped twice"})
    assert "Email is mapped twice." in answer.content.decode()


def test_a_field_that_must_be_mapped_is_told_at_the_head_and_in_the_list(as_admin, run):
    answer = as_admin.post(url(run), answers(run, {**run.places, 4: ""}))

    assert "These fields must be mapped: Owner email." in answer.content.decode()
    assert answer.context["checklist"][-1] == ("owner_email", "Owner email", "")


def test_what_was_chosen_is_kept_when_something_is_wrong(as_admin, run):
    answer = as_admin.post(url(run), answers(run, {5: "notes"}, on_existing="skip", default_country="ES"))

    chosen = {row.column.label: row.field for row in answer.context["rows"]}
    assert chosen["Geburtsdatum"] == "notes"
    assert answer.context["form"]["on_existing"].value() == "skip"
    assert answer.context["form"]["default_country"].value() == "ES"


@pytest.mark.parametrize("wrong", [{"default_role": "king"}, {"default_country": "XX"}, {"on_existing": "burn"}])
def test_an_option_that_does_not_exist_is_told_at_the_option(as_admin, run, wrong):
    answer = as_admin.post(url(run), answers(run, **wrong))

    assert list(answer.context["form"].errors) == list(wrong)


def test_a_field_that_does_not_exist_is_refused(as_admin, run):
    assert as_admin.post(url(run), answers(run, {0: "password"})).status_code == 422


def test_the_file_can_be_read_with_another_encoding(as_admin, run):
    answer = as_admin.post(url(run, "dialect"), reading(encoding="cp850"))

    run.refresh_from_db()
    assert (answer["Location"], run.encoding, run.delimiter) == (url(run), "cp850", ";")


def test_the_file_can_be_read_with_another_delimiter(as_admin, run):
    as_admin.post(url(run, "dialect"), reading(delimiter="\t"))

    run.refresh_from_db()
    assert (run.delimiter, len(run.columns)) == ("\t", 1)


def test_the_file_can_be_read_without_a_header(as_admin, run):
    as_admin.post(url(run, "dialect"), reading(header_line="0"))

    run.refresh_from_db()
    assert (run.rows, run.columns[0]) == (2, "Column 1")


def test_a_header_beyond_the_file_is_told_and_changes_nothing(as_admin, run):
    answer = as_admin.post(url(run, "dialect"), reading(header_line="9"))

    run.refresh_from_db()
    assert (answer.status_code, run.header_line) == (422, 1)
    assert answer.context["reading"].errors


def reading(**changes):
    """What the form about reading posts."""
    read = {"encoding": "windows-1252", "delimiter": ";", "quotechar": '"', "header_line": "1", **changes}
    return {f"file-{name}": value for name, value in read.items()}


def test_a_mapping_cannot_be_changed_once_the_import_has_begun(as_admin, imported):
    run = imported([row()])

    page, answer = as_admin.get(url(run)), as_admin.post(url(run), answers(run))

    assert "can no longer be changed" in page.content.decode()
    run.refresh_from_db()
    assert (answer.status_code, run.status) == (422, Status.DONE)


def test_a_mapping_sent_while_the_rows_are_being_checked_is_refused(as_admin, run):
    as_admin.post(url(run), answers(run))

    answer = as_admin.post(url(run), answers(run, {**run.places, 5: "notes"}))

    run.refresh_from_db()
    assert (answer.status_code, run.status, run.places.get(5)) == (422, Status.VERIFYING, None)
    assert "The rows are being checked." in answer.content.decode()


def test_a_check_that_somebody_else_starts_at_the_same_moment_is_told_in_the_form(as_admin, run, monkeypatch):
    def started_already(*_, **__):
        raise ValidationError("This cannot be done now.")

    monkeypatch.setattr(jobs, "launch", started_already)

    answer = as_admin.post(url(run), answers(run))

    assert (answer.status_code, "This cannot be done now." in answer.content.decode()) == (422, True)


def test_the_same_file_can_be_imported_anew(as_admin, imported):
    run = imported([row()])

    answer = as_admin.post(url(run, "again"))

    fresh = ImportRun.objects.exclude(pk=run.pk).get()
    assert (answer["Location"], fresh.mapping, fresh.status) == (url(fresh), run.mapping, Status.MAPPED)


def test_a_file_that_has_gone_from_the_disk_is_told(as_admin, run):
    run.file.storage.delete(run.file.name)

    page = as_admin.get(url(run))

    assert (page.status_code, page.context["refusal"]) == (
        200,
        "The file of this import is no longer there. Upload it again.",
    )


def test_a_file_that_has_gone_from_the_disk_cannot_be_read_in_another_way(as_admin, run):
    run.file.storage.delete(run.file.name)

    answer = as_admin.post(url(run, "dialect"), reading(delimiter="\t"))

    assert answer.status_code == 422
    assert "no longer there" in answer.content.decode()


def test_a_file_that_was_refused_and_is_read_in_another_way_is_refused_no_longer(as_admin, run):
    ImportRun.objects.filter(pk=run.pk).update(status=Status.REFUSED, refusal="A quote is open.", refusal_line=7)

    as_admin.post(url(run, "dialect"), reading(encoding="cp850"))

    assert "A quote is open." not in as_admin.get(url(run)).content.decode()


def test_a_file_refused_while_it_was_checked_says_why(as_admin, run):
    ImportRun.objects.filter(pk=run.pk).update(status=Status.REFUSED, refusal="A quote is open.", refusal_line=7)

    assert "Line 7: A quote is open." in as_admin.get(url(run)).content.decode()


def test_reading_the_file_differently_is_said_to_discard_corrections(as_admin, verified):
    run = verified([row(Phone="12")])
    as_admin.post(reverse("imports:cell", args=[run.pk, 2, 3]), {"value": "+34 612 34 56 78"})

    assert "discards the cells you corrected" in as_admin.get(url(run)).content.decode()


def test_a_wide_file_is_mapped_without_a_query_for_each_column(as_admin, account, admin, agent):
    header = [f"c{number}" for number in range(2000)]
    run = uploading.start(account, admin, upload(csv_bytes([["x"] * 2000], header)))

    assert len(as_admin.get(url(run)).context["rows"]) == 2000
