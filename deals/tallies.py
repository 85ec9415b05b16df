"""How many deals an account has: in the frame of every page and at the head of the list."""

from typing import Any

from deals.models import Deal
from tesoro import tallies

tallies.register("deal", lambda account: Deal.objects.for_account(account).values("pk"))


def tally(account: Any) -> int:
    """Return how many live deals the account has, up to 10,001."""
    return tallies.tally(account, "deal")
