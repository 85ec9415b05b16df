"""The task that a worker runs for an import, and what finds the runs whose worker has died."""

from contacts.imports import jobs, leases
from tesoro.tasks import due, ending, queued, task


@task(queue_name="imports")
def work_on(run_id: int) -> None:
    """Do the job of a run; see ``jobs.work``. The run says everything else."""
    jobs.work(run_id, ending.is_set)


@due
def reap() -> None:
    """Put the runs of dead workers back into the queue, and runs whose task was lost."""
    waiting = {arguments[0] for arguments in queued(work_on)}
    for run_id in leases.abandoned(waiting):
        if run_id not in waiting:
            work_on.enqueue(run_id)
