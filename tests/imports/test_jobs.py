"""Jobs can be stopped, resumed, taken over and undone; nothing is lost and nothing is done twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from contacts.imports import jobs, leases, staging, tasks, writing
from contacts.imports.leases import Lease, Superseded
from contacts.imports.models import ImportRow, ImportRun, Job, Status
from contacts.models import Contact, Person
from contacts.timeline.models import Event
from tests.factories import ContactFactory

from .conftest import row, work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(writing, "CHUNK_ROWS", 10)
    monkeypatch.setattr(staging, "CHUNK_ROWS", 10)


@pytest.fixture
def ready(verified):
    """A verified run of 25 rows."""
    return verified([row(number) for number in range(25)])


def after_chunks(count):
    """Return what is true once it has been asked so many times."""
    asked = iter(range(count - 1))
    return lambda: next(asked, None) is None


def begin(run, chunks):
    """Start the import and leave off after so many chunks, as a worker does that is asked to end."""
    jobs.launch(run, Job.IMPORT, queue=False)
    jobs.work(run.pk, after_chunks(chunks))
    run.refresh_from_db()


@pytest.fixture
def queued(monkeypatch):
    """The runs that were put into the queue."""
    runs = []
    monkeypatch.setattr(tasks.work_on.__class__, "enqueue", lambda self, run_id: runs.append(run_id))
    return runs


def test_launching_queues_the_work(ready, queued):
    jobs.launch(ready, Job.IMPORT)

    assert queued == [ready.pk]
    assert (ready.status, ready.claimed) == (Status.IMPORTING, False)


def test_a_worker_that_ends_finishes_its_chunk_and_hands_over(ready, queued):
    begin(ready, chunks=1)

    assert (Contact.objects.count(), ready.status, ready.created, queued) == (10, "importing", 10, [ready.pk])

    jobs.work(ready.pk)
    ready.refresh_from_db()

    assert (Contact.objects.count(), ready.status, ready.created) == (25, "done", 25)
    assert Event.objects.filter(verb="imported").count() == 25


def test_a_stop_takes_hold_after_the_chunk_and_can_be_resumed(ready, queued):
    jobs.launch(ready, Job.IMPORT, queue=False)
    ImportRun.objects.update(stop_requested=True)
    jobs.work(ready.pk)
    ready.refresh_from_db()

    assert (ready.status, ready.created) == ("stopped", 10)

    jobs.resume(ready)
    jobs.work(ready.pk)
    ready.refresh_from_db()

    assert (ready.status, ready.created, Contact.objects.count()) == ("done", 25, 25)


def test_a_run_that_waits_for_a_worker_stops_at_once(ready, queued):
    jobs.launch(ready, Job.IMPORT)
    jobs.stop(ready)
    jobs.work(ready.pk)

    assert (ready.status, Contact.objects.count()) == ("stopped", 0)


def test_a_verification_goes_on_where_it_was_left(account, admin, agent, queued):
    from contacts.imports import mapping, uploading

    from .conftest import upload

    run = uploading.start(account, admin, upload([row(number) for number in range(25)]))
    mapping.save(run, run.places, {})
    jobs.launch(run, Job.VERIFY, queue=False)
    jobs.work(run.pk, after_chunks(2))

    assert ImportRow.objects.count() == 20

    jobs.work(run.pk)
    run.refresh_from_db()

    assert (run.status, run.checked, ImportRow.objects.count()) == ("verified", 25, 25)


def test_only_one_worker_has_a_run(ready):
    jobs.launch(ready, Job.IMPORT, queue=False)

    assert leases.claim(ready.pk) is not None
    assert leases.claim(ready.pk) is None


def test_a_worker_that_was_taken_for_dead_can_no_longer_write(ready):
    jobs.launch(ready, Job.IMPORT, queue=False)
    first = leases.claim(ready.pk)
    ImportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    second = leases.claim(ready.pk)

    with pytest.raises(Superseded):
        writing.write(first, Lease(first))

    assert Contact.objects.count() == 0

    writing.write(second, Lease(second))

    assert Contact.objects.count() == 25


def test_a_chunk_that_breaks_leaves_nothing_behind(ready, queued, monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(writing, "_count", broken)
    jobs.launch(ready, Job.IMPORT, queue=False)
    jobs.work(ready.pk)
    ready.refresh_from_db()

    assert (Contact.objects.count(), Event.objects.count(), ready.created) == (0, 0, 0)
    assert (ready.status, ready.claimed, queued) == ("importing", False, [ready.pk])


def test_a_run_that_breaks_again_and_again_needs_attention(ready, queued, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(writing, "_next", lambda run: 1 / 0)
        jobs.launch(ready, Job.IMPORT, queue=False)
        for _attempt in range(leases.MOST_ATTEMPTS + 1):
            jobs.work(ready.pk)
    ready.refresh_from_db()

    assert (ready.status, len(queued)) == ("attention", leases.MOST_ATTEMPTS)

    jobs.resume(ready)
    jobs.work(ready.pk)

    assert Contact.objects.count() == 25


def test_runs_of_dead_workers_are_found_and_queued_again(ready, queued):
    jobs.launch(ready, Job.IMPORT, queue=False)
    leases.claim(ready.pk)
    tasks.reap()

    assert queued == []

    ImportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    tasks.reap()
    tasks.reap()

    assert queued == [ready.pk]

    jobs.work(ready.pk)

    assert Contact.objects.count() == 25


def test_a_run_that_waits_behind_another_gets_no_second_task(ready):
    jobs.launch(ready, Job.IMPORT)
    for _time in range(3):
        ImportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
        tasks.reap()

    assert DBTaskResult.objects.count() == 1


def test_a_run_whose_task_was_lost_is_queued_again(ready):
    jobs.launch(ready, Job.IMPORT)
    DBTaskResult.objects.all().delete()
    ImportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    tasks.reap()

    assert [call.args_kwargs["args"] for call in DBTaskResult.objects.all()] == [[ready.pk]]


def test_a_run_whose_worker_died_is_taken_over_by_the_task_that_waits_for_it(ready):
    jobs.launch(ready, Job.IMPORT)
    leases.claim(ready.pk)
    ImportRun.objects.update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    tasks.reap()
    ready.refresh_from_db()

    assert (ready.claimed, DBTaskResult.objects.count()) == (False, 1)


def test_the_same_row_can_never_make_two_people(ready, agent):
    from django.db import IntegrityError

    work(ready, Job.IMPORT)
    with pytest.raises(IntegrityError):
        ContactFactory(account=ready.account, assigned_to=agent, import_run=ready, import_line=2)


def test_undo_moves_what_was_created_to_the_trash(ready, admin):
    work(ready, Job.IMPORT)
    kept = ContactFactory(account=ready.account)
    work(ready, Job.UNDO)

    assert (ready.status, ready.undone) == ("undone", 25)
    assert list(Contact.objects.all()) == [kept]
    assert Person.with_trash.trashed().count() == 25
    assert Event.objects.filter(verb="deleted", actor=admin).count() == 25


def test_what_was_undone_can_be_imported_again(ready, admin):
    from contacts.imports import uploading

    work(ready, Job.IMPORT)
    work(ready, Job.UNDO)
    fresh = uploading.again(ready, admin)
    work(fresh, Job.VERIFY)
    work(fresh, Job.IMPORT)

    assert (fresh.created, Contact.objects.count()) == (25, 25)


@pytest.mark.parametrize("job", [Job.IMPORT, Job.UNDO])
def test_a_job_out_of_turn_is_refused(account, admin, agent, job):
    from contacts.imports import uploading

    from .conftest import upload

    run = uploading.start(account, admin, upload([row(1)]))

    with pytest.raises(ValidationError):
        jobs.launch(run, job)


def test_nothing_can_be_resumed_that_was_not_stopped(ready):
    with pytest.raises(ValidationError):
        jobs.resume(ready)
