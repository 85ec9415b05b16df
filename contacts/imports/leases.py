"""The lease: who may write for a run. A worker that died loses it, and its late commits fail.

A worker that takes a run over raises the run's fence. Each chunk is one transaction that locks the run and looks at
the fence before anything is written: rows, progress and heartbeat commit together, or none of them does.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from contacts.imports.models import ImportRun, Job, Status
from contacts.imports.models.run import STATUS_AFTER_JOB, WORKING

HEARTBEAT_TIMEOUT = timedelta(minutes=2)
MOST_ATTEMPTS = 5  # in a row, without one chunk committed


class Superseded(Exception):
    """Another worker has taken the run, or it is no longer to be worked on."""


class Stopped(Exception):
    """Somebody asked to stop after this chunk."""


class Interrupted(Exception):
    """The worker is asked to end; another one goes on."""


class Lease:
    """The right to work on a run, until somebody else takes it."""

    def __init__(self, run: ImportRun, ending: Callable[[], bool] = lambda: False) -> None:
        self._run = run
        self._fence = run.fence
        self._ending = ending

    @contextmanager
    def chunk(self) -> Iterator[ImportRun]:
        """Lock the run for one chunk, in one transaction; what is changed on the run inside is saved with it.

        Raises Superseded before anything is written; Stopped or Interrupted after the chunk has been committed.
        """
        run = self._run
        with transaction.atomic():
            run.lock()
            if run.fence != self._fence or run.status not in WORKING:
                raise Superseded
            yield run
            run.heartbeat_at = timezone.now()
            run.attempts = 0
            run.save()
        if run.stop_requested:
            raise Stopped
        if self._ending():
            raise Interrupted

    def finish(self) -> None:
        """Move the run on to what follows its job, or raise Superseded."""
        with transaction.atomic():
            run = ImportRun.objects.select_for_update().get(pk=self._run.pk)
            if run.fence != self._fence or run.status not in WORKING:
                raise Superseded
            run.status, run.finished_at, run.claimed = STATUS_AFTER_JOB[Job(run.job)], timezone.now(), False
            run.save()
        self._run.refresh_from_db()


def claim(run_id: int) -> ImportRun | None:
    """Take a run that waits, or whose worker has died; None when there is nothing to do for it.

    A run whose work has failed several times in a row without one chunk gets the status "needs attention".
    """
    now = timezone.now()
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().filter(pk=run_id).working().first()
        if run is None or (run.claimed and run.heartbeat_at and run.heartbeat_at > now - HEARTBEAT_TIMEOUT):
            return None
        run.attempts += 1
        run.fence += 1
        run.heartbeat_at = now
        run.claimed = run.attempts <= MOST_ATTEMPTS
        if not run.claimed:
            run.status = Status.ATTENTION
        run.save()
        return run if run.claimed else None


def let_go(run: ImportRun, status: str = "") -> bool:
    """Give a claimed run back, in a new status or to the next worker; False when it was no longer ours."""
    changes = {"status": status} if status else {}
    held = ImportRun.objects.filter(pk=run.pk, fence=run.fence).working()
    return bool(held.update(claimed=False, stop_requested=False, heartbeat_at=timezone.now(), **changes))


def abandoned(queued: Collection[int] = ()) -> list[int]:
    """Return the runs whose worker has died, or whose task was lost, and mark them as waiting from now.

    A run that waits behind others, with its task among the ``queued`` ones, is not abandoned, however long it waits.
    """
    now = timezone.now()
    silent = Q(heartbeat_at__lt=now - HEARTBEAT_TIMEOUT) | Q(heartbeat_at=None)
    with transaction.atomic():
        held = ImportRun.objects.select_for_update().working().filter(silent)
        runs = list(held.exclude(claimed=False, pk__in=queued).values_list("pk", flat=True))
        ImportRun.objects.filter(pk__in=runs).update(claimed=False, heartbeat_at=now, fence=F("fence") + 1)
    return runs
