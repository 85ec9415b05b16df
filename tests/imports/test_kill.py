"""kill -9 in the middle of an import: a second worker goes on, and everybody, and each deal, is there once."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from contacts.imports import jobs
from contacts.imports.models import ImportRun, Job
from contacts.models import Person
from contacts.relations.models import Relation
from contacts.timeline.models import Event
from deals.models import Deal, Party
from leads.models import Lead
from tests.factories import ContactFactory

from .conftest import row

ROWS = 20_000
COMPANIES = 40
OPTIONS = {"unknown_relations": "create"}
PATIENCE = 120  # seconds


def worker(*options):
    """Start a worker of its own process on the test database."""
    name = connection.settings_dict
    url = f"sqlite:///{name['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{name['USER']}:{name['PASSWORD']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(settings.VAR_DIR)}
    command = [sys.executable, "manage.py", "worker", "--interval", "0.05", *options]
    return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)


def wait_until(process, reached):
    """Wait until the work of a process has reached a point; it must not end before."""
    deadline = timezone.now() + timedelta(seconds=PATIENCE)
    while not reached():
        assert timezone.now() < deadline
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.01)


def import_with_a_kill(run, model):
    """Import rows that each become one record of a model; the first worker is killed on its way."""
    jobs.launch(run, Job.IMPORT)
    before = model.objects.count()

    victim = worker()
    wait_until(victim, lambda: ImportRun.objects.get().created >= 3_000)
    victim.send_signal(signal.SIGKILL)
    victim.wait()

    run.refresh_from_db()
    assert run.status == "importing"
    assert run.created == model.objects.count() - before < ROWS

    ImportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    worker("--once").wait(PATIENCE)

    run.refresh_from_db()
    assert (run.status, run.created, run.failed) == ("done", ROWS, 0)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["contact", "lead"])
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_ends_with_exactly_everybody(verified, kind):
    rows = [row(number, Relation=f"Bufete {number % COMPANIES}") for number in range(ROWS)]
    run = verified(rows, kind=kind, **OPTIONS)

    import_with_a_kill(run, Person)

    assert Person.objects.values("email_key").distinct().count() == Person.objects.count() == ROWS
    assert Event.objects.filter(verb="imported", person__isnull=False).count() == ROWS
    assert Relation.objects.count() == Event.objects.filter(verb="imported", person=None).count() == COMPANIES
    assert Event.objects.filter(verb="linked").count() == ROWS
    if kind == "lead":
        assert Lead.objects.filter(status="new", property_types="other").count() == ROWS
        top = Lead.objects.order_by("rank").values_list("person__import_line", flat=True)
        assert list(top) == list(range(2, ROWS + 2))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_of_deals_ends_with_each_deal_once(account, verified):
    for email in ("ines@example.com", "ada@example.org"):
        ContactFactory(account=account, email=email)
    contacts = "ines@example.com, ada@example.org (Lawyer)"
    run = verified([{"Name": f"Villa {number}", "Contacts": contacts} for number in range(ROWS)], kind="deal")

    import_with_a_kill(run, Deal)

    assert Deal.objects.values("name_key").distinct().count() == Deal.objects.count() == ROWS
    assert Party.objects.count() == Event.objects.filter(verb="deal_made", echo=True).count() == 2 * ROWS
    assert Event.objects.filter(verb="imported", deal__isnull=False).count() == ROWS
    top = Deal.objects.order_by("rank").values_list("import_line", flat=True)
    assert list(top) == list(range(2, ROWS + 2))
