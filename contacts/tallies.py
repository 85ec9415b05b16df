"""How many people a section holds: in the frame of every page and at the head of the list."""

from functools import partial
from typing import Any

from django.core.cache import caches

from contacts.models import Kind, Person
from tesoro.counting import COUNTED, PreparedCount

REMEMBERED_SECONDS = 300


def _of_kind(kind: Kind, account: int) -> Any:
    return Person.objects.for_account(account).filter(kind=kind).values("pk")


COUNTS = {kind: PreparedCount(partial(_of_kind, kind)) for kind in Kind}


def tally(account: Any, kind: Kind) -> int:
    """Return how many live people of ``kind`` the account has, up to 10,001; asked once per request.

    That there are more than ten thousand is remembered for a while: it does not change by the minute.
    """
    known = account.__dict__.setdefault("_tallies", {})
    if kind not in known:
        known[kind] = _counted(account, kind)
    return known[kind]


def _counted(account: Any, kind: Kind) -> int:
    memory, key = caches["process"], f"many:{account.pk}:{kind}"
    if memory.get(key):
        return COUNTED + 1
    (count,) = COUNTS[kind](account.pk)
    if count > COUNTED:
        memory.set(key, True, REMEMBERED_SECONDS)
    return count
