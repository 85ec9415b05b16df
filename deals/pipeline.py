"""Moving deals along their pipeline: another stage, another place in a column of the board."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Account
from deals.models import Deal
from deals.models.choices import stages_of
from tesoro import ranking
from tesoro.ranking import Place, rank_at


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

    Raises ValidationError by field: a stage that its pipeline has not, a missing reason. Raises Gone.
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


def arrange(deal: Any, place: Place, *, by: Any) -> list[dict[str, str]]:
    """Put a deal into a column before the deal that ``place`` names, else behind the one it names, else on top.

    A neighbour that has left the column counts as not named. Of two who arrange at once both succeed, and all see one
    order. Returns and raises what ``move`` does.
    """
    with transaction.atomic():
        wait_for_others(deal.account_id)
        changes = move(deal, place.lane, by=by, reason=place.reason)
        stored = Deal.objects.get(pk=deal.pk)
        others = column(stored).exclude(pk=deal.pk)
        Deal.objects.filter(pk=deal.pk).update(rank=rank_at(others, place))
    return changes


def move_many(deals: Any, stage: str, *, by: Any, reason: str = "") -> tuple[int, int]:
    """Give every deal of a queryset another stage, in one transaction; return how many moved, and how many could not.

    Those of the other pipeline, which has no such stage, stay as they are.
    """
    moved = 0
    with transaction.atomic():
        wait_for_others(by.account_id)
        found: Sequence[Deal] = list(deals.select_for_update().order_by("pk"))
        for deal in found:
            if stage in stages_of(deal.pipeline) and deal.stage != stage:
                deal.stage, deal.reason = stage, reason
                deal.revise(by=by, version=deal.version, only=["stage", "reason"])
                moved += 1
    return moved, sum(stage not in stages_of(deal.pipeline) for deal in found)


def column(deal: Any) -> Any:
    """Return the deals of the account in the stage of this one, from the top."""
    return Deal.objects.for_account(deal.account_id).of_stage(deal.pipeline, deal.stage)


def wait_for_others(account_id: int) -> None:
    """Let one at a time arrange the deals of an account: two ranks drawn at once from one room would fall together."""
    Account.objects.select_for_update(no_key=True).values_list("pk").get(pk=account_id)
