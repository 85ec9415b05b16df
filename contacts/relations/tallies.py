"""How many companies an account has: in the frame of every page and at the head of the list."""

from typing import Any

from contacts.relations.models import Relation
from tesoro import tallies

tallies.register("relation", lambda account: Relation.objects.for_account(account).values("pk"))


def tally(account: Any) -> int:
    """Return how many live companies the account has, up to 10,001."""
    return tallies.tally(account, "relation")
