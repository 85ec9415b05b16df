"""What a user leaves behind: registered by the apps that have something assigned to users.

Apps further right register in their ``ready()``, so that accounts need not know of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise

from accounts.models import User


@dataclass(frozen=True)
class Duty:
    """A kind of work that is assigned to users, and how to pass it on."""

    label: str | Promise
    count: Callable[[User], int]
    hand_over: Callable[[User, User, User], object]


_duties: dict[str, Duty] = {}


def register(
    key: str, label: str | Promise, count: Callable[[User], int], hand_over: Callable[[User, User, User], object]
) -> None:
    """Say that users have work of the kind ``key``; ``label`` is its plural ("contacts").

    ``count(user)`` says how much; ``hand_over(user, to, by)`` assigns it all to ``to`` and records that ``by`` did so.
    It runs inside the transaction that deactivates the user. Registering a key again replaces it.
    """
    _duties[key] = Duty(label, count, hand_over)


def workload(user: User) -> list[tuple[str, int]]:
    """Return what the user has, label and count, without the kinds they have nothing of."""
    counted = [(str(duty.label), duty.count(user)) for duty in _duties.values()]
    return [(label, count) for label, count in counted if count]


def hand_over(user: User, *, to: User, by: User) -> None:
    """Assign all that ``user`` has to ``to``, as done by ``by``."""
    with transaction.atomic():
        for duty in _duties.values():
            duty.hand_over(user, to, by)
