"""What holds for every screen of an import: whose it is, how many queries it asks, where it leads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.imports.models import ImportRun, Job, Status

from .conftest import row, work

pytestmark = pytest.mark.django_db

OF_THE_OFFICE = ["history", "upload", "sample"]
OF_A_RUN = ["here", "mapping", "verify", "run", "failed", "report"]
COMMANDS = ["dialect", "start", "stop", "resume", "undo", "again"]


def address(name, run, place=0):
    """The address of a screen of this run."""
    arguments = {"cell": [run.pk, 2, place]}.get(name, [] if name in OF_THE_OFFICE else [run.pk])
    return reverse(f"imports:{name}", args=arguments)


@pytest.mark.parametrize("name", [*OF_THE_OFFICE, *OF_A_RUN, "cell"])
def test_an_agent_may_open_no_screen(as_agent, verified, name):
    assert as_agent.get(address(name, verified([row()]))).status_code == 403


@pytest.mark.parametrize("name", [*COMMANDS, "cell", "mapping"])
def test_an_agent_may_do_nothing(as_agent, verified, name):
    assert as_agent.post(address(name, verified([row()]))).status_code == 403


@pytest.mark.parametrize("name", [*OF_A_RUN, "cell"])
def test_another_office_finds_no_run(as_stranger, verified, name):
    assert as_stranger.get(address(name, verified([row()]))).status_code == 404


@pytest.mark.parametrize("name", [*COMMANDS, "cell", "mapping"])
def test_another_office_can_do_nothing_to_a_run(as_stranger, verified, name):
    run = verified([row()])

    assert as_stranger.post(address(name, run)).status_code == 404
    run.refresh_from_db()
    assert run.status == Status.VERIFIED


@pytest.mark.parametrize("name", [*OF_THE_OFFICE, *OF_A_RUN, *COMMANDS, "cell"])
def test_whoever_is_signed_out_is_asked_to_sign_in(client, verified, name):
    answer = client.get(address(name, verified([row()])))

    assert (answer.status_code, "sign-in" in answer["Location"]) == (302, True)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_changes_a_run_is_never_a_get(as_admin, verified, name):
    assert as_admin.get(address(name, verified([row()]))).status_code == 405


@pytest.mark.parametrize("name", ["mapping", "verify", "cell"])
def test_a_screen_asks_as_many_queries_for_fifty_rows_as_for_two(as_admin, verified, name):
    few = verified([row(1), row(2, Phone="12")])
    many = verified([row(number, Phone="12" if number % 2 else "+34 612 34 56 78") for number in range(10, 60)])

    assert queries(as_admin, address(name, few, place=3)) == queries(as_admin, address(name, many, place=3))


def test_the_report_asks_as_many_queries_for_fifty_rows_as_for_two(as_admin, imported):
    few = imported([row(1), row(2, Phone="12")])
    many = imported([row(number, Phone="12" if number % 2 else "+34 612 34 56 78") for number in range(10, 60)])

    assert queries(as_admin, address("run", few)) == queries(as_admin, address("run", many))


def queries(client, url):
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("status", "job", "step"),
    [
        (Status.UPLOADED, "", "mapping"),
        (Status.MAPPED, "", "mapping"),
        (Status.REFUSED, Job.VERIFY, "mapping"),
        (Status.VERIFYING, Job.VERIFY, "verify"),
        (Status.VERIFIED, Job.VERIFY, "verify"),
        (Status.STOPPED, Job.VERIFY, "verify"),
        (Status.IMPORTING, Job.IMPORT, "run"),
        (Status.STOPPED, Job.IMPORT, "run"),
        (Status.ATTENTION, Job.IMPORT, "run"),
        (Status.DONE, Job.IMPORT, "run"),
        (Status.UNDOING, Job.UNDO, "run"),
        (Status.UNDONE, Job.UNDO, "run"),
    ],
)
def test_the_bare_address_leads_to_the_step_a_run_is_at(as_admin, verified, status, job, step):
    run = verified([row()])
    ImportRun.objects.filter(pk=run.pk).update(status=status, job=job)

    assert as_admin.get(address("here", run))["Location"] == address(step, run)


@pytest.mark.parametrize("name", ["verify", "run"])
def test_a_step_that_is_not_reached_leads_back(as_admin, verified, name):
    run = verified([row()])
    ImportRun.objects.filter(pk=run.pk).update(status=Status.UPLOADED, job="")

    assert as_admin.get(address(name, run))["Location"] == address("mapping", run)


def test_every_step_of_an_import_that_is_over_can_still_be_looked_at(as_admin, imported):
    run = imported([row(1), row(2, Phone="12")])

    for name in ("mapping", "verify", "run"):
        page = as_admin.get(address(name, run))
        assert (page.status_code, page.context["section"]) == (200, "contacts")


def test_the_path_links_to_what_is_reached(as_admin, verified):
    run = verified([row()])

    steps = as_admin.get(address("mapping", run)).context["steps"]

    assert [bool(step.url) for step in steps] == [True, True, True, False]
    assert [step.is_current for step in steps] == [False, True, False, False]


@pytest.mark.parametrize("status", [Status.VERIFYING, Status.STOPPED, Status.ATTENTION])
def test_every_state_of_the_check_has_its_page(as_admin, verified, status):
    run = verified([row()])
    ImportRun.objects.filter(pk=run.pk).update(status=status)

    assert as_admin.get(address("verify", run)).status_code == 200


def test_undo_has_been_done_page(as_admin, imported):
    run = imported([row()])
    work(run, Job.UNDO)

    assert "has been undone" in as_admin.get(address("run", run)).content.decode()
