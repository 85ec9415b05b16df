"""Who looks after what: many records change hands at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts.subjects.trashing import CHUNK
from contacts.timeline.recording import record_for


def assign_records(rows: Any, to: Any, *, by: Any) -> tuple[int, datetime]:
    """Assign every row of a queryset to ``to``, an active user of the account.

    Returns how many changed hands, and the moment their events share: ``undo`` finds them by it.
    """
    now = timezone.now()
    with transaction.atomic():
        ids = list(rows.exclude(assigned_to=to).select_for_update().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            part = rows.model.objects.filter(pk__in=ids[start : start + CHUNK])
            # Whose they were is told too, so that it can be taken back.
            for agent in list(part.order_by().values_list("assigned_to", flat=True).distinct()):
                theirs = part.filter(assigned_to=agent)
                record_for(theirs, "assigned", by=by, at=now, to=to.get_full_name(), was=agent)
            part.update(assigned_to=to, version=F("version") + 1)
    return len(ids), now


def assigned_before(events: Any, subject: str) -> dict[int | None, list[int]]:
    """Return by the keys of agents the keys of those that were theirs before these events; by None nobody's."""
    found: dict[int | None, list[int]] = {}
    for pk, data in events.values_list(subject, "data"):
        found.setdefault(data.get("was"), []).append(pk)
    return found
