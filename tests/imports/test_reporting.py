"""What screens show: totals, pages of rows with their errors, progress, the report."""

import pytest

from contacts.imports import reporting
from contacts.imports.correcting import correct
from contacts.imports.models import ImportRow, ImportRun, Job, RememberedMapping
from tests.factories import LeadFactory

from .conftest import row, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(verified, account):
    """Five rows, of which one is of a lead and one wrong in two cells; and a blank one."""
    LeadFactory(account=account, email="k2@example.com", first_name="Jürgen", last_name="Groß")
    return verified([row(1), row(2), {}, row(3, Phone="612 34 56 78", **{"First name": "Ma4ia"}), row(4), row(5)])


def test_totals_count_by_verdict(run):
    assert reporting.totals(run) == reporting.Totals(rows=5, blank=1, new=3, update=0, skip=0, error=2)
    assert reporting.totals(run).good == 3


def test_a_row_shows_its_mapped_cells_with_their_errors(run):
    shown = reporting.rows(run, verdict="error").rows[1]

    assert [cell.label for cell in shown.cells] == [
        "First name", "Last name", "Email", "Phone", "Owner email", "Role",
    ]  # fmt: skip
    assert shown.row.line == 5
    assert {cell.field: cell.errors for cell in shown.cells if cell.errors} == {
        "first_name": ["A name has no digits."],
        "phone": ["No country code. Start with + or 00."],
    }


def test_a_taken_email_names_the_record_that_has_it(run):
    shown = reporting.rows(run, verdict="error").rows[0]
    email = next(cell for cell in shown.cells if cell.field == "email")

    assert (email.record["name"], email.record["section"]) == ("Jürgen Groß", "Leads")


def test_what_belongs_to_no_column_stands_beside_the_row(verified):
    run = verified([{name: value for name, value in row(1).items() if name != "Role"}])

    assert reporting.rows(run).rows[0].messages == ["Role is missing."]


def test_a_corrected_cell_says_so(run):
    correct(run, 5, 3, "+34 612 34 56 78")

    shown = reporting.rows(run, verdict="error").rows[1]

    assert [cell.field for cell in shown.cells if cell.corrected] == ["phone"]


def test_rows_are_found_by_field_and_by_text(run):
    def lines(**wanted):
        return [view.row.line for view in reporting.rows(run, **wanted).rows]

    assert lines(field="phone") == [5]
    assert lines(field="email") == [3]
    assert lines(q="k4@") == [6]
    assert lines(q="Ma4ia", verdict="new") == []


def test_letters_outside_ascii_are_found_also_after_a_correction(run):
    correct(run, 5, 1, "Überacker")

    assert [view.row.line for view in reporting.rows(run, q="Überacker").rows] == [5]


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Ünal", "ünal"), ("ünal", "Ünal"), ("GÜNAL", "günal"), ("d'Ístria Élan", "d'ístria él"), ("José", "JOSÉ")],
)
def test_small_and_capital_letters_are_one_in_every_alphabet(verified, written, typed):
    run = verified([row(1, **{"Last name": written}), row(2)])

    assert [view.row.line for view in reporting.rows(run, q=typed).rows] == [2]


@pytest.mark.parametrize("text", ['5" pipe', "back\\slash"])
def test_quotes_and_backslashes_are_found_as_typed(verified, text):
    run = verified([row(1, Notes=f"A {text}."), row(2, Notes="-")])

    assert [view.row.line for view in reporting.rows(run, q=text).rows] == [2]


def test_pages_go_on_and_back(run):
    first = reporting.rows(run, limit=2)
    second = reporting.rows(run, limit=2, after=first.after)
    third = reporting.rows(run, limit=2, after=second.after)
    back = reporting.rows(run, limit=2, before=third.before)

    assert [[view.row.line for view in page.rows] for page in (first, second, third, back)] == [
        [2, 3], [5, 6], [7], [5, 6],
    ]  # fmt: skip
    assert (first.before, third.after) == (None, None)
    assert (back.before, back.after) == (5, 6)


def test_a_page_costs_the_same_queries_however_many_rows(run, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        reporting.rows(run)


def test_progress_tells_how_far_a_job_has_come(run):
    before = reporting.progress(run)
    work(run, Job.IMPORT)
    after = reporting.progress(run)

    assert (before.done, before.total, before.percent) == (5, 5, 100)
    assert (after.done, after.total, after.created, after.failed, after.percent) == (3, 3, 3, 2, 100)
    assert after.log[0]["first"] == 2
    assert after.log[0]["last"] == 7


def test_the_report_says_what_became_of_each_row(run):
    work(run, Job.IMPORT)

    shown = reporting.rows(run).rows

    assert [view.result for view in shown] == ["created", "failed", "failed", "created", "created"]
    assert shown[0].record["name"] == "Katharina Hohenfels"


def test_nothing_of_an_import_is_seen_by_another_office(run, stranger):
    work(run, Job.IMPORT)

    for model in (ImportRun, ImportRow, RememberedMapping):
        assert model.objects.exists()
        assert not model.objects.for_account(stranger.account).exists()
