"""kill -9 in the middle of sending: nothing is sent twice, and a person decides."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from contacts.emails.composing import write
from contacts.emails.models import Email
from tesoro.outbox import PATIENCE, State

SECONDS = 90
WORKER = [sys.executable, "manage.py", "worker", "--interval", "0.05"]


def environment():
    """Return what a worker of its own process on the test database needs."""
    name = connection.settings_dict
    url = f"sqlite:///{name['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{name['USER']}:{name['PASSWORD']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"
    keys = ",".join(settings.FIELD_KEYS)
    own = {"DATABASE_URL": url, "VAR_DIR": str(settings.VAR_DIR), "PRIVATE_MAIL_HOSTS": "true", "FIELD_KEYS": keys}
    return {**os.environ, **own}


def work_once():
    """Have a new worker do what is due and queued."""
    subprocess.run([*WORKER, "--once"], env=environment(), cwd=settings.BASE_DIR, timeout=SECONDS, check=True)


def die_over_a_letter(post):
    """Kill a worker while the server has the whole message and owes the answer."""
    with subprocess.Popen(WORKER, env=environment(), cwd=settings.BASE_DIR) as victim:
        try:
            assert post.holding.wait(SECONDS)
        finally:
            victim.send_signal(signal.SIGKILL)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_worker_never_sends_twice(server, post, contact, agent, as_agent):
    post.holds = True
    email = write(contact, subject="The visit", body="Hello", by=agent)

    die_over_a_letter(post)
    assert Email.objects.get().state == State.SENDING

    post.holds = False
    Email.objects.update(claimed_at=timezone.now() - PATIENCE - timedelta(seconds=1))
    work_once()

    assert Email.objects.get().state == State.UNKNOWN
    assert len(post.letters) == 1
    page = as_agent.get(f"{contact.get_absolute_url()}emails/conversations/{email.conversation_id}/").content.decode()
    assert "State unknown: it may have arrived." in page
    assert "It arrived" in page
    assert "Send again" in page

    as_agent.post(f"/emails/{email.pk}/sending/")
    work_once()
    assert Email.objects.get().state == State.SENT
    assert len(post.letters) == 2
