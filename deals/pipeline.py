"""Moving deals along their pipeline: another stage, another place in a column of the board."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.boards import wait_for_board
from deals.models import CLOSED, Deal, Pipeline, Stage
from deals.models.choices import stages_of
from deals.models.opening import Led, kept_shut
from deals.moves import Move, days, hold, standing, tell_moves
from tesoro import ranking
from tesoro.ranking import Place, rank_again, rank_at, top_rank

CHUNK = 1000


class Gone(Exception):
    """The deal lies in the trash. ``deal`` is as it stands now."""

    def __init__(self, deal: Deal) -> None:
        super().__init__("the deal is in the trash")
        self.deal = deal


def locked(deal: Any) -> Deal:
    """Return the deal as stored, locked. Raises Gone when it lies in the trash."""
    found: Deal = Deal.with_trash.select_for_update().get(pk=deal.pk)
    if found.in_trash:
        raise Gone(found)
    return found


def move(deal: Any, stage: str, *, by: Any, reason: str = "") -> list[dict[str, str]]:
    """Give a deal another stage; it lies on top of that column. Returns the changes, as ``revise`` does.

    Raises ValidationError by field: a stage that its pipeline has not, a missing reason, a lead who takes part in what
    would be open. Raises Gone.
    """
    with transaction.atomic():
        found = locked(deal)
        if stage not in stages_of(found.pipeline):
            raise ValidationError({"stage": _("There is no such stage in this pipeline.")})
        found.stage, found.reason = stage, reason
        return found.revise(by=by, version=found.version, only=["stage", "reason"])


def place_of(deal: Deal) -> Place:
    """Return where a deal stands, so that it can be put back there."""
    return ranking.place_of(column(deal), deal, deal.stage)


def arrange(deal: Any, place: Place, *, by: Any, was: Mapping[str, Any] | None = None) -> list[dict[str, str]]:
    """Put a deal into a column before the deal that ``place`` names, else behind the one it names, else on top.

    A neighbour that has left the column counts as not named. Of two who arrange at once both succeed, and all see one
    order. ``was`` is how the deal stood in that column before, as ``standing`` tells it: it gets its rank and its days
    back. Returns and raises what ``move`` does.
    """
    with transaction.atomic():
        wait_for_board(deal.account_id)
        changes = move(deal, place.lane, by=by, reason=place.reason)
        others = column(Deal.objects.get(pk=deal.pk)).exclude(pk=deal.pk)
        rank = rank_again(others, was["rank"], place) if was else rank_at(others, place)
        Deal.objects.filter(pk=deal.pk).update(rank=rank, **(days(was) if was else {}))
    return changes


class Moved(NamedTuple):
    """How many deals moved, how many could not for want of such a stage, and the moment that the events share.

    ``refused`` says of those that would be open with a lead in them, by key, who that is: they stay closed.
    """

    moved: int
    other: int
    at: datetime
    refused: dict[int, Led]


def move_many(deals: Any, stage: str, *, by: Any, reason: str = "") -> Moved:
    """Give every deal of a queryset another stage; ``undo`` finds them by the moment that is returned.

    One transaction, of a few statements a thousand. They lie on top of that column in the order in which they were
    created. Those of the other pipeline, which has no such stage, stay as they are, and so do those in which a lead
    takes part where the stage would open them. Raises ValidationError at "reason".
    """
    reason = _judged(stage, reason)
    with transaction.atomic():
        wait_for_board(by.account_id)
        ids = hold(deals)
        mine = Deal.objects.for_account(by.account_id)
        ranks = {one: top_rank(mine.of_stage(one, stage)) for one in Pipeline.values if stage in stages_of(one)}
        now, moved, stayed, refused = timezone.now(), 0, 0, dict[int, Led]()
        given = {"stage": stage, "reason": reason, "stage_since": now, "closed_at": now if stage in CLOSED else None}
        for start in range(0, len(ids), CHUNK):
            found = list(mine.select_for_update().filter(pk__in=ids[start : start + CHUNK]).order_by("pk"))
            chosen = [deal for deal in found if deal.pipeline in ranks and deal.stage != stage]
            shut = {} if stage in CLOSED else kept_shut([deal.pk for deal in chosen])
            chosen = [deal for deal in chosen if deal.pk not in shut]
            _move_part(chosen, given, ranks, by)
            moved, stayed = moved + len(chosen), stayed + sum(deal.pipeline not in ranks for deal in found)
            refused |= shut
    return Moved(moved, stayed, now, refused)


def _judged(stage: str, reason: str) -> str:
    """Return the reason as it is stored: only a lost deal has one, and needs it."""
    if stage != Stage.LOST:
        return ""
    field: Any = Deal._meta.get_field("reason")
    try:
        cleaned = str(field.clean(reason, None))
    except ValidationError as error:
        raise ValidationError({"reason": error}) from None
    if not cleaned:
        raise ValidationError({"reason": ValidationError(_("Give a reason."), code="required")})
    return cleaned


def _move_part(deals: Sequence[Deal], given: Mapping[str, Any], ranks: Mapping[str, int], by: Any) -> None:
    """Store and tell the move of some deals, which are locked; ``ranks`` are the places in each pipeline."""
    if not deals:
        return
    moves = [Move(deal, given["stage"], given["reason"], standing(deal)) for deal in deals]
    now = given["stage_since"]
    tell_moves(moves, by=by, at=now)
    for pipeline, rank in ranks.items():
        part = Deal.objects.filter(pk__in=[deal.pk for deal in deals if deal.pipeline == pipeline])
        part.update(**given, rank=rank, version=F("version") + 1, last_activity_at=now)


def column(deal: Any) -> Any:
    """Return the deals of the account in the stage of this one, from the top."""
    return Deal.objects.for_account(deal.account_id).of_stage(deal.pipeline, deal.stage)
