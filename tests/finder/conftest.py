"""An office in which there is something of each kind to be found."""

import pytest
from django.urls import reverse

from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, LeadFactory, RelationFactory


@pytest.fixture
def office(account, agent):
    """A contact, a lead, a company and a note of one office, all with "mar" in them."""
    person = ContactFactory(
        account=account, assigned_to=agent, first_name="Marta", last_name="Núñez", email="marta@example.com",
        phone="+34612345678",
    )  # fmt: skip
    LeadFactory(account=account, assigned_to=agent, first_name="Marco", last_name="Sørensen", phone="+4512345678")
    RelationFactory(account=account, name="Bufete Marín", email="office@marin.example.com", city="Altea")
    write_note(person, "Prefers the **marina**.\nCall (96) 612-34 56, from eleven.", by=agent)
    return account


@pytest.fixture
def ask(as_agent):
    """Ask as the dialog does, or with ``page=True`` as one without script; return the text of the answer."""

    def answer(query, page=False, **words):
        headers = {} if page else {"HX-Request": "true"}
        return as_agent.get(reverse("finder:search"), {"q": query, **words}, headers=headers).content.decode()

    return answer
