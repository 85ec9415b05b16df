"""The task that a worker runs for a call, and what finds the calls whose worker has died."""

from contacts.calls.models import Call
from tesoro.outbox import reap
from tesoro.tasks import due, task


@task()
def place(pk: int) -> None:
    """Have Twilio place a call; see ``placing.carry_out``."""
    from contacts.calls.placing import carry_out  # placing queues this task

    carry_out(pk)


@due
def look_after_calls() -> None:
    """Mark what a dead worker had in hand, and queue what lost its task."""
    reap(Call, place)
