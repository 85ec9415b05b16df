"""The card "Activity": how much each agent did in the period. Each number leads to the page that lists it."""

from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from contacts.dashboard.cards import Card
from contacts.dashboard.deeds import DEEDS, Deed, counted, team_of
from contacts.dashboard.period import Period
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address


@dataclass(frozen=True)
class Cell:
    """A number of the table, with its column and the address of what it counts; nought leads nowhere."""

    label: Promise
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """What one agent did, in the order of the columns."""

    agent: User
    cells: list[Cell]

    @property
    def total(self) -> int:
        """How much in all."""
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class Activity:
    """The table: busiest first; the last line adds up where there are several."""

    scope: Scope
    rows: list[Row]

    @property
    def labels(self) -> list[Promise]:
        """The heads of the columns."""
        return [deed.label for deed in DEEDS]

    @property
    def totals(self) -> list[Cell]:
        """What all did together."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return [
            _cell(self.scope, deed, sum(cell.count for cell in column))
            for deed, column in zip(DEEDS, columns, strict=True)
        ]

    @property
    def url(self) -> str:
        """The address of all that is counted here."""
        return deeds_url(self.scope)


def load(scope: Scope) -> Activity:
    """Return what the agents of the scope did, in three queries: who is gone stands there if they did anything."""
    team = team_of(scope)
    done = counted(scope, team)
    rows = [Row(one, [_cell(scope, deed, done[one.pk, deed], one) for deed in DEEDS]) for one in team.values()]
    shown = [row for row in rows if row.agent.is_active or row.total or scope.agent]
    shown.sort(key=lambda row: (-row.total, row.agent.get_full_name(), row.agent.pk))
    return Activity(scope, shown)


def _cell(scope: Scope, deed: Deed, count: int, agent: User | None = None) -> Cell:
    return Cell(deed.label, count, deeds_url(scope, deed, agent) if count else "")


def deeds_url(scope: Scope, deed: Deed | None = None, agent: User | None = None) -> str:
    """Return the address of the page with the deeds of a scope's days, of one kind or of one colleague."""
    days = {"period": Period.CUSTOM.value, "from": scope.first, "to": scope.last}
    of_whom = {"agent": agent.pk} if agent else {}
    return address("activity", scope, **days, **of_whom, kind=deed.key if deed else "")


CARD = Card("activity", 90, load, "dashboard/activity.html")
