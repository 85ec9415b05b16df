"""A cell corrected in place: the row is checked again, and so are those that share its email."""

import pytest
from django.core.exceptions import ValidationError

from contacts.imports import mapping, uploading
from contacts.imports.correcting import correct
from contacts.imports.models import ImportRow, Job
from contacts.models import Contact

from .conftest import csv_bytes, row, work

pytestmark = pytest.mark.django_db
EMAIL, PHONE, ROLE = 2, 3, 5


def verdicts(run):
    return list(run.staged.order_by("line").values_list("line", "verdict"))


def test_a_corrected_row_is_created(verified):
    run = verified([row(1, Phone="612 34 56 78")])

    corrected = correct(run, 2, PHONE, "+34 612 34 56 78")
    work(run, Job.IMPORT)

    assert (corrected.verdict, corrected.errors) == ("new", [])
    assert corrected.originals == {str(PHONE): "612 34 56 78"}
    assert Contact.objects.get().phone.as_e164 == "+34612345678"


def test_a_correction_that_is_wrong_too_says_so(verified):
    run = verified([row(1, Phone="612 34 56 78")])

    corrected = correct(run, 2, PHONE, "call me")

    assert corrected.verdict == "error"
    assert corrected.errors == [
        {"message": "A phone has no letters: “call”.", "field": "phone", "column": PHONE}
    ]  # fmt: skip


def test_a_correction_taken_back_leaves_no_trace(verified):
    run = verified([row(1, Phone="612 34 56 78")])

    correct(run, 2, PHONE, "+34 612 34 56 78")
    corrected = correct(run, 2, PHONE, "612 34 56 78")

    assert (corrected.verdict, corrected.originals) == ("error", {})


def test_correcting_the_first_of_two_frees_the_second(verified):
    run = verified([row(1), row(1), row(2)])
    assert verdicts(run) == [(2, "new"), (3, "error"), (4, "new")]

    correct(run, 2, EMAIL, "other@example.com")

    assert verdicts(run) == [(2, "new"), (3, "new"), (4, "new")]


def test_correcting_into_an_email_of_the_file_fails_the_later_row(verified):
    run = verified([row(1), row(2), row(3)])

    correct(run, 2, EMAIL, "k3@example.com")

    assert verdicts(run) == [(2, "new"), (3, "new"), (4, "error")]
    assert run.staged.get(line=4).errors[0]["message"] == "Twice in this file: first in line 2."


def test_a_cell_that_could_not_be_read_can_be_replaced(verified):
    run = verified(csv_bytes([row(1, **{"First name": "An\x00a"})]))

    assert correct(run, 2, 0, "Ana").verdict == "new"


def test_no_cell_is_corrected_once_the_import_has_begun(imported):
    run = imported([row(1, Email="x"), row(2)])

    with pytest.raises(ValidationError):
        correct(run, 2, EMAIL, "k1@example.com")


@pytest.mark.parametrize("place", [-1, 6, 999])
def test_a_cell_that_is_not_there_is_refused(verified, place):
    run = verified([row(1)])

    with pytest.raises(ValidationError):
        correct(run, 2, place, "x")


def test_a_line_that_is_not_there_is_not_found(verified):
    with pytest.raises(ImportRow.DoesNotExist):
        correct(verified([row(1)]), 7, EMAIL, "x")


def check_again(run, **options):
    run.refresh_from_db()
    mapping.save(run, run.places, options)
    work(run, Job.VERIFY)


def test_a_correction_outlives_another_check(verified):
    run = verified([row(1, Phone="612 34 56 78"), row(2), row(3, Phone="1")])
    correct(run, 2, PHONE, "+34 612 34 56 78")

    check_again(run, default_role="buyer")
    check_again(run)

    kept = run.staged.get(line=2)
    assert verdicts(run) == [(2, "new"), (3, "new"), (4, "error")]
    assert (kept.cells[PHONE], kept.originals) == ("+34 612 34 56 78", {str(PHONE): "612 34 56 78"})


def test_a_corrected_row_that_waits_for_its_check_makes_no_other_row_a_double(verified):
    run = verified([row(1), row(2), row(3)])
    correct(run, 2, EMAIL, "other@example.com")
    correct(run, 4, EMAIL, "k1@example.com")

    check_again(run)

    assert verdicts(run) == [(2, "new"), (3, "new"), (4, "new")]
    assert list(run.staged.order_by("line").values_list("email_key", flat=True)) == [
        "other@example.com", "k2@example.com", "k1@example.com",
    ]  # fmt: skip


def test_a_cell_that_could_not_be_read_stays_corrected(verified):
    run = verified(csv_bytes([row(1, **{"First name": "An\x00a"})]))
    correct(run, 2, 0, "Ana")

    check_again(run)

    assert (run.staged.get().verdict, run.staged.get().cells[0]) == ("new", "Ana")


def test_a_correction_taken_back_does_not_return(verified):
    run = verified([row(1, Phone="612 34 56 78")])
    correct(run, 2, PHONE, "+34 612 34 56 78")
    check_again(run)
    correct(run, 2, PHONE, "612 34 56 78")

    check_again(run)

    assert (verdicts(run), run.staged.get().originals) == ([(2, "error")], {})


def test_reading_the_file_differently_drops_corrections(verified):
    run = verified([row(1, Phone="612 34 56 78")])
    correct(run, 2, PHONE, "+34 612 34 56 78")

    uploading.set_dialect(run, encoding="windows-1252")
    check_again(run)

    assert (verdicts(run), run.staged.get().originals) == ([(2, "error")], {})
