"""What stands in the way of making a lead of a contact again: rooms above register what they know.

A contact that takes part in an open deal stays a contact; deals say so here, and leads ask.
"""

from collections.abc import Callable
from typing import Any

# Each returns the reason why this person has to stay a contact, or "".
to_revert: list[Callable[[Any], str]] = []


def why_not_revert(person: Any) -> str:
    """Return the first reason why ``person`` has to stay a contact, "" when there is none."""
    return next((reason for ask in to_revert if (reason := ask(person))), "")
