"""How many records of each kind an account has: in the frame of every page and at the head of each list.

The apps say how their kind is counted. All are asked in one go, once per request: a question each would cost more than
the answers do.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection

from tesoro.counting import COUNTED, PreparedCount

REMEMBERED_SECONDS = 300

_counts: dict[str, PreparedCount] = {}


def register(kind: str, build: Callable[[int], Any]) -> None:
    """Let a kind be counted by the queryset that ``build`` makes of an account's key; see :class:`PreparedCount`."""
    _counts[kind] = PreparedCount(build)


def tally(account: Any, kind: str) -> int:
    """Return how many records of ``kind`` the account has, up to 10,001.

    That there are more than ten thousand is remembered for a while: it does not change by the minute.
    """
    known = account.__dict__.setdefault("_tallies", {})
    if kind not in known:
        known |= _counted(account.pk)
    return known[kind]


def _counted(account: int) -> dict[str, int]:
    memory, keys = caches["process"], {kind: f"many:{account}:{kind}" for kind in _counts}
    remembered = memory.get_many(keys.values())
    known = {kind: COUNTED + 1 for kind, key in keys.items() if key in remembered}
    asked = [kind for kind in _counts if kind not in known]
    counted = dict(zip(asked, _asked(asked, account), strict=True))
    memory.set_many({keys[kind]: True for kind, count in counted.items() if count > COUNTED}, REMEMBERED_SECONDS)
    return known | counted


def _asked(kinds: list[str], account: int) -> tuple[int, ...]:
    if not kinds:
        return ()
    statements = [_counts[kind].statement(account) for kind in kinds]
    told = ", ".join(f"({sql})" for sql, _params in statements)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {told}", [param for _sql, params in statements for param in params])
        return cursor.fetchone()
