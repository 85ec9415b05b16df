"""The mail to the agent whose lead has written: one for each enquiry.

It is queued in the transaction that stores the enquiry. The task claims the enquiry before the mail leaves: what a
worker dies over in between is told to nobody, not twice, and stands on the timeline all the same. What the mail server
refused is told later.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import mail
from accounts.models import User
from leads.enquiries.assigning import first_admin
from leads.enquiries.models import Enquiry
from tesoro.tasks import task

# How long to wait after the first refusal, the second, …; after the last nobody tries again.
WAITS = [timedelta(minutes=minutes) for minutes in (2, 10, 30, 120)]


@task
def tell(enquiry_id: int) -> None:
    """Mail the agent of the person who asked, once; without an active agent, the first admin."""
    enquiry = Enquiry.objects.select_related("person__assigned_to", "account").filter(pk=enquiry_id).first()
    if enquiry is None or enquiry.person.in_trash or not enquiry.claim():
        return
    reader = _reader(enquiry)
    if reader is not None and _send(enquiry, reader) is mail.Outcome.REFUSED:
        _try_later(enquiry)


def _reader(enquiry: Enquiry) -> User | None:
    agent = enquiry.person.assigned_to
    return agent if agent is not None and agent.is_active else first_admin(enquiry.account)


def _send(enquiry: Enquiry, reader: User) -> mail.Outcome:
    context = {
        "enquiry": enquiry,
        "person": enquiry.person,
        "reader": reader,
        "url": mail.absolute(enquiry.person.get_absolute_url()),
    }
    return mail.send("enquiry", reader.email, context, account=enquiry.account, language=reader.language)


def _try_later(enquiry: Enquiry) -> None:
    """Give the claim back, for nothing has left, and queue another try unless there were enough."""
    with transaction.atomic():
        refused = enquiry.give_back()
        if refused <= len(WAITS):
            tell.using(run_after=timezone.now() + WAITS[refused - 1]).enqueue(enquiry.pk)
