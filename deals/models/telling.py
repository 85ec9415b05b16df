"""What is told of a deal that changed: which of its changes are a move, and in which words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from contacts.subjects.revising import Change
from deals.models.choices import Pipeline

Stand = tuple[str, str]  # the pipeline, and the stage in words


def parted(changes: Sequence[Change], *, went_over: bool) -> tuple[list[Change], list[Change]]:
    """Return of a deal's changes those that are a move, and the others.

    Another stage is a move, with its reason; so is a type of the other pipeline, when the deal ``went_over``.
    """
    names = {"stage", "reason", "type"} if went_over else {"stage", "reason"}
    moved = [change for change in changes if change["field"] in names]
    if not went_over and all(change["field"] != "stage" for change in moved):
        return [], list(changes)
    return moved, [change for change in changes if change not in moved]


def words_of_move(was: Stand, now: Stand) -> dict[str, str]:
    """Return what the sentence of a move names as old and new; where the deal went over, each with its pipeline."""
    if was[0] == now[0]:
        return {"old": was[1], "new": now[1]}
    old, new = (
        _("%(pipeline)s, %(stage)s") % {"pipeline": Pipeline(pipeline).label, "stage": stage}
        for pipeline, stage in (was, now)
    )
    return {"old": old, "new": new}
