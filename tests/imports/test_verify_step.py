"""Verify: totals that filter, rows with what is wrong, cells corrected in place."""

import pytest
from django.urls import reverse

from contacts.imports.models import ImportRun, Job, Status
from contacts.imports.source import MAX_CELL
from tests.factories import LeadFactory

from .conftest import csv_bytes, row

pytestmark = pytest.mark.django_db
PHONE = 3


@pytest.fixture
def run(verified):
    """A file with two good rows, and two with errors."""
    return verified([row(1), row(2, Phone="612 34 56 78"), row(3, **{"First name": "Ma4ia"}), row(4)])


def url(run, name="verify", *more):
    """An address of the run."""
    return reverse(f"imports:{name}", args=[run.pk, *more])


def lines(page):
    """The lines of the rows on the page."""
    return [view.row.line for view in page.context["sheet"].rows]


def correct(client, run, value, line=3, place=PHONE, **headers):
    """Send what was typed into a cell."""
    return client.post(url(run, "cell", line, place), {"value": value, "shown": "3,4"}, **headers)


def test_the_rows_with_errors_come_first(as_admin, run):
    assert lines(as_admin.get(url(run))) == [3, 4]


def test_the_totals_count_and_filter(as_admin, run):
    tiles = {tile.key: tile for tile in as_admin.get(url(run)).context["sheet"].tiles}

    assert {key: tile.count for key, tile in tiles.items()} == {"all": 4, "new": 2, "update": 0, "skip": 0, "error": 2}
    assert lines(as_admin.get(url(run) + tiles["new"].url)) == [2, 5]
    assert lines(as_admin.get(url(run) + tiles["all"].url)) == [2, 3, 4, 5]


def test_errors_can_be_narrowed_to_a_column(as_admin, run):
    page = as_admin.get(url(run), {"in": "phone"})

    assert lines(page) == [3]
    assert [found[:3] for found in page.context["sheet"].columns_with_errors] == [
        ("first_name", "First name", 1),
        ("phone", "Phone", 1),
    ]


def test_rows_can_be_searched(as_admin, run):
    assert lines(as_admin.get(url(run), {"q": "k4@", "show": "all"})) == [5]


def test_an_error_stands_in_its_cell(as_admin, run):
    page = as_admin.get(url(run)).content.decode()

    assert 'data-label="Phone" data-bad>' in page
    assert "No country code." in page


def test_an_email_that_is_taken_links_to_the_record(as_admin, account, verified):
    lead = LeadFactory(account=account, email="k1@example.com")
    page = as_admin.get(url(verified([row(1)]))).content.decode()

    assert "Another record (lead or contact) already uses this email address." in page
    assert f"Open {lead.full_name} in Leads" in page


def test_columns_with_errors_stand_right_behind_the_names(as_admin, verified):
    run = verified([row(1, Street="Calle", State="x" * 70)])

    columns = [name for name, _label, _place in as_admin.get(url(run)).context["sheet"].fields]

    assert columns == ["first_name", "last_name", "state", "email", "phone", "owner_email", "role", "street"]


def test_an_error_that_may_be_out_of_sight_is_told_below_the_name(as_admin, verified):
    wrong = {"Email": "x", "Phone": "1", "Owner email": "x", "State": "x" * 70}
    run = verified([row(1, **wrong), row(2, Phone="1")])

    page = as_admin.get(url(run))

    assert [[cell.field for cell in view.far] for view in page.context["sheet"].rows] == [["state"], []]
    assert f'href="#c2-{run.columns.index("State")}">State: ' in page.content.decode()


def test_blank_lines_are_not_counted_among_the_rows(as_admin, verified):
    run = verified(csv_bytes([row(1), {}, {}, row(2)]))

    tiles = {tile.key: (tile.count, tile.label) for tile in as_admin.get(url(run)).context["sheet"].tiles}

    assert (tiles["all"], tiles["skip"]) == ((2, "rows, and 2 blank lines"), (0, "skipped"))


def test_a_cell_has_a_page_of_its_own(as_admin, run):
    page = as_admin.get(url(run, "cell", 3, PHONE), headers={"referer": f"http://testserver{url(run)}?in=phone"})

    assert page.templates[0].name == "imports/cell.html"
    assert f"{url(run)}?in=phone#line-3" in page.content.decode()


def test_a_corrected_cell_has_its_row_checked_again(as_admin, run):
    answer = correct(as_admin, run, "+34 612 34 56 78")

    row = run.staged.get(line=3)
    assert answer["Location"] == f"{url(run)}#line-3"
    assert (row.verdict, row.originals) == ("new", {"3": "612 34 56 78"})


def test_a_correction_leads_back_only_to_the_rows_of_this_run(as_admin, run):
    answer = as_admin.post(
        url(run, "cell", 3, PHONE), {"value": "1", "back": "https://evil.example.org/?next=/contacts/"}
    )

    assert answer["Location"] == f"{url(run)}#line-3"


def test_in_place_the_answer_is_the_row_with_new_totals(as_admin, run):
    answer = correct(as_admin, run, "+34 612 34 56 78", headers={"hx-request": "true"}).content.decode()

    assert answer.lstrip().startswith('<tbody role="rowgroup" id="line-3">')
    assert "Corrected" in answer
    assert 'id="totals"' in answer
    assert "Import 3 contacts" in answer


def test_a_correction_refreshes_the_rows_that_share_its_email(as_admin, verified):
    run = verified([row(1), row(2, Email="k1@example.com")])

    answer = as_admin.post(
        url(run, "cell", 2, 2), {"value": "other@example.com", "shown": "2,3"}, headers={"hx-request": "true"}
    )

    assert 'id="line-3" hx-swap-oob="true"' in answer.content.decode()
    assert run.staged.get(line=3).verdict == "new"


def test_rows_that_do_not_stand_on_the_page_are_not_sent(as_admin, verified):
    run = verified([row(1), row(2, Email="k1@example.com")])

    answer = as_admin.post(url(run, "cell", 2, 2), {"value": "o@example.com"}, headers={"hx-request": "true"})

    assert 'id="line-3"' not in answer.content.decode()


def test_a_cell_still_wrong_says_so_again(as_admin, run):
    answer = correct(as_admin, run, "12", headers={"hx-request": "true"}).content.decode()

    assert "data-bad" in answer


def test_a_cell_too_long_is_told_where_it_stands(as_admin, run):
    typed = "x" * (MAX_CELL + 1)

    in_place, page = correct(as_admin, run, typed, headers={"hx-request": "true"}), correct(as_admin, run, typed)

    assert [answer.status_code for answer in (in_place, page)] == [200, 422]  # a browser logs what a script gets
    assert "at most 32767 characters" in in_place.content.decode()


def test_a_cell_of_several_lines_keeps_them(as_admin, verified):
    run = verified([row(1, Notes="one\ntwo")])
    place = run.columns.index("Notes")

    assert "<textarea" in as_admin.get(url(run, "cell", 2, place)).content.decode()


@pytest.mark.parametrize(
    ("column", "suggested"),
    [("Role", "Mortgage adviser"), ("Owner email", "lucia@example.com"), ("Country", "Spain")],
)
def test_where_a_cell_comes_from_a_list_the_list_is_offered(as_admin, verified, column, suggested):
    run = verified([row(1, Country="Spain")])
    page = as_admin.get(url(run, "cell", 2, run.columns.index(column))).content.decode()

    assert f'<option value="{suggested}">' in page


@pytest.mark.parametrize(("line", "place"), [(99, 3), (3, 99), (99999999999, 3), (3, 99999999999)])
def test_a_cell_that_does_not_exist_is_not_found(as_admin, run, line, place):
    assert as_admin.post(url(run, "cell", line, place), {"value": "x"}).status_code == 404


def test_too_late_a_correction_is_told(as_admin, imported):
    run = imported([row(1), row(2, Phone="1")])

    answer = correct(as_admin, run, "+34 612 34 56 78", headers={"hx-request": "true"}).content.decode()

    assert "its rows can no longer be corrected" in answer
    assert run.staged.get(line=3).verdict == "error"


def test_no_good_row_no_import(as_admin, verified):
    run = verified([row(1, Phone="1")])

    page = as_admin.get(url(run)).content.decode()

    assert "There are no rows to import" in page
    assert 'disabled aria-describedby="foot-words"' in page


def test_a_row_with_too_many_cells_says_so_below_it(as_admin, verified):
    content = csv_bytes([[*row(1).values(), "one too many"]], header=list(row(1)))

    page = as_admin.get(url(verified(content))).content.decode()

    assert "The row has 7 cells, but there are 6 columns." in page


def test_a_role_that_is_missing_everywhere_leads_back_to_the_mapping(as_admin, verified):
    run = verified([{name: value for name, value in row(1).items() if name != "Role"}])

    assert "Choose a role for rows without one" in as_admin.get(url(run)).content.decode()


def test_pages_follow_one_another(as_admin, verified):
    run = verified([row(number) for number in range(120)])
    first = as_admin.get(url(run))
    second = as_admin.get(url(run) + first.context["sheet"].next_url)
    third = as_admin.get(url(run) + second.context["sheet"].next_url)

    assert [lines(page)[0] for page in (first, second, third)] == [2, 52, 102]
    assert third.context["sheet"].next_url == ""
    assert lines(as_admin.get(url(run) + third.context["sheet"].previous_url)) == lines(second)


@pytest.mark.parametrize(
    "junk", ["after=x", "after=99999999999999", "before=-1", "show=nonsense", "in=password", "q=%00"]
)
def test_an_address_that_makes_no_sense_is_no_error(as_admin, run, junk):
    assert as_admin.get(f"{url(run)}?{junk}").status_code == 200


def test_while_rows_are_checked_the_page_tells_how_far_it_is(as_admin, run):
    ImportRun.objects.filter(pk=run.pk).update(status=Status.VERIFYING, checked=3)

    page = as_admin.get(url(run)).content.decode()

    assert "3 of 4" in page
    assert '<meta http-equiv="refresh"' in page
    assert 'hx-trigger="every 1s"' in page


def test_a_page_that_watches_the_check_gets_only_what_changes(as_admin, run):
    ImportRun.objects.filter(pk=run.pk).update(status=Status.VERIFYING, checked=3)

    answer = as_admin.get(url(run), headers={"hx-request": "true"})

    assert answer.templates[0].name == "imports/_progress.html"


def test_a_page_that_watches_the_check_is_loaded_anew_when_it_is_over(as_admin, run):
    answer = as_admin.get(url(run), headers={"hx-request": "true"})

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_a_page_that_watches_a_file_being_refused_is_loaded_anew(as_admin, run):
    ImportRun.objects.filter(pk=run.pk).update(status=Status.REFUSED, refusal="A quote is open.")

    answer = as_admin.get(url(run), headers={"hx-request": "true"})

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


def test_the_errors_are_a_file_to_take_away(as_admin, run):
    answer = as_admin.get(url(run, "failed"))

    assert answer["Content-Disposition"] == 'attachment; filename="people-errors.csv"'
    assert b"".join(answer.streaming_content).decode("utf-8-sig").count("\r\n") == 3


def test_importing_begins_from_here(as_admin, run):
    answer = as_admin.post(url(run, "start"))

    run.refresh_from_db()
    assert (answer["Location"], run.status, run.job) == (url(run, "run"), Status.IMPORTING, Job.IMPORT)
