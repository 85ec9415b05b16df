"""``manage.py import_people``: one JSON object on the last line, whatever the file."""

import gzip
import io
import json
import zipfile

import pytest
from django.core.management import call_command

from contacts.imports import writing
from contacts.imports.models import ImportRun
from contacts.imports.source import MAX_BYTES
from contacts.models import Contact
from tests.factories import ContactFactory, LeadFactory

from .conftest import csv_bytes, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(account, admin, agent, tmp_path):
    """Return a function: the command run on these bytes; its exit code and its report."""

    def command(content, *options, name="people.csv"):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        out = io.StringIO()
        try:
            call_command("import_people", str(path), "--account", account.slug, "--json", *options, stdout=out)
            code = 0
        except SystemExit as end:
            code = end.code
        return code, json.loads(out.getvalue().splitlines()[-1])

    return command


def test_the_report_says_how_the_file_was_read_and_what_became_of_it(run):
    content = csv_bytes([row(1), row(2, Phone="612 34 56 78"), {}, row(3)], delimiter=";", encoding="cp1252")

    code, report = run(content)

    assert code == 0
    assert report["encoding"] == "utf-8"  # all of it is ASCII
    assert report["dialect"] == {"delimiter": ";", "quotechar": '"', "header_line": 1}
    assert report["mapping"] == {
        "First name": "first_name", "Last name": "last_name", "Email": "email", "Phone": "phone",
        "Owner email": "owner_email", "Role": "role",
    }  # fmt: skip
    counts = ("rows", "created", "updated", "skipped", "failed", "blank")
    assert [report[name] for name in counts] == [3, 2, 0, 0, 1, 1]
    assert report["errors"] == [
        {"row": 2, "line": 3, "column": "Phone", "field": "phone", "message": "No country code. Start with + or 00."}
    ]


def test_rows_and_lines_are_counted_as_in_the_file(run):
    content = (
        b"First name,Last name,Email,Phone,Owner email,Role,Notes\n\n"
        b'"An\xc3\xada",B,a@example.com,+34612345678,lucia@example.com,Buyer,"one\ntwo\n"\n\n'
        b"B,C,nobody,+34612345678,lucia@example.com,Buyer,\n"
    )

    _code, report = run(content)

    assert (report["rows"], report["created"], report["failed"]) == (2, 1, 1)
    assert [(error["row"], error["line"], error["message"]) for error in report["errors"]] == [
        (2, 7, "There is no @ sign.")
    ]


def test_an_email_that_exists_gives_the_message_of_the_form(run, account):
    LeadFactory(account=account, email="k1@example.com")

    _code, report = run(csv_bytes([row(1)]))

    assert report["errors"][0]["message"] == "Another record (lead or contact) already uses this email address."


def test_an_email_twice_in_the_file_fails_the_later_row(run):
    _code, report = run(csv_bytes([row(1), row(2), row(1, Email="K1@EXAMPLE.com")]))

    assert (report["created"], report["failed"]) == (2, 1)
    assert report["errors"][0] == {
        "row": 3, "line": 4, "column": "Email", "field": "email", "message": "Twice in this file: first in line 2.",
    }  # fmt: skip


def test_what_is_missing_is_named(run):
    empty = {"First name": "", "Last name": "", "Email": "", "Phone": "", "Owner email": "", "Role": ""}

    _code, report = run(csv_bytes([row(1), {**empty, "Notes": "x"}], header=[*row(1), "Notes"]))

    assert [error["message"] for error in report["errors"]] == [
        "First name is missing.", "Last name is missing.", "Email is missing.", "Phone is missing.",
        "Owner email is missing.", "Role is missing.",
    ]  # fmt: skip


def test_an_owner_must_be_an_active_user_of_the_account(run, stranger, agent):
    agent.is_active = False
    agent.save()

    _code, report = run(csv_bytes([row(1), row(2, **{"Owner email": stranger.email})]))

    assert {error["message"] for error in report["errors"]} == {"No active user of this account has this email."}
    assert report["failed"] == 2


def test_verify_only_writes_nothing(run):
    code, report = run(csv_bytes([row(1), row(2, Email="")]), "--verify-only")

    assert (code, report["created"], report["will_create"], report["failed"]) == (0, 0, 1, 1)
    assert not Contact.objects.exists()


def test_an_existing_contact_is_updated_when_asked(run, account):
    contact = ContactFactory(account=account, email="k1@example.com", first_name="Old", notes="kept")

    code, report = run(csv_bytes([row(1), row(2)]), "--on-existing", "update")

    contact.refresh_from_db()
    assert (code, report["created"], report["updated"]) == (0, 1, 1)
    assert (contact.first_name, contact.notes) == ("Katharina", "kept")


def test_a_mapping_file_names_columns_that_names_do_not_tell(run, tmp_path):
    lines = [{"A": "Ana", "B": "García", "C": "ana@example.com", "D": "+34612345678", "E": "lucia@example.com"}]
    mapping = tmp_path / "mapping.json"
    fields = ["first_name", "last_name", "email", "phone", "owner_email"]
    mapping.write_text(json.dumps(dict(zip("ABCDE", fields, strict=True))))

    code, report = run(csv_bytes(lines), "--mapping", str(mapping), "--default-role", "Tax adviser")

    assert (code, report["created"]) == (0, 1)
    assert Contact.objects.get().role == "tax_adviser"


@pytest.mark.parametrize("mapping", ["", "[]", '{"Nope": "email"}', '{"Email": "nope"}', '{"Email": 3}', "{" * 99_999])
def test_a_mapping_that_cannot_be_followed_is_refused(run, tmp_path, mapping):
    path = tmp_path / "mapping.json"
    path.write_text(mapping)

    code, report = run(csv_bytes([row(1)]), "--mapping", str(path))

    assert code == 2
    assert report["refused"]


@pytest.mark.parametrize(
    "options",
    [
        ("--account", "nobody"),
        ("--as", "nobody@example.com"),
        ("--as", "lucia@example.com"),
        ("--mapping", "/nowhere/mapping.json"),
        ("--default-role", "king"),
        ("--default-country", "ZZ"),
        ("--on-existing", "replace"),
    ],
)
def test_an_option_that_cannot_be_followed_is_refused(run, options):
    code, report = run(csv_bytes([row(1)]), *options)

    assert code == 2
    assert report["refused"]
    assert report["rows"] == 0


def test_a_file_that_is_not_there_is_refused(run, tmp_path):
    assert run(None)[0] == 2
    assert run(None, name=".")[1]["refused"].startswith("The file cannot be read")


def test_a_file_without_what_must_be_mapped_is_refused(run):
    code, report = run(csv_bytes([{"First name": "Ana", "Last name": "García"}]))

    assert code == 2
    assert report["refused"] == "These fields must be mapped: Email, Phone, Owner email."
    assert ImportRun.objects.get().status == "refused"


def _xlsx():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "The file is empty."),
        (csv_bytes([row(1)]).splitlines()[0], "There is a header in line 1, but no row below it."),
        (_xlsx(), "This is an Excel workbook (.xlsx). Save it as CSV and upload that."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
            "This is an old Excel workbook (.xls). Save it as CSV and upload that.",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "This is a PNG picture, not a CSV file."),
        (b"%PDF-1.7\n", "This is a PDF document, not a CSV file."),
        (gzip.compress(b"a,b\n1,2\n"), "This is a gzip archive, not a CSV file."),
        (bytes(4096), "This is not a text file. Save the data as CSV and upload that."),
        (bytes(range(256)) * 64, "This is not a text file. Save the data as CSV and upload that."),
        (b"\xff\xfe", "The file is empty."),
        (b'a,b\n1,2\n3,"x\n5,6\n', "The quote opened in line 3 is never closed."),
        (b"x" * (MAX_BYTES + 1), "The file is larger than 50 MB. Split it and import the parts one after another."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_csv_is_refused_with_the_reason(run, content, reason):
    code, report = run(content)

    assert (code, report["refused"]) == (2, reason)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_is_read(run, encoding, end):
    text = csv_bytes([row(1, **{"Last name": "Überacker-Sánchez"}), row(2)]).decode().replace("\r\n", end)

    code, report = run(text.encode(encoding))

    assert (code, report["created"]) == (0, 2)
    assert Contact.objects.get(email="k1@example.com").last_name == "Überacker-Sánchez"


def test_nul_bytes_fail_the_row_they_stand_in(run):
    content = csv_bytes([row(1), row(2, **{"First name": "An\x00a"}), row(3)])

    code, report = run(content)

    assert (code, report["created"], report["failed"]) == (0, 2, 1)
    assert report["errors"][0]["message"] == "The cell contains a character that cannot be read."


def test_ragged_rows_fail_only_where_something_stands_too_far_right(run):
    header = list(row(1))
    short, long, padded = list(row(1).values())[:5], [*row(2).values(), "x"], [*row(3).values(), "", " "]

    code, report = run(csv_bytes([short, long, padded], header=header))

    assert (code, report["created"], report["failed"]) == (0, 1, 2)
    assert [error["message"] for error in report["errors"]] == [
        "Role is missing.", "The row has 7 cells, but there are 6 columns.",
    ]  # fmt: skip


def test_a_header_twice_is_skipped_where_it_comes_again(run):
    header = list(row(1))

    code, report = run(csv_bytes([header, row(1).values(), header], header=header))

    assert (code, report["rows"], report["created"], report["skipped"]) == (0, 3, 1, 2)


def test_a_column_twice_is_mapped_once(run):
    header = [*row(1), "Email"]

    code, report = run(csv_bytes([[*row(1).values(), "other@example.com"]], header=header))

    assert (code, report["created"]) == (0, 1)
    assert report["mapping"]["Email"] == "email"
    assert "Email (2)" not in report["mapping"]


def test_two_thousand_columns_are_read(run):
    header = [*row(1), *(f"Column {number}" for number in range(7, 2001))]

    code, report = run(csv_bytes([[*row(1).values(), *["x"] * 1994]], header=header))

    assert (code, report["created"]) == (0, 1)


def test_more_columns_than_that_are_refused(run):
    code, report = run(csv_bytes([["x"] * 2001], header=[f"c{number}" for number in range(2001)]))

    assert (code, report["refused"]) == (2, "The file has 2001 columns; at most 2000 can be read.")


def test_a_cell_of_five_megabytes_fails_its_row(run):
    lines = [row(1, Notes="x" * 5_242_880), row(2, Notes="")]

    code, report = run(csv_bytes(lines))

    assert (code, report["created"], report["failed"]) == (0, 1, 1)
    assert report["errors"][0]["message"] == "The cell has 5242880 characters; at most 32767 can be read."


def test_a_lone_quote_in_a_cell_is_data(run):
    content = csv_bytes([row(1)]).replace(b"\r\n", b",Notes\r\n", 1).rstrip() + b',a 5" pipe\r\n'

    code, report = run(content)

    assert (code, report["created"]) == (0, 1)
    assert Contact.objects.get().notes == 'a 5" pipe'


def test_a_cell_that_begins_like_a_formula_is_data(run):
    run(csv_bytes([row(1, Notes="=1+1"), row(2, Notes="@home"), row(3, Notes="-5 degrees")]))

    assert set(Contact.objects.values_list("notes", flat=True)) == {"=1+1", "@home", "-5 degrees"}


def break_off_after(chunks, monkeypatch):
    """Have the work fail when so many chunks of ten rows have been written."""
    following, left = writing._next, iter(range(chunks))

    def breaking(run):
        if next(left, None) is None:
            raise RuntimeError
        return following(run)

    monkeypatch.setattr(writing, "CHUNK_ROWS", 10)
    monkeypatch.setattr(writing, "_next", breaking)


def test_an_import_that_breaks_off_says_why_and_what_it_had_written(run, monkeypatch):
    break_off_after(1, monkeypatch)

    code, report = run(csv_bytes([row(0, Phone="12"), *(row(number) for number in range(1, 26))]))

    assert (code, report["refused"].startswith("The import broke off:")) == (2, True)
    assert [report[name] for name in ("rows", "created", "updated", "skipped", "failed")] == [26, 10, 0, 0, 1]
    assert (len(report["errors"]), Contact.objects.count()) == (1, 10)
    assert ImportRun.objects.get().status == "stopped"


def test_an_import_that_is_stopped_on_its_page_says_what_it_had_written(run, monkeypatch):
    monkeypatch.setattr(writing, "CHUNK_ROWS", 10)
    count = writing._count

    def stopped(found, *chunk):
        count(found, *chunk)
        found.stop_requested = True

    monkeypatch.setattr(writing, "_count", stopped)

    code, report = run(csv_bytes([row(number) for number in range(25)]))

    assert (code, report["created"], "stopped" in report["refused"]) == (2, 10, True)


def test_an_import_that_breaks_off_before_it_writes_says_that_nothing_was_written(run, monkeypatch):
    monkeypatch.setattr("contacts.imports.jobs.WORK", {})

    code, report = run(csv_bytes([row(1)]))

    assert (code, report["created"], report["rows"]) == (2, 0, 0)
    assert report["refused"].startswith("The import broke off:")


def test_figures_that_the_database_no_longer_tells_are_not_made_up(run, monkeypatch):
    break_off_after(1, monkeypatch)
    monkeypatch.setattr("contacts.imports.command.totals", lambda run: 1 / 0)

    code, report = run(csv_bytes([row(number) for number in range(25)]))

    assert (code, report["created"]) == (2, None)


def test_without_json_an_import_that_breaks_off_says_both_too(account, admin, agent, tmp_path, capsys, monkeypatch):
    break_off_after(1, monkeypatch)
    path = tmp_path / "people.csv"
    path.write_bytes(csv_bytes([row(number) for number in range(25)]))

    with pytest.raises(SystemExit):
        call_command("import_people", str(path), "--account", account.slug)

    told = capsys.readouterr()
    assert told.err.startswith("The import broke off:")
    assert told.out.splitlines()[-1] == "25 rows, 10 created, 0 updated, 0 skipped, 0 failed"


@pytest.mark.parametrize("separator", ["\x00", '"', "'", "a", "é", " ", "\x01", "\U0001f3e0"])
def test_a_separator_line_with_a_character_that_separates_nothing_is_left_out(run, separator):
    content = f"sep={separator}\r\n".encode() + csv_bytes([row(1), row(2)], delimiter=";")

    code, report = run(content)

    assert (code, report["created"], report["dialect"]["delimiter"]) == (0, 2, ";")


@pytest.mark.parametrize("separator", list(",;\t|:^~"))
def test_a_separator_line_is_followed_where_it_can_be(run, separator):
    content = f"sep={separator}\r\n".encode() + csv_bytes([row(1), row(2)], delimiter=separator)

    code, report = run(content)

    assert (code, report["created"], report["dialect"]["delimiter"]) == (0, 2, separator)


def test_without_json_people_read_a_sentence(account, admin, agent, tmp_path, capsys):
    path = tmp_path / "people.csv"
    path.write_bytes(csv_bytes([row(1), row(2, Email="x")]))

    call_command("import_people", str(path), "--account", account.slug)

    assert capsys.readouterr().out.splitlines() == [
        "3: Email: There is no @ sign.",
        "2 rows, 1 created, 0 updated, 0 skipped, 1 failed",
    ]


@pytest.mark.parametrize("given", ['{"\\ud800": "email"}', '{"Email": "em\\u0000ail"}', '{"Email": "\\ud800"}'])
def test_a_mapping_file_with_what_no_database_stores_is_refused_and_kept(run, tmp_path, given):
    path = tmp_path / "mapping.json"
    path.write_text(given)

    code, report = run(csv_bytes([row(1)]), "--mapping", str(path))

    kept = ImportRun.objects.get()
    assert code == 2
    assert (kept.status, kept.refusal) == ("refused", report["refused"])


def test_what_a_command_brought_is_no_deed_of_a_person_in_the_history(run, as_admin, admin):
    run(csv_bytes([row(1)]), "--verify-only")

    page = as_admin.get("/contacts/imports/")

    assert "command line" in page.content.decode().split("<tbody>")[1].split("</tbody>")[0]
