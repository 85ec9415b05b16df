"""How many deals an account has: what is open in the frame of every page, all of them at the head of the list."""

from typing import Any

from deals.models import Deal
from tesoro import tallies
from tesoro.counting import PreparedCount

tallies.register("deal", lambda account: Deal.objects.for_account(account).open().values("pk"))

_ALL = PreparedCount(lambda account: Deal.objects.for_account(account).values("pk"))


def open_tally(account: Any) -> int:
    """Return how many deals of the account are neither won nor lost, up to 10,001."""
    return tallies.tally(account, "deal")


def tally(account: Any) -> int:
    """Return how many live deals the account has, up to 10,001."""
    [count] = _ALL(account.pk)
    return int(count)
