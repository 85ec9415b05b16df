"""The task that a worker runs for a message, and what finds the messages whose worker has died."""

from contacts.messaging import delivering
from contacts.messaging.models import Message
from tesoro.outbox import claim
from tesoro.outbox import reap as reap_outbox
from tesoro.tasks import due, task


@task()
def deliver(pk: int) -> None:
    """Hand a queued message to Twilio, once."""
    if message := claim(Message, pk):
        delivering.deliver(message)


@due
def reap() -> None:
    """Mark what a worker died over, and queue what lost its task."""
    reap_outbox(Message, deliver)
