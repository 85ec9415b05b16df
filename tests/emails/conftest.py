"""A mail server on loopback, and an office that sends through it."""

import pytest

from contacts.emails.composing import write
from contacts.emails.models import Conversation, Email, MailServer
from contacts.emails.tasks import deliver
from tesoro.secrecy import seal
from tests.fakes import imap as fake_imap
from tests.fakes import smtp


@pytest.fixture
def post(settings):
    """A mail server on loopback, which offices may name here."""
    settings.PRIVATE_MAIL_HOSTS = True
    office, stop = smtp.start()
    yield office
    stop()


@pytest.fixture
def server(account, post):
    """The office's own mail server: the one on loopback."""
    return MailServer.objects.create(
        account=account,
        sender=smtp.USER,
        smtp_host=smtp.HOST,
        smtp_port=post.port,
        smtp_security="none",
        smtp_user=smtp.USER,
        smtp_password=seal(smtp.PASSWORD),
    )


@pytest.fixture
def sent(server, contact, agent):
    """Write an email and have it sent; return it as it is afterwards."""

    def send(person=None, **fields):
        email = write(person or contact, **{"subject": "The visit", "body": "At **eleven**.", "by": agent, **fields})
        return delivered(email)

    return send


def delivered(email):
    """Have a worker send an email, and return it as it is then."""
    deliver.call(email.pk)
    return Email.with_trash.get(pk=email.pk)


@pytest.fixture
def imap(settings):
    """A mailbox on loopback, which offices may name here."""
    settings.PRIVATE_MAIL_HOSTS = True
    fake, stop = fake_imap.start()
    yield fake
    stop()


@pytest.fixture
def mailbox(account, imap):
    """The office's mailbox: the one on loopback, which was empty when it was first looked into."""
    return MailServer.objects.create(
        account=account,
        imap_host="127.0.0.1",
        imap_port=imap.port,
        imap_security="none",
        imap_user=fake_imap.USER,
        imap_password=seal(fake_imap.PASSWORD),
        imap_validity=imap.validity,
    )


@pytest.fixture
def thread(account, contact, settings):
    """A conversation with the contact, and the service's address for answers."""
    settings.INBOUND_ADDRESS = "in@reply.example.com"
    return Conversation.objects.create(account=account, person=contact, subject="The visit")
