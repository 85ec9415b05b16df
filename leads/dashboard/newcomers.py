"""The card "Not yet contacted": leads to whom nobody has spoken yet."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contacts.dashboard.asked import Asked, whose
from contacts.dashboard.cards import Card
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address
from contacts.models import Person
from leads.dashboard.counting import of_agent
from leads.dashboard.origins import origin_told
from leads.models import Lead, Status
from tesoro.counting import capped

WAITING = 8  # as many are shown
COUNTED = 1_000
SHOWN = [
    "account", "status_since", "source", "portal", "property_types", "person__account", "person__kind",
    "person__first_name", "person__last_name", "person__email", "person__avatar",
]  # fmt: skip


@dataclass(frozen=True)
class Newcomer:
    """A lead to whom nobody has spoken yet."""

    person: Person
    beside: str
    since: datetime

    @classmethod
    def of(cls, lead: Lead) -> "Newcomer":
        """Return a lead with where it came from and what is looked for."""
        return cls(lead.person, " · ".join([origin_told(lead.source, lead.portal), lead.what()]), lead.status_since)


@dataclass(frozen=True)
class Waiting:
    """Leads to whom nobody has spoken yet, the oldest first: those that are shown, how many there are, their list."""

    people: list[Newcomer]
    count: int
    url: str

    @property
    def tally(self) -> str:
        """How many there are, for a reader; beyond a thousand nobody reads on."""
        return capped(self.count, COUNTED) if self.count else ""

    @property
    def hidden(self) -> int:
        """How many are not shown; 0 where that is not counted."""
        return self.count - len(self.people) if self.count <= COUNTED else 0


def _waiting_of(account: int, agent: int | None) -> Any:
    rows = Lead.objects.for_account(account).in_pipeline().filter(status=Status.NEW)
    return of_agent(agent, rows, "person__")


MANY_WAITING = Asked(lambda *args: _waiting_of(*args).values_list("pk")[: COUNTED + 1])


def waiting(scope: Scope) -> Waiting:
    """Return who is new and not yet contacted: of an agent their own, of an admin those of whom the page is about."""
    theirs = scope if scope.user.is_admin else replace(scope, agent=scope.user)
    shown = _waiting_of(*whose(theirs)).select_related("person").only(*SHOWN).order_by("status_since", "pk")
    leads = list(shown[: WAITING + 1])
    count = len(leads) if len(leads) <= WAITING else MANY_WAITING.count(*whose(theirs))
    people = [Newcomer.of(lead) for lead in leads[:WAITING]]
    return Waiting(people, count, address("leads:list", theirs, status=Status.NEW))


CARD = Card("leads-waiting", 5, waiting, "leads/dashboard_waiting.html", aside=True)
