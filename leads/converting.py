"""Conversion and the way back: one row of a person changes its section, in one transaction; history stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.boards import wait_for_board
from contacts.conversions import offers
from contacts.hindrances import why_not_revert
from contacts.models import Kind, Person, Role
from contacts.timeline.models import Event
from contacts.timeline.recording import record
from leads.models import Lead, LeadType, Source, Stage, Status
from leads.pipeline import Gone, locked, locked_leads, parts
from leads.placing import column, new_lead, place, standing
from tesoro.ranking import top_rank


def proposed_role(lead: Lead) -> str:
    """Return the role that a conversion proposes for one lead; see :func:`proposed_roles`."""
    return proposed_roles([lead])[lead.pk]


def proposed_roles(leads: Sequence[Lead]) -> dict[int, str]:
    """Return the role that a conversion proposes for each lead: that of its type, a buyer becomes a buyer.

    Who was a contact before is proposed as what they were then, unless their type has changed since.
    """
    events = Event.objects.filter(person__in=[lead.pk for lead in leads], verb="reverted").order_by("id")
    known = {pk: data["was"] for pk, data in events.values_list("person", "data") if "was" in data}
    before = {lead.pk: known.get(lead.pk, {}) for lead in leads}
    return {
        lead.pk: before[lead.pk]["role"] if before[lead.pk].get("type") == lead.type else Role(lead.type).value
        for lead in leads
    }


def convert(person: Any, role: str, *, by: Any, also: Mapping[str, Mapping[str, Any]] | None = None) -> Person:
    """Make a contact of a lead and return it; everything that hangs on the person stays where it is.

    ``also`` names what is to be made beside it, of ``contacts.conversions.offers``, with what was answered for each.
    Raises ValidationError at ``role`` when there is no such role, or as an offer does; Gone when the person is no lead
    any more.
    """
    _demand(role)
    with transaction.atomic():
        found = locked(person)
        lead, now = found.lead, timezone.now()
        told = _told(lead, role, found.version + 1)
        lead.status, lead.reason, lead.converted_at = Status.CONVERTED, "", now
        place(lead, ["status"])
        lead.save()
        found.kind, found.role, found.version = Kind.CONTACT, role, found.version + 1
        found.save(update_fields=["kind", "role", "version"])
        record("converted", by=by, person=found, at=now, **told)
        for name, answers in (also or {}).items():
            offers[name].make(found, lead, by, answers)
    return found


def convert_many(people: Any, role: str = "", *, by: Any) -> tuple[int, datetime]:
    """Make contacts of all leads of a queryset, of one account.

    Returns how many there were, and the moment their events share: ``undo`` finds them by it.

    One transaction, of a few statements a thousand. Without ``role`` each gets the one proposed for it. They lie on top
    of the converted in the order in which they were created. Whoever is no lead any more is passed over.
    """
    if role:
        _demand(role)
    with transaction.atomic():
        of_all = parts(people)
        now = timezone.now()
        return sum(_convert_part(part, role, by, now) for part in of_all), now


def _convert_part(ids: list[int], role: str, by: Any, now: datetime) -> int:
    leads = locked_leads(ids)
    if not leads:
        return 0
    roles = dict.fromkeys([lead.pk for lead in leads], role) if role else proposed_roles(leads)
    events = [
        Event(
            account_id=lead.account_id, person_id=lead.pk, verb="converted", actor=by, at=now,
            data={**_told(lead, roles[lead.pk], lead.person.version + 1), "was": standing(lead)},
        )
        for lead in leads
    ]  # fmt: skip
    Event.objects.bulk_create(events, batch_size=200)
    for given in set(roles.values()):
        pks = [pk for pk, one in roles.items() if one == given]
        Person.objects.filter(pk__in=pks).update(
            kind=Kind.CONTACT, role=given, version=F("version") + 1, last_activity_at=now
        )
    top = top_rank(column(leads[0].account_id, Status.CONVERTED))
    Lead.objects.filter(pk__in=roles).update(
        status=Status.CONVERTED, reason="", converted_at=now, status_since=now, rank=top
    )
    return len(leads)


def _demand(role: str) -> None:
    if role not in Role.values:
        raise ValidationError({"role": _("Role is missing.") if not role else _("There is no such role.")})


def _told(lead: Lead, role: str, version: int) -> dict[str, Any]:
    """Return what the event of a conversion tells; the changes are for whoever has the form open meanwhile."""
    status, label = str(lead.get_status_display()), str(Role(role).label)
    changes = [{"field": "status", "old": status, "new": str(Status.CONVERTED.label)}]
    if lead.reason:
        changes.append({"field": "reason", "old": lead.reason, "new": ""})
    changes.append({"field": "role", "old": "", "new": label})
    return {"role": label, "status": status, "version": version, "changes": changes}


def revert(person: Any, *, by: Any) -> Person:
    """Make a lead of a contact again, with status New, and return it.

    Source and stage are those of the original lead; somebody who never was one gets By Person and Hot. Raises
    ValidationError with the reason while something keeps them a contact, Gone when the person is no contact any more.
    """
    with transaction.atomic():
        wait_for_board(person.account_id)
        found = Person.with_trash.select_for_update().get(pk=person.pk)
        if found.in_trash or found.kind != Kind.CONTACT:
            raise Gone(found)
        if reason := why_not_revert(found):
            raise ValidationError(reason, code="hindered")
        now = timezone.now()
        lead = Lead.objects.filter(pk=found.pk).first() or _first(found)
        told = _told_back(lead, found.role, found.version + 1)
        lead.status, lead.reason, lead.converted_at = Status.NEW, "", None
        place(lead, ["status"])
        lead.save()
        found.kind, found.role, found.version = Kind.LEAD, "", found.version + 1
        found.save(update_fields=["kind", "role", "version"])
        record("reverted", by=by, person=found, at=now, **told)
    return found


def _told_back(lead: Lead, role: str, version: int) -> dict[str, Any]:
    """Return what the event of a reversion tells, and what the next conversion proposes: the role that they had."""
    label = str(Role(role).label) if role else ""
    changes = [
        {"field": "status", "old": str(Status.CONVERTED.label), "new": str(Status.NEW.label)},
        {"field": "role", "old": label, "new": ""},
    ]
    return {"role": label, "version": version, "changes": changes, "was": {"role": role, "type": str(lead.type)}}


def _first(person: Person) -> Lead:
    """Return the lead of somebody who never was one."""
    lead = new_lead(person)
    lead.person, lead.source, lead.stage = person, Source.BY_PERSON, Stage.HOT
    if person.role in LeadType.values:
        lead.type = person.role
    return lead
