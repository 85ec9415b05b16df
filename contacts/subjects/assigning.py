"""Who looks after what: many records change hands at once."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts.subjects.trashing import CHUNK
from contacts.timeline.recording import record_for


def assign_records(rows: Any, to: Any, *, by: Any) -> int:
    """Assign every row of a queryset to ``to``, an active user of the account; return how many changed hands."""
    now = timezone.now()
    with transaction.atomic():
        ids = list(rows.exclude(assigned_to=to).select_for_update().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), CHUNK):
            part = rows.model.objects.filter(pk__in=ids[start : start + CHUNK])
            record_for(part, "assigned", by=by, at=now, to=to.get_full_name())
            part.update(assigned_to=to, version=F("version") + 1)
    return len(ids)
