"""The task that sends one email, and what looks after those whose worker has died."""

from contacts.emails.models import Email
from tesoro.outbox import claim, reap
from tesoro.tasks import due, task


@task
def deliver(email_id: int) -> None:
    """Send an email that is queued, once."""
    from contacts.emails.sending import send

    email = claim(Email, email_id)
    if email is not None:
        send(email)


@due
def reap_emails() -> None:
    """Mark what a worker died over as "state unknown", and queue what lost its task."""
    reap(Email, deliver)
