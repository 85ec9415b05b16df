"""Import: progress while it runs, stop and resume, the report at its end, undo."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from contacts.imports import jobs, mapping, uploading
from contacts.imports.models import ImportRun, Job, Status
from contacts.models import Contact, Person
from contacts.timeline.models import Event
from tests.factories import LeadFactory, UserFactory

from .conftest import csv_bytes, row, upload, work

pytestmark = pytest.mark.django_db
WATCHING = {"hx-request": "true"}


def url(run, name="run"):
    """An address of the run."""
    return reverse(f"imports:{name}", args=[run.pk])


def read(answer):
    """The rows of a file that was sent."""
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_from_verify_to_the_report(as_admin, verified):
    run = verified([row(1), row(2, Phone="12")])

    as_admin.post(url(run, "start"))
    jobs.work(run.pk)
    page = as_admin.get(url(run)).content.decode()

    assert Contact.objects.count() == 1
    assert "people.csv has been imported" in page
    assert "Line 3" in page


def test_pressing_import_twice_starts_it_once(as_admin, verified):
    run = verified([row(1)])

    as_admin.post(url(run, "start"))
    page = as_admin.post(url(run, "start"), follow=True)

    assert [str(message) for message in page.context["messages"]] == []


def test_what_cannot_be_done_now_is_told(as_admin, imported):
    page = as_admin.post(url(imported([row(1)]), "start"), follow=True)

    assert "This cannot be done now. Status of the import: Done." in page.content.decode()


def test_while_it_runs_the_page_shows_figures_and_log(as_admin, verified):
    run = verified([row(number) for number in range(3)])
    log = [{"first": 2, "last": 3, "created": 2, "updated": 0, "at": "2026-11-23T08:14:08+00:00"}]
    ImportRun.objects.filter(pk=run.pk).update(status=Status.IMPORTING, job="import", created=2, position=3, log=log)

    page = as_admin.get(url(run)).content.decode()

    assert "2 of 3" in page
    assert "Lines 2 to 3, 2 created" in page
    assert "09:14:08" in page  # the office is in Madrid


def test_a_page_that_watches_gets_what_changes_and_asks_again(as_admin, verified):
    run = verified([row(1)])
    as_admin.post(url(run, "start"))

    answer = as_admin.get(url(run), headers=WATCHING)

    assert answer.templates[0].name == "imports/_progress.html"
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_a_page_that_watches_is_loaded_anew_when_the_import_is_over(as_admin, imported):
    answer = as_admin.get(url(imported([row(1)])), headers=WATCHING)

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


@pytest.mark.parametrize(
    ("seconds", "told"), [(4, "About 4 seconds left"), (0, "About 1 second left"), (200, "About 3 minutes left")]
)
def test_how_long_it_will_take_is_told_in_words(as_admin, verified, monkeypatch, seconds, told):
    run = verified([row(1)])
    as_admin.post(url(run, "start"))
    monkeypatch.setattr("contacts.imports.reporting._seconds_left", lambda *_: seconds)

    assert told in as_admin.get(url(run)).content.decode()


def test_an_import_can_be_stopped_and_resumed(as_admin, verified):
    run = verified([row(1)])
    as_admin.post(url(run, "start"))

    as_admin.post(url(run, "stop"))
    assert "is stopped" in as_admin.get(url(run)).content.decode()

    as_admin.post(url(run, "resume"))
    jobs.work(run.pk)
    assert Contact.objects.count() == 1


def test_a_run_that_needs_attention_can_be_resumed(as_admin, verified):
    run = verified([row(1)])
    ImportRun.objects.filter(pk=run.pk).update(status=Status.ATTENTION, job=Job.IMPORT)

    page = as_admin.get(url(run)).content.decode()

    assert "needs attention" in page
    assert url(run, "resume") in page


def test_an_email_taken_meanwhile_is_told_with_the_name(as_admin, account, verified):
    run = verified([row(1)])
    lead = LeadFactory(account=account, email="k1@example.com")
    work(run, Job.IMPORT)

    page = as_admin.get(url(run)).content.decode()

    assert "<b>Katharina Hohenfels</b>" in page
    assert "Another record took this email address while the import ran." in page
    assert page.count(f"Open {lead.full_name} in Leads") == 2  # among the rows left out, and in the log


def test_many_failures_are_cut_short_with_a_way_to_all(as_admin, imported):
    run = imported([row(0), *(row(number, Phone="1") for number in range(1, 13))])

    page = as_admin.get(url(run))

    assert len(page.context["failures"]) == 10
    assert f"{url(run, 'verify')}?show=error" in page.content.decode()


def test_undo_moves_what_was_created_to_the_trash(as_admin, imported):
    run = imported([row(1), row(2)])

    as_admin.post(url(run, "undo"))
    jobs.work(run.pk)
    page = as_admin.get(url(run)).content.decode()

    assert not Contact.objects.exists()
    assert "2 contacts are in the trash" in page


def test_an_undo_is_told_of_whoever_pressed_it(account, imported):
    run = imported([row(1)])
    colleague = UserFactory(account=account, role="admin", first_name="Rocío")
    browser = Client()
    browser.force_login(colleague)

    browser.post(url(run, "undo"))
    jobs.work(run.pk)

    assert Person.with_trash.get().deleted_by == colleague
    assert Event.objects.get(verb="deleted").actor == colleague


def test_an_import_that_skipped_rows_does_not_say_that_all_were_imported(as_admin, account, imported):
    LeadFactory(account=account, email="k1@example.com")

    page = as_admin.get(url(imported([row(1), row(2)], on_existing="skip"))).content.decode()

    assert "No row failed. 1 row was skipped." in page
    assert "All rows were imported." not in page


def test_an_import_that_created_nothing_offers_no_undo(as_admin, verified):
    run = verified([row(1, Phone="1")])
    work(run, Job.IMPORT)

    assert as_admin.get(url(run)).context["can_undo"] is False


def test_the_failed_rows_can_be_corrected_and_imported_again(as_admin, account, admin, imported):
    header, *failed = read(as_admin.get(url(imported([row(1), row(2, Phone="612 34 56 78")]), "failed")))
    place = header.index("Phone")
    corrected = [[*line[:place], "+34 612 34 56 78", *line[place + 1 :]] for line in failed]

    run = uploading.start(account, admin, upload(csv_bytes(corrected, header)))
    mapping.save(run, run.places, {})
    work(run, Job.VERIFY)
    work(run, Job.IMPORT)

    assert (run.created, run.failed, Contact.objects.count()) == (1, 0, 2)


def test_the_report_says_what_became_of_every_row(as_admin, imported):
    run = imported([row(1), row(2, Phone="12", **{"Last name": "=2+2"})])

    header, first, second = read(as_admin.get(url(run, "report")))

    assert header[:5] == ["Line", "Result", "Error", "First name", "Last name"]
    assert first[:2] == ["2", "created"]
    assert second[:2] == ["3", "failed"]
    assert second[2].startswith("Last name: ")
    assert second[4] == "'=2+2"


def test_the_report_of_a_long_file_is_whole(as_admin, verified, monkeypatch):
    monkeypatch.setattr("contacts.imports.views.report.AT_ONCE", 3)
    run = verified([row(number) for number in range(8)])

    lines = [line[0] for line in read(as_admin.get(url(run, "report")))[1:]]

    assert lines == [str(number) for number in range(2, 10)]


def test_the_rows_of_an_import_say_what_became_of_them(as_admin, imported):
    run = imported([row(1), row(2, Phone="12")])

    page = as_admin.get(url(run, "verify"), {"show": "all"}).content.decode()

    assert "Created" in page
    assert "Failed" in page
    assert Contact.objects.get().get_absolute_url() in page
