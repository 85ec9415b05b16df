"""Who looks after whom."""

from typing import Any

from contacts.models.person import Person


def people_of(user: Any) -> Any:
    """Return the live people assigned to ``user``."""
    return Person.objects.for_account(user.account).filter(assigned_to=user)
