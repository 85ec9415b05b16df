"""A company of the office, as an agent would have typed it in."""

import pytest

from tests.factories import RelationFactory


@pytest.fixture
def relation(account, agent):
    """A law firm."""
    return RelationFactory(
        account=account, name="Bufete Echeverría", email="office@bufete.example.com", phone="+34912345678",
        city="Altea", country="ES", created_by=agent,
    )  # fmt: skip


def relation_data(**changes):
    """Return what the form of a new company posts; ``None`` takes a field out."""
    data = {"name": "Notaría del Peñón", "type": "notary", "status": "active", **changes}
    return {name: value for name, value in data.items() if value is not None}
