"""How many people a section holds: in the frame of every page and at the head of the list."""

from functools import partial
from typing import Any

from contacts.models import Kind, Person
from tesoro import tallies


def _of_kind(kind: Kind, account: int) -> Any:
    return Person.objects.for_account(account).filter(kind=kind).values("pk")


for _kind in Kind:
    tallies.register(_kind.value, partial(_of_kind, _kind))


def tally(account: Any, kind: Kind) -> int:
    """Return how many live people of ``kind`` the account has, up to 10,001."""
    return tallies.tally(account, kind.value)
