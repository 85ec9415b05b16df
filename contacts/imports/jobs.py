"""The jobs of a run in the background: verify, import, undo; started, stopped, resumed, handed on."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contacts.imports import carrying, leases
from contacts.imports.leases import Interrupted, Lease, Stopped, Superseded
from contacts.imports.models import ImportRow, ImportRun, Job, Status, Verdict
from contacts.imports.models.run import STATUS_OF_JOB
from contacts.imports.source import Refused
from contacts.imports.staging import verify
from contacts.imports.undoing import undo
from contacts.imports.writing import write

logger = logging.getLogger(__name__)

WORK: dict[str, Callable[[ImportRun, Lease], None]] = {Job.VERIFY: verify, Job.IMPORT: write, Job.UNDO: undo}
MAY_START = {
    Job.VERIFY: {Status.MAPPED, Status.VERIFIED},
    Job.IMPORT: {Status.VERIFIED},
    Job.UNDO: {Status.DONE, Status.STOPPED, Status.ATTENTION},
}


def launch(run: ImportRun, job: Job, *, by: Any = None, queue: bool = True) -> None:
    """Start a job from the beginning; with ``queue`` a worker takes it, otherwise the caller does, by ``work``.

    ``by`` is under whose name an undo is recorded, by default of whoever brought the file. Raises ValidationError when
    the run is not at a step from which this job can start.
    """
    with transaction.atomic():
        run.lock()
        if run.status not in MAY_START[job] or (job == Job.UNDO and run.job != Job.IMPORT):
            status = run.get_status_display()
            raise ValidationError(_("This cannot be done now. Status of the import: %(status)s.") % {"status": status})
        if job == Job.UNDO:
            run.undone_by = by or run.user
        run.job, run.position, run.attempts, run.started_at, run.finished_at = job, 0, 0, timezone.now(), None
        _begin(run, job)
        _set_off(run, queue)


def resume(run: ImportRun) -> None:
    """Go on where a stopped run, or one that needs attention, stands. Raises ValidationError for any other."""
    with transaction.atomic():
        run.lock()
        if run.status not in (Status.STOPPED, Status.ATTENTION):
            raise ValidationError(_("There is nothing to resume."))
        run.attempts = 0
        _set_off(run, queue=True)


def stop(run: ImportRun) -> None:
    """Ask the worker to stop after this chunk. A run that waits for a worker stops at once."""
    with transaction.atomic():
        waiting = ImportRun.objects.filter(pk=run.pk, claimed=False).working()
        if not waiting.update(status=Status.STOPPED):
            ImportRun.objects.filter(pk=run.pk).working().update(stop_requested=True)
    run.refresh_from_db()


def work(run_id: int, ending: Callable[[], bool] = lambda: False) -> None:
    """Do the job of a run to its end, or until somebody stops it. Whatever calls it, and however often, one works.

    ``ending`` is asked after each chunk; when it is true, the run is handed to the next worker.
    """
    run = leases.claim(run_id)
    if run is None:
        return
    try:
        _perform(run, ending)
    except (Interrupted, Exception) as error:
        if not isinstance(error, Interrupted):
            logger.exception("import %s failed in %s behind line %s", run.pk, run.job, run.position)
        _hand_on(run)


def do(run: ImportRun, job: Job) -> None:
    """Start a job and do it here and now, without a worker; the run is refreshed.

    Raises ValidationError at a wrong step, Refused for a file that cannot be read on, and whatever breaks the job; the
    run can then be resumed.
    """
    launch(run, job, queue=False)
    claimed = leases.claim(run.pk)
    if claimed is None:
        raise ValidationError(_("Another worker has taken the import."))
    try:
        _perform(claimed)
    except BaseException:
        leases.let_go(claimed, Status.STOPPED)
        raise
    run.refresh_from_db()
    if run.status == Status.REFUSED:
        raise Refused(run.refusal, run.refusal_line)


def _perform(run: ImportRun, ending: Callable[[], bool] = lambda: False) -> None:
    """Do the job in the language of the user, whose rows will tell what is wrong with them."""
    lease = Lease(run, ending)
    speaker = run.user or run.account
    with translation.override(speaker.language or run.account.language):
        try:
            WORK[run.job](run, lease)
            lease.finish()
        except Superseded:
            logger.info("import %s: another worker has taken over", run.pk)
        except Stopped:
            leases.let_go(run, Status.STOPPED)
        except Refused as refusal:
            _refuse(run, refusal)


def _begin(run: ImportRun, job: Job) -> None:
    """Set the figures of a run to what they are before the first chunk."""
    staged = ImportRow.objects.filter(run=run)
    if job == Job.VERIFY:
        carrying.clear(run)
        run.checked = run.created = run.updated = run.skipped = run.failed = 0
        run.log = []
    elif job == Job.IMPORT:
        run.skipped = staged.filter(verdict=Verdict.SKIP).count()
        run.failed = staged.filter(verdict=Verdict.ERROR).count()


def _set_off(run: ImportRun, queue: bool) -> None:
    run.status = STATUS_OF_JOB[Job(run.job)]
    run.heartbeat_at, run.claimed, run.stop_requested = timezone.now(), False, False
    run.save()
    if queue:
        _enqueue(run)


def _hand_on(run: ImportRun) -> None:
    with transaction.atomic():
        if leases.let_go(run):
            _enqueue(run)


def _enqueue(run: ImportRun) -> None:
    """Queue the work, in the transaction that makes the run wait for it: both commit or neither."""
    from contacts.imports.tasks import work_on

    work_on.enqueue(run.pk)


def _refuse(run: ImportRun, refusal: Refused) -> None:
    """Refuse a file that turned out unreadable while it was read."""
    with transaction.atomic():
        if leases.let_go(run, Status.REFUSED):
            ImportRow.objects.filter(run=run).delete()
            ImportRun.objects.filter(pk=run.pk).update(refusal=refusal.reason[:500], refusal_line=refusal.line)
