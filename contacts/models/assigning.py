"""Who looks after whom: many people change hands at once."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts.models.person import Person
from contacts.timeline.recording import record_for


def assign_people(people: Any, to: Any, *, by: Any) -> int:
    """Assign every person of a queryset to ``to``, an active user of the account; return how many changed hands."""
    now = timezone.now()
    with transaction.atomic():
        ids = list(people.exclude(assigned_to=to).select_for_update().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), 1000):
            part = people.model.objects.filter(pk__in=ids[start : start + 1000])
            record_for(part, "assigned", by=by, at=now, to=to.get_full_name())
            part.update(assigned_to=to, version=F("version") + 1)
    return len(ids)


def people_of(user: Any) -> Any:
    """Return the live people assigned to ``user``."""
    return Person.objects.for_account(user.account).filter(assigned_to=user)
