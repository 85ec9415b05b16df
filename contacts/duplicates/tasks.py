"""The task that a worker runs for a scan, and what finds the scans whose worker has died."""

from contacts.duplicates import scanning
from tesoro.tasks import due, ending, queued, task


@task()
def look(scan_id: int) -> None:
    """Look through the people of an office; see ``scanning.work``. The scan says everything else."""
    scanning.work(scan_id, ending.is_set)


@due
def reap() -> None:
    """Put the scans of dead workers back into the queue, and those whose task was lost."""
    waiting = {arguments[0] for arguments in queued(look)}
    for scan_id in scanning.abandoned(waiting):
        if scan_id not in waiting:
            look.enqueue(scan_id)
