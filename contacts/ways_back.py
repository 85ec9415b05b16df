"""The way back from a move: how a record stood before it, signed, so that Undo gives that back to the day.

The days lie in the past, and no form asks for them: nobody can make them up.
"""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from contacts.boards import Gone

# How a record stands in its pipeline: lane, reason, rank, and the days that go with them, as JSON has them.
Standing = Mapping[str, Any]


def way_back(record: Any, was: Standing, now: Standing) -> str:
    """Return what Undo posts: how the record stood before a move, and how the move left it."""
    return signing.dumps([dict(was), dict(now)], salt=_salt(record), compress=True)


def former(record: Any, text: str, now: Standing) -> Standing:
    """Return how the record stood before the move that ``text`` tells.

    Raises Gone when ``text`` is none of ours, or when the record no longer stands as the move left it; within its lane
    it may have gone up or down.
    """
    try:
        was, left = signing.loads(text, salt=_salt(record))
    except (signing.BadSignature, ValueError):
        raise Gone(_("This can no longer be undone. Nothing was changed.")) from None
    if {**left, "rank": 0} != {**now, "rank": 0}:
        raise Gone(_("Somebody has moved this card in the meantime. Nothing was changed."))
    found: Standing = was
    return found


def _salt(record: Any) -> str:
    return f"way back of {record._meta.label_lower} {record.pk}"
