"""The failed rows as a file: correct it, import it again, and the rest is there."""

import csv
import io

import pytest

from contacts.imports.failures import failed_csv, sample_csv
from contacts.models import Contact

from .conftest import csv_bytes, row

pytestmark = pytest.mark.django_db


def failures(run):
    text = "".join(failed_csv(run))
    return text, list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=run.delimiter))


def test_the_file_holds_the_original_columns_and_the_error(verified):
    run = verified(csv_bytes([row(1), row(2, Phone="612 34 56 78", Email="x")], delimiter=";", encoding="cp1252"))

    text, (header, *lines) = failures(run)

    assert text.startswith("\ufeffFirst name;")
    assert header == [*row(1), "Error"]
    assert lines == [[
        "Katharina", "Hohenfels", "x", "612 34 56 78", "lucia@example.com", "Buyer",
        "Email: There is no @ sign. Phone: No country code. Start with + or 00.",
    ]]  # fmt: skip


def test_corrected_and_imported_again_the_rest_is_created(imported):
    run = imported([row(1), row(2, Phone="612 34 56 78"), row(3, Phone="+34", Notes="=1+1")])
    text, _lines = failures(run)

    again = imported(text.replace("612 34 56 78", "'+34 612 34 56 78").replace("'+34,", "+34612345678,").encode())

    assert (again.created, again.failed) == (2, 0)
    assert Contact.objects.count() == 3
    assert "Error" not in [again.columns[place] for place in again.places]


def test_formulas_are_harmless_and_read_back_as_typed(imported):
    notes = ["=HYPERLINK(1)", "+1", "-1", "@x", "'=2", "''=3", "\t=4"]
    run = imported(
        [row(number, Phone="", Notes=note) for number, note in enumerate(notes)]
    )  # fmt: skip
    text, (_header, *lines) = failures(run)

    assert all(line[6].startswith("'") for line in lines)

    imported(text.replace("lucia@example.com", "lucia@example.com").replace(",,", ",+34612345678,").encode())

    assert list(Contact.objects.order_by("email").values_list("notes", flat=True)) == [note.strip() for note in notes]


def test_the_error_column_of_an_earlier_round_is_replaced(verified):
    run = verified([{**row(1, Email="x"), "Error": "Email: old."}])

    _text, (header, line) = failures(run)

    assert header.count("Error") == 1
    assert line[-1] == "Email: There is no @ sign."


def test_cells_beyond_the_last_column_stay_behind_the_error(verified):
    run = verified(csv_bytes([[*row(1).values(), "lost?"]], header=list(row(1))))

    _text, (header, line) = failures(run)

    assert line[len(header) - 1 :] == ["The row has 7 cells, but there are 6 columns.", "lost?"]


def test_the_sample_can_be_imported_as_it_is(imported, agent):
    run = imported(sample_csv(owner_email=agent.email).encode())

    assert (run.created, run.failed) == (1, 0)
    assert len(run.places) == len(run.columns) == 20
