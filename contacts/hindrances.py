"""What stands in the way of making a lead of a contact again: rooms above register what they know.

A contact that takes part in an open deal stays a contact; deals say so here, and leads ask.
"""

from collections.abc import Callable, Sequence
from typing import Any

# Each returns the reasons why people have to stay contacts, by their keys; who may go is not among them.
to_revert: list[Callable[[Sequence[Any]], dict[int, str]]] = []


def why_not_revert(person: Any) -> str:
    """Return the first reason why ``person`` has to stay a contact, "" when there is none."""
    return next((reason for ask in to_revert if (reason := ask([person]).get(person.pk))), "")


def held_back(people: Sequence[Any]) -> set[int]:
    """Return the keys of those who have to stay contacts, in one question to each room."""
    return {pk for ask in to_revert for pk in ask(people)}
