"""Moving leads along the pipeline: another status, another place in a column of the board."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models import Kind, Person
from leads.models import Lead, Status
from leads.placing import column
from tesoro.ranking import rank_before


class Gone(Exception):
    """The person is no lead any more, or lies in the trash. ``person`` is what they are now."""

    def __init__(self, person: Person) -> None:
        super().__init__("no lead any more")
        self.person = person


def locked(person: Any) -> Person:
    """Return the person behind a lead, locked. Raises Gone when they are no lead any more."""
    found = Person.with_trash.select_for_update().get(pk=person.pk)
    if found.in_trash or found.kind != Kind.LEAD:
        raise Gone(found)
    return found


def move(person: Any, status: str, *, by: Any, reason: str = "") -> list[dict[str, str]]:
    """Give a lead another status; it lies on top of that column. Returns the changes, as ``revise`` does.

    Raises ValidationError by field: an unknown status, Converted (which is reached by converting), a missing reason.
    Raises Gone when the person is no lead any more.
    """
    if status == Status.CONVERTED:
        raise ValidationError({"status": _("Convert the lead instead.")})
    with transaction.atomic():
        found = locked(person)
        found.lead.status, found.lead.reason = status, reason
        return found.revise(by=by, version=found.version, only=["status", "reason"])


def arrange(person: Any, status: str, before: int | None, *, by: Any, reason: str = "") -> list[dict[str, str]]:
    """Put a lead into a column before the lead ``before``, or at its end when that is None or not there any more.

    Of two who arrange at once both succeed, and all see one order. Raises what ``move`` raises.
    """
    with transaction.atomic():
        changes = move(person, status, by=by, reason=reason)
        others = column(person.account_id, status).exclude(pk=person.pk)
        rank = rank_before(others, others.filter(pk=before).first() if before else None)
        Lead.objects.filter(pk=person.pk).update(rank=rank)
    return changes


def move_many(people: Any, status: str, *, by: Any, reason: str = "") -> int:
    """Give every lead of a queryset another status, in one transaction; return to how many it was new."""
    with transaction.atomic():
        return sum(1 for person in people.order_by("pk") if move(person, status, by=by, reason=reason))
