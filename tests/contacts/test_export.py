"""The list as a file that can be imported again."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from contacts import exporting
from contacts.exporting import as_xlsx
from contacts.imports.formulas import as_typed
from contacts.models import Contact
from contacts.sections import sections
from tests.factories import ContactFactory, DealFactory, LeadFactory, RelationFactory

URL = reverse("contacts:export")


def _csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def two(account, agent):
    ContactFactory(account=account, assigned_to=agent, first_name="Anneke", role="buyer")
    return ContactFactory(account=account, assigned_to=agent, first_name="Oliver", role="seller", notes="=HYPERLINK(1)")


def test_the_current_list_is_exported_with_its_filters(as_admin, two):
    rows = _csv(as_admin.get(URL, {"role": "seller"}))

    assert [row["First name"] for row in rows] == ["Oliver"]
    assert rows[0]["Owner email"] == "lucia@example.com"


def test_a_formula_is_harmless_in_the_file(as_admin, two):
    (row,) = _csv(as_admin.get(URL, {"role": "seller"}))

    assert row["Notes"] == "'=HYPERLINK(1)"


def test_the_ticked_rows_are_exported(as_admin, two):
    assert len(_csv(as_admin.post(URL, {"id": two.pk}))) == 1


def test_a_workbook_holds_the_same_rows_and_no_formula(as_admin, two):
    response = as_admin.get(URL, {"format": "xlsx"})

    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [row[0].value for row in sheet.iter_rows()] == ["First name", "Anneke", "Oliver"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("section", ["contacts", "leads", "relations", "deals"])
def test_every_list_offers_both_files_to_admins_alone(as_admin, as_agent, account, section):
    factories = {"contacts": ContactFactory, "leads": LeadFactory, "relations": RelationFactory, "deals": DealFactory}
    factories[section](account=account)
    url = reverse(f"{section}:export")

    page = as_admin.get(reverse(f"{section}:list")).content.decode()
    assert f'href="{url}?"' in page
    assert f'href="{url}?&amp;format=xlsx"' in page
    assert f'formaction="{url}"' in page
    assert f'formaction="{url}?format=xlsx"' in page
    assert url not in as_agent.get(reverse(f"{section}:list")).content.decode()
    assert as_agent.post(f"{url}?format=xlsx").status_code == 403


def test_all_that_match_are_exported_whatever_is_ticked(as_admin, two):
    rows = _csv(as_admin.post(URL, {"id": two.pk, "all": "1", "scope": "role=buyer"}))

    assert [row["First name"] for row in rows] == ["Anneke"]


def test_the_ticked_rows_are_exported_as_a_workbook(as_admin, two):
    response = as_admin.post(f"{URL}?format=xlsx", {"id": two.pk})

    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [row[0].value for row in sheet.iter_rows()] == ["First name", "Oliver"]


def test_how_a_list_looks_does_not_change_its_file(as_admin, two):
    rows = _csv(as_admin.get(URL, {"columns": "name,city", "view": "all", "sort": "name", "per_page": "50"}))

    assert {"Email", "Notes", "City"} <= set(rows[0])
    assert len(rows) == 2


def test_the_log_says_who_took_what(as_admin, admin, two, caplog):
    with caplog.at_level("INFO", "contacts.views.export"):
        as_admin.get(URL, {"q": "Oliver"})
        as_admin.post(f"{URL}?format=xlsx", {"id": two.pk}).close()

    by = f"by user {admin.pk} of account {admin.account_id}"
    assert caplog.messages == [
        f"export of contacts as csv {by}: the list, filtered",
        f"export of contacts as xlsx {by}: 1 ticked",
    ]


NASTY = [
    "=1+1", "+SUM(A1)", "-5", "@home", "'quoted", "'=1", "''=1", "comma, here", 'say "hi"', "semi;colon", "|", "007",
    "1e5", "tab\there", "two\nlines", "emoji 🏖️", "שלום עולם", "\u202eevil", "_x0041_", "x" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("notes", NASTY, ids=lambda text: text[:12])
def test_a_workbook_shows_what_was_typed_as_text(account, agent, notes):
    ContactFactory(account=account, assigned_to=agent, phone="+34612345678", notes=notes, zip_code="03590")

    with as_xlsx(sections["contacts"], Contact.objects.all()) as book:
        header, row = load_workbook(book).active.iter_rows()

    cells = dict(zip([cell.value for cell in header], row, strict=True))
    # Saved from a spreadsheet as CSV, every cell comes in as it was.
    assert as_typed(cells["Notes"].value).replace("_x005F_", "_") == notes
    assert (cells["Phone"].value, cells["Zip code"].value) == ("+34 612 34 56 78", "03590")
    assert {cell.data_type for cell in row} <= {"s", "inlineStr", "n"}  # "n" is an empty one
    assert all(cell.quotePrefix for cell in row if str(cell.value or "")[:1] in tuple("=+-@"))


def test_a_file_of_any_length_is_written_in_parts(account, agent, monkeypatch):
    monkeypatch.setattr(exporting, "CHUNK", 2)
    for _number in range(5):
        ContactFactory(account=account, assigned_to=agent)

    parts = list(exporting.as_csv(sections["contacts"], Contact.objects.all()))

    assert [part.count(b"\r\n") for part in parts] == [1, 2, 2, 1]


def test_only_admins_export_and_only_their_own(as_agent, as_stranger, two):
    assert as_agent.get(URL).status_code == 403
    assert as_agent.post(URL, {"id": two.pk}).status_code == 403
    assert _csv(as_stranger.get(URL)) == []
    assert _csv(as_stranger.post(URL, {"id": two.pk})) == []
