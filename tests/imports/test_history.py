"""The history: who imported what and when, and what came of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.imports import uploading
from contacts.imports.models import ImportRun

from .conftest import row, upload

pytestmark = pytest.mark.django_db


def test_an_office_that_imported_nothing_is_shown_how_to_begin(as_admin):
    page = as_admin.get(reverse("imports:history")).content.decode()

    assert "Nothing imported yet" in page
    assert reverse("imports:upload") in page


def test_an_import_stands_with_who_when_file_and_counts(as_admin, admin, imported):
    run = imported([row(1), row(2, Phone="12")])

    page = as_admin.get(reverse("imports:history"))
    text = page.content.decode()

    assert page.context["page"].rows == [run]
    for words in ("people.csv", admin.get_full_name(), "Done", reverse("imports:here", args=[run.pk])):
        assert words in text


def test_what_wrote_nothing_shows_no_figures(as_admin, account, admin):
    uploading.start(account, admin, upload([row()]))

    assert "nothing imported" in as_admin.get(reverse("imports:history")).content.decode()


def test_the_newest_come_first_page_by_page(as_admin, account, admin):
    for number in range(30):
        uploading.start(account, admin, upload([row()], f"file-{number}.csv"))

    first = as_admin.get(reverse("imports:history")).context["page"]
    second = as_admin.get(reverse("imports:history"), {"after": first.next}).context["page"]

    assert [run.file_name for run in first.rows][:2] == ["file-29.csv", "file-28.csv"]
    assert (len(first.rows), len(second.rows), second.next) == (25, 5, "")


def test_another_office_sees_its_own_history(as_stranger, imported):
    imported([row()])

    assert "Nothing imported yet" in as_stranger.get(reverse("imports:history")).content.decode()


def test_an_import_outlives_who_began_it(as_admin, imported):
    run = imported([row()])
    ImportRun.objects.filter(pk=run.pk).update(user=None)

    assert "a former user" in as_admin.get(reverse("imports:history")).content.decode()


def test_the_history_asks_as_many_queries_for_one_import_as_for_ten(as_admin, account, admin):
    uploading.start(account, admin, upload([row()]))
    with CaptureQueriesContext(connection) as for_one:
        as_admin.get(reverse("imports:history"))
    for _ in range(9):
        uploading.start(account, admin, upload([row()]))
    with CaptureQueriesContext(connection) as for_ten:
        as_admin.get(reverse("imports:history"))

    assert len(for_ten) == len(for_one)
