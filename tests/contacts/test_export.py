"""The list as a file that can be imported again."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import ContactFactory

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


def test_only_admins_export_and_only_their_own(as_agent, as_stranger, two):
    assert as_agent.get(URL).status_code == 403
    assert as_agent.post(URL, {"id": two.pk}).status_code == 403
    assert _csv(as_stranger.get(URL)) == []
    assert _csv(as_stranger.post(URL, {"id": two.pk})) == []
