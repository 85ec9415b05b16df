"""A person who can be written to, Twilio's signed calls, and a worker in this process."""

import pytest

from contacts.lines.hooks import hook_url
from contacts.messaging.models import Message, Template
from contacts.messaging.tasks import deliver
from tests.fakes.twilio import signature

NUMBER = "+34612345678"


@pytest.fixture
def work():
    """A function that does what a worker does with every message that is queued."""

    def worked():
        for pk in list(Message.with_trash.filter(state="queued").values_list("pk", flat=True)):
            deliver.func(pk)

    return worked


@pytest.fixture
def hook(client, line):
    """A function that posts to a hook as Twilio does, signed for the public address."""

    def posted(name, form, sign=True, **kwargs):
        url = hook_url(name, line, **kwargs)
        path = "/" + url.split("/", 3)[3]
        headers = {"x-twilio-signature": signature(url, form)} if sign else {}
        return client.post(path, form, headers=headers)

    return posted


@pytest.fixture
def write_in(hook):
    """A function by which somebody writes to the office."""
    count = iter(range(1, 1000))

    def written(body="Hola", number=NUMBER, channel="sms", sid="", **more):
        prefix = "whatsapp:" if channel == "whatsapp" else ""
        form = {
            "MessageSid": sid or f"SM{next(count):032d}",
            "From": f"{prefix}{number}",
            "To": f"{prefix}+34912345678",
            "Body": body,
            "NumMedia": "0",
        }
        return hook("messaging:incoming", form | more)

    return written


@pytest.fixture
def template(account):
    return Template.objects.create(account=account, title="Visit", body="Hello {{1}}, until {{2}}.")
