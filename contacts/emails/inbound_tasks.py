"""The task that looks into one mailbox, and what has it run every minute."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts.emails.imap import PATIENCE
from contacts.emails.models import MailServer
from tesoro.tasks import due, forget, queued, task

EVERY = timedelta(minutes=1)
# A server that fails is not asked as often: many lock out who comes with a wrong password again and again.
AFTER_FAILURE = timedelta(minutes=10)
# Longer than any look: its line is cut after PATIENCE, and what has come in by then is still to be stored.
LEASE = timedelta(seconds=2 * PATIENCE)
KEPT = timedelta(hours=1)


@task(queue_name="imports")  # that of long work: what a worker for mail alone sends out does not wait for it
def look_into(server_id: int) -> None:
    """Collect from the mailbox of a server, unless another worker is at it or has just been."""
    from contacts.emails.mailbox import collect

    # Of several workers one gets the lease, which the end of the look gives back.
    if _waiting().filter(pk=server_id).update(imap_leased_until=timezone.now() + LEASE):
        collect(MailServer.objects.select_related("account").get(pk=server_id))


@due
def look_around() -> None:
    """Queue a look into each mailbox whose turn it is."""
    servers = list(_waiting().order_by("imap_looked_at", "pk").values_list("pk", flat=True))
    at_it = {arguments[0] for arguments in queued(look_into)} if servers else set()
    for server_id in servers:
        if server_id not in at_it:
            look_into.enqueue(server_id)
    if servers:
        forget(look_into, timezone.now() - KEPT)


def _waiting() -> QuerySet[MailServer]:
    """Return the servers whose mailbox was not looked into for long enough, and that no worker is looking into."""
    now = timezone.now()
    long_ago = Q(imap_failure="", imap_looked_at__lte=now - EVERY) | Q(imap_looked_at__lte=now - AFTER_FAILURE)
    free = Q(imap_leased_until=None) | Q(imap_leased_until__lte=now)
    return MailServer.objects.exclude(imap_host="").filter(free, long_ago | Q(imap_looked_at=None))
