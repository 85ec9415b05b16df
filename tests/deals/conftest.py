"""What the tests of deals share."""

import pytest

from tests.factories import ContactFactory, DealFactory, PartyFactory


@pytest.fixture
def buyer(account, agent):
    """A contact who buys."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Inés", last_name="Sáez")


@pytest.fixture
def deal(account, agent, buyer):
    """An open deal with its buyer."""
    made = DealFactory(account=account, assigned_to=agent, name="Villa in Altea")
    PartyFactory(deal=made, person=buyer)
    return made
