"""The dashboard as it is shown: its figures, its cards in their places."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from contacts.dashboard import cards
from contacts.dashboard.cards import Card, Stat
from contacts.dashboard.scope import Scope
from tesoro import tallies

# With none of these an office has just begun.
RECORDS = ["contact", "lead", "deal"]


@dataclass(frozen=True)
class Shown:
    """A card with what its template is given."""

    name: str
    template: str
    half: bool
    card: Any


class Dashboard:
    """What the page shows of a scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @property
    def greeting(self) -> str:
        """What one says at this hour where the office is."""
        hour = self.scope.now.astimezone(self.scope.account.zone).hour
        words = {"name": self.scope.user.first_name}
        if 4 <= hour < 12:
            return _("Good morning, %(name)s") % words
        return (_("Good afternoon, %(name)s") if 12 <= hour < 18 else _("Good evening, %(name)s")) % words

    @property
    def today(self) -> dt.date:
        """The day it is where the office is."""
        return self.scope.today

    @cached_property
    def is_new(self) -> bool:
        """Whether the office has nothing yet that could be counted."""
        return not any(tallies.tally(self.scope.account, kind) for kind in RECORDS)

    @cached_property
    def heads(self) -> list[Stat]:
        """The figures at the head."""
        return cards.heads(self.scope)

    @cached_property
    def rows(self) -> list[list[Shown]]:
        """The cards below them, one or two a line."""
        lines: list[list[Shown]] = []
        for half, run in groupby(self._shown(aside=False), key=lambda shown: shown.half):
            found, many = list(run), 2 if half else 1
            lines += [found[start : start + many] for start in range(0, len(found), many)]
        return lines

    @cached_property
    def aside(self) -> list[Shown]:
        """The cards of the day."""
        return self._shown(aside=True)

    def _shown(self, *, aside: bool) -> list[Shown]:
        loaded = ((card, card.load(self.scope)) for card in cards.cards() if card.aside == aside)
        return [_shown(card, given) for card, given in loaded if given is not None]


def _shown(card: Card, given: Any) -> Shown:
    return Shown(card.name, card.template, card.half, given)
