"""An office that is connected, an agent with a telephone, and Twilio's own voice."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from contacts.calls.models import Call
from contacts.calls.placing import call, carry_out
from tests.fakes.twilio import TOKEN, signature

AGENTS_PHONE = "+4915123456789"
SID = "CA" + "a" * 32


@pytest.fixture
def agent(agent):
    """The agent, whose telephone rings first."""
    agent.phone = AGENTS_PHONE
    agent.save()
    return agent


@pytest.fixture
def placed(line, contact, agent):
    """A call that Twilio has been asked for."""
    queued = call(contact, by=agent)
    carry_out(queued.pk)
    return Call.objects.get(pk=queued.pk)


@pytest.fixture
def tell(line):
    """Post to one of the line's webhooks, signed as Twilio signs; ``forged`` signs with another token."""

    def post(name, forged=False, on=None, **form):
        where = {"pk": on.pk, "attempt": on.attempt} if on else {}
        path = reverse(f"calls:{name}", kwargs={"key": line.key, **where})
        signed = signature(f"{settings.PUBLIC_URL}{path}", form, "another" if forged else TOKEN)
        return Client().post(path, form, headers={"X-Twilio-Signature": signed})

    return post
