"""Conversion and the way back: one row of a person changes its section, in one transaction; history stays."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.hindrances import why_not_revert
from contacts.models import Kind, Person, Role
from contacts.timeline.recording import record
from leads.models import Lead, LeadType, Source, Stage, Status
from leads.pipeline import Gone, locked
from leads.placing import new_lead, place

# What a conversion offers beside the contact, each with a name and a label: whoever can make it registers here.
# It is called in the transaction of the conversion, with the contact, the lead, who converts, and returns what it made.
offers: dict[str, tuple[Any, Callable[[Person, Lead, Any], Any]]] = {}


def proposed_role(lead: Lead) -> str:
    """Return the role that the lead's type proposes: a buyer becomes a buyer."""
    return Role(lead.type).value


def convert(person: Any, role: str, *, by: Any, also: tuple[str, ...] = ()) -> Person:
    """Make a contact of a lead and return it; everything that hangs on the person stays where it is.

    ``also`` names what is to be made beside it, of ``offers``. Raises ValidationError at ``role`` when there is no such
    role, Gone when the person is no lead any more.
    """
    if role not in Role.values:
        raise ValidationError({"role": _("Role is missing.") if not role else _("There is no such role.")})
    with transaction.atomic():
        found = locked(person)
        lead, status = found.lead, found.lead.get_status_display()
        now = timezone.now()
        lead.status, lead.reason, lead.converted_at = Status.CONVERTED, "", now
        place(lead, ["status"])
        lead.save()
        found.kind, found.role, found.version = Kind.CONTACT, role, found.version + 1
        found.save(update_fields=["kind", "role", "version"])
        record("converted", by=by, person=found, at=now, role=str(Role(role).label), status=str(status))
        for name in also:
            if name in offers:
                offers[name][1](found, lead, by)
    return found


def convert_many(people: Any, role: str = "", *, by: Any) -> int:
    """Make contacts of all leads of a queryset, in one transaction; return how many there were.

    Without ``role`` each gets the one that its type proposes. Whoever is no lead any more is passed over.
    """
    count = 0
    with transaction.atomic():
        for person in people.select_related("lead").order_by("pk").iterator(chunk_size=500):
            with suppress(Gone):
                convert(person, role or proposed_role(person.lead), by=by)
                count += 1
    return count


def revert(person: Any, *, by: Any) -> Person:
    """Make a lead of a contact again, with status New, and return it.

    Source and stage are those of the original lead; somebody who never was one gets By Person and Hot. Raises
    ValidationError with the reason while something keeps them a contact, Gone when the person is no contact any more.
    """
    with transaction.atomic():
        found = Person.with_trash.select_for_update().get(pk=person.pk)
        if found.in_trash or found.kind != Kind.CONTACT:
            raise Gone(found)
        if reason := why_not_revert(found):
            raise ValidationError(reason, code="hindered")
        role, now = found.role, timezone.now()
        lead = Lead.objects.filter(pk=found.pk).first() or _first(found)
        lead.status, lead.reason, lead.converted_at = Status.NEW, "", None
        place(lead, ["status"])
        lead.save()
        found.kind, found.role, found.version = Kind.LEAD, "", found.version + 1
        found.save(update_fields=["kind", "role", "version"])
        record("reverted", by=by, person=found, at=now, role=str(Role(role).label) if role else "")
    return found


def _first(person: Person) -> Lead:
    """Return the lead of somebody who never was one."""
    lead = new_lead(person)
    lead.person, lead.source, lead.stage = person, Source.BY_PERSON, Stage.HOT
    if person.role in LeadType.values:
        lead.type = person.role
    return lead
