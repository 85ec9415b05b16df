"""The order of cards in a column: each has a rank, and a card moved between two takes a rank between theirs.

Ranks are whole numbers with room between them. Two who move cards to one place at once both succeed: equal ranks are
told apart by id, so all see one order. When the room between two cards is used up, the column is given new ranks.
"""

from typing import Any

from django.db import models, transaction
from django.db.models import F, Max, Min, Window
from django.db.models.functions import RowNumber

GAP = 2**20


class Ranked(models.Model):
    """A row with a place in a column; ``order_by(*RANKED)`` reads the column from the top."""

    rank = models.BigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


RANKED = ("rank", "pk")


def top_rank(column: Any) -> int:
    """Return the rank of a card that is laid on top of ``column``, a queryset."""
    lowest = column.aggregate(lowest=Min("rank"))["lowest"]
    return 0 if lowest is None else lowest - GAP


def rank_before(column: Any, other: Any) -> int:
    """Return the rank of a card that is put before ``other`` in ``column``, or at its end when ``other`` is None.

    Call it in the transaction that stores the rank; ``column`` must not hold the card itself.
    """
    if other is None:
        highest = column.aggregate(highest=Max("rank"))["highest"]
        return 0 if highest is None else highest + GAP
    with transaction.atomic():
        above = column.filter(rank__lte=other.rank).exclude(pk=other.pk).order_by("-rank", "-pk")
        above = above.exclude(rank=other.rank, pk__gt=other.pk).values_list("rank", flat=True).first()
        if above is None:
            return int(other.rank) - GAP
        if other.rank - above < 2:
            spread(column)
            other.refresh_from_db(fields=["rank"])
            return int(other.rank) - GAP // 2
        return (int(above) + int(other.rank)) // 2


def spread(column: Any) -> None:
    """Give every card of a column a new rank, in the same order and with room between; one statement a thousand."""
    numbered = column.annotate(place=Window(RowNumber(), order_by=[F("rank"), F("pk")])).order_by(*RANKED)
    places = list(numbered.values_list("pk", "place"))
    rows = [column.model(pk=pk, rank=place * GAP) for pk, place in places]
    column.model._base_manager.bulk_update(rows, ["rank"], batch_size=400)
