"""The order of cards in a column: each has a rank, and a card moved between two takes a rank between theirs.

Ranks are whole numbers with room between them. Two who move cards to one place at once both succeed: equal ranks are
told apart by id, so all see one order. When the room between two cards is used up, the column is given new ranks.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections, models
from django.db.models import F, Max, Min, Q, Window
from django.db.models.functions import RowNumber

GAP = 2**20


class Ranked(models.Model):
    """A row with a place in a column; ``order_by(*RANKED)`` reads the column from the top."""

    rank = models.BigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


RANKED = ("rank", "pk")


@dataclass(frozen=True)
class Place:
    """Where a card lies: its lane, the reason for which it lies there, and the keys of the cards next to it."""

    lane: str
    reason: str = ""
    before: int | None = None
    after: int | None = None


def top_rank(column: Any) -> int:
    """Return the rank of a card that is laid on top of ``column``, a queryset."""
    lowest = column.aggregate(lowest=Min("rank"))["lowest"]
    return 0 if lowest is None else lowest - GAP


def rank_before(column: Any, other: Any) -> int:
    """Return the rank of a card that is put before ``other`` in ``column``, or at its end when ``other`` is None.

    ``column`` must not hold the card itself. Call it in the transaction that stores the rank, and of two who rank in
    one column at once let one wait: what they would find between the cards would change under them.
    """
    if other is None:
        highest = column.aggregate(highest=Max("rank"))["highest"]
        return 0 if highest is None else highest + GAP
    above = neighbour(column, other, below=False)
    if above is None:
        return int(other.rank) - GAP
    if other.rank - above.rank < 2:
        spread(column)
        other.refresh_from_db(fields=["rank"])
        return int(other.rank) - GAP // 2
    return (int(above.rank) + int(other.rank)) // 2


def rank_after(column: Any, other: Any) -> int:
    """Return the rank of a card that is put behind ``other`` in ``column``; else as ``rank_before``."""
    return rank_before(column, neighbour(column, other, below=True))


def rank_at(others: Any, place: Place) -> int:
    """Return the rank of a card put before the card that ``place`` names, else behind the one it names, else on top.

    ``others`` is the column without the card itself; a key that is not in it counts as not named.
    """
    found = {card.pk: card for card in others.filter(pk__in=[place.before or 0, place.after or 0])}
    if place.before in found:
        return rank_before(others, found[place.before])
    if place.after in found:
        return rank_after(others, found[place.after])
    return top_rank(others)


def rank_again(others: Any, rank: int, place: Place) -> int:
    """Return ``rank`` for a card that is put back to where it had it; as ``rank_at``, once the column is numbered anew.

    It is when ``rank`` does not lie between those of the cards that ``place`` names. Where these have all left the
    column nothing tells, and the card lies on top.
    """
    near = dict(others.filter(pk__in=[place.before or 0, place.after or 0]).values_list("pk", "rank"))
    alone = not place.before and not place.after
    lies_there = near.get(place.after, rank) <= rank <= near.get(place.before, rank)
    return rank if lies_there and (near or alone) else rank_at(others, place)


def place_of(column: Any, card: Any, lane: str) -> Place:
    """Return where a card lies in its column, so that it can be put back there."""
    below, above = neighbour(column, card, below=True), neighbour(column, card, below=False)
    return Place(lane, card.reason, below and below.pk, above and above.pk)


def neighbour(column: Any, card: Any, *, below: bool) -> Any:
    """Return the card next to ``card`` in ``column``, ``below`` or above it; None where there is none."""
    op, sign = ("gt", "") if below else ("lt", "-")
    beyond = Q(**{f"rank__{op}e": card.rank}) & (Q(**{f"rank__{op}": card.rank}) | Q(**{f"pk__{op}": card.pk}))
    return column.filter(beyond).order_by(f"{sign}rank", f"{sign}pk").first()


def spread(column: Any) -> None:
    """Give every card of a column a new rank, in the same order and with room between, in one statement.

    The uppermost keeps its rank: whatever is laid on top meanwhile stays there.
    """
    top = column.aggregate(lowest=Min("rank"))["lowest"]
    if top is None:
        return
    numbered = column.order_by().annotate(card=F("pk"), place=Window(RowNumber(), order_by=[F("rank"), F("pk")]))
    sql, params = numbered.values_list("card", "place").query.sql_with_params()
    table, key = column.model._meta.db_table, column.model._meta.pk.column
    with connections[column.db].cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET rank = %s + (numbered.place - 1) * %s "  # noqa: S608  (names of our own tables)
            f"FROM ({sql}) AS numbered WHERE {table}.{key} = numbered.card",
            [top, GAP, *params],
        )
