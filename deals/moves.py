"""Deals that move to another stage, many at once: how each stood, and what timelines tell of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from contacts.models import Person
from contacts.timeline.models import Event
from deals.models import Deal, Party, Stage
from deals.models.opening import hold_people

BATCH = 200


class Move(NamedTuple):
    """A deal as it stands before it moves, where it goes and why; ``was`` is what its event keeps for Undo."""

    deal: Deal
    stage: str
    reason: str
    was: dict[str, Any] | None = None

    @property
    def words(self) -> dict[str, str]:
        """What the sentence of the move names."""
        new = str(Stage(self.stage).label)
        return {"old": str(self.deal.get_stage_display()), "new": new, "reason": self.reason}

    @property
    def data(self) -> dict[str, Any]:
        """What the event on the deal's own timeline holds: all that ``Deal.revise`` would have written."""
        words = self.words
        changes = [{"field": "stage", "old": words["old"], "new": words["new"]}]
        if self.deal.reason != self.reason:
            changes.append({"field": "reason", "old": self.deal.reason, "new": self.reason})
        kept = {"was": self.was} if self.was else {}
        return {"version": self.deal.version + 1, "changes": changes, **words, **kept}


def hold(deals: Any) -> list[int]:
    """Lock the deals of a queryset, then all who take part in them, each in the order of their keys; return the deals'.

    Whoever moves one deal, and whoever assigns or tags many people, locks them in that order too.
    """
    ids = list(deals.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    hold_people(deals)
    return ids


def standing(deal: Deal) -> dict[str, Any]:
    """Return how a deal stands in its pipeline, so that it can be put back there."""
    closed = deal.closed_at.isoformat() if deal.closed_at else None
    since = deal.stage_since.isoformat()
    return {"stage": deal.stage, "reason": deal.reason, "rank": deal.rank, "since": since, "closed": closed}


def days(standing: Mapping[str, Any]) -> dict[str, datetime | None]:
    """Return since when a deal stood where ``standing`` tells, and when it was closed."""
    closed = standing["closed"]
    return {
        "stage_since": datetime.fromisoformat(standing["since"]),
        "closed_at": datetime.fromisoformat(closed) if closed else None,
    }


def tell_moves(moves: Sequence[Move], *, by: Any, at: datetime) -> None:
    """Write each move on the deal's timeline and on those of all who take part, whose last activity moves on.

    Who lies in the trash is told too: their history goes on when they are restored. Call it in the command's
    transaction, before the deals are stored.
    """
    shared = {"verb": "deal_moved", "actor": by, "at": at}
    events = [Event(account_id=move.deal.account_id, deal_id=move.deal.pk, data=move.data, **shared) for move in moves]
    Event.objects.bulk_create(events, batch_size=BATCH)
    words = {move.deal.pk: {**move.words, "deal": move.deal.name} for move in moves}
    parties = list(Party.objects.filter(deal__in=list(words)).order_by("pk"))
    echoes = [
        Event(account_id=one.account_id, person_id=one.person_id, deal_id=one.deal_id, echo=True,
              data=words[one.deal_id], **shared)
        for one in parties
    ]  # fmt: skip
    Event.objects.bulk_create(echoes, batch_size=BATCH)
    people = Person.with_trash.filter(pk__in={one.person_id for one in parties}, last_activity_at__lt=at)
    people.update(last_activity_at=at)
