"""Taking back what was done with many deals at once: another stage."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.boards import wait_for_board
from contacts.subjects.undoing import Deed
from deals.models import CLOSED, Deal
from deals.models.opening import Led, kept_shut, told_shut
from deals.moves import Move, days, hold, tell_moves
from deals.pipeline import CHUNK

RESTORED = ["stage", "reason", "rank", "stage_since", "closed_at", "version", "last_activity_at"]


def put_back(deed: Deed) -> int:
    """Give deals back stage, reason, place and day of closing, unless they have moved on since; return how many.

    Those that would be open with a lead in them stay closed; the deed is told so.
    """
    count, refused = 0, dict[int, Led]()
    with transaction.atomic():
        wait_for_board(deed.by.account_id)
        events = deed.events("deal_moved", deed.rows.filter(stage_since=deed.moment)).filter(echo=False)
        told = {pk: data for pk, data in events.values_list("deal", "data") if "was" in data}
        hold(deed.rows.filter(pk__in=events.values("deal")))
        now = timezone.now()
        for found in _locked(deed, told):
            shut = kept_shut([deal.pk for deal in found if told[deal.pk]["was"]["stage"] not in CLOSED])
            deals = [deal for deal in found if deal.pk not in shut]
            refused |= shut
            tell_moves([_back(deal, told[deal.pk]["was"]) for deal in deals], by=deed.by, at=now)
            for deal in deals:
                _restore(deal, told[deal.pk]["was"], now)
            Deal.objects.bulk_update(deals, RESTORED, batch_size=200)
            count += len(deals)
    if refused:
        deed.refused.append((len(refused), told_shut(refused)))
    return count


def _locked(deed: Deed, told: Mapping[int, Any]) -> Iterator[list[Deal]]:
    """Yield those that stand as the deed left them, locked, some hundred at a time."""
    ids = sorted(told)
    for start in range(0, len(ids), CHUNK):
        rows = deed.rows.filter(pk__in=ids[start : start + CHUNK]).order_by("pk").select_for_update(of=("self",))
        yield [deal for deal in rows if _as_left(deal, deed, told[deal.pk])]


def _as_left(deal: Deal, deed: Deed, told: Mapping[str, Any]) -> bool:
    closed = deed.moment if deal.stage in CLOSED else None
    return (deal.stage_since, deal.closed_at, deal.reason) == (deed.moment, closed, told["reason"])


def _back(deal: Deal, before: Mapping[str, Any]) -> Move:
    return Move(deal, before["stage"], before["reason"])


def _restore(deal: Deal, before: Mapping[str, Any], now: datetime) -> None:
    """Give a deal its former stage, reason and days, and its former rank, whatever lies beside it there by now."""
    deal.stage, deal.reason, deal.rank = before["stage"], before["reason"], before["rank"]
    for name, value in days(before).items():
        setattr(deal, name, value)
    deal.version, deal.last_activity_at = deal.version + 1, now
