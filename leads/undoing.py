"""Taking back what was done with many leads at once: another status, or their conversion."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts.boards import wait_for_board
from contacts.hindrances import held_back
from contacts.models import Kind, Person
from contacts.subjects.undoing import Deed
from contacts.timeline.models import Event
from leads.models import Lead, Status
from leads.pipeline import locked_leads
from leads.placing import STANDING


def put_back(deed: Deed) -> int:
    """Give leads back the status they had, and their place, unless they have moved on since; return how many."""
    with transaction.atomic():
        wait_for_board(deed.by.account_id)
        moved = deed.rows.filter(lead__status_since=deed.moment)
        told = _told(deed.events("status_changed", moved))
        leads = [lead for lead in locked_leads(list(told)) if _as_left(lead, deed, told[lead.pk])]
        now = timezone.now()
        events = [_event(lead, told[lead.pk]["was"], deed.by, now) for lead in leads]
        Event.objects.bulk_create(events, batch_size=200)
        _restore(leads, told)
        people = Person.objects.filter(pk__in=[lead.pk for lead in leads])
        people.update(version=F("version") + 1, last_activity_at=now)
    return len(leads)


def unconvert(deed: Deed) -> int:
    """Make leads again of those who were converted, as they stood; return how many.

    Whoever was changed since, or has to stay a contact, stays one.
    """
    with transaction.atomic():
        wait_for_board(deed.by.account_id)
        became = Person.objects.for_account(deed.by.account).contacts().filter(lead__converted_at=deed.moment)
        told = _told(deed.events("converted", became))
        people = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=told).order_by("pk"))
        stay = held_back(people)
        people = [one for one in people if one.version == told[one.pk]["version"] and one.pk not in stay]
        leads = list(Lead.objects.filter(pk__in=[one.pk for one in people]))
        now = timezone.now()
        types = {lead.pk: str(lead.type) for lead in leads}
        events = [_reverted(one, told[one.pk], types[one.pk], deed.by, now) for one in people]
        Event.objects.bulk_create(events, batch_size=200)
        _restore(leads, told)
        found = Person.objects.filter(pk__in=[one.pk for one in people])
        found.update(kind=Kind.LEAD, role="", version=F("version") + 1, last_activity_at=now)
    return len(people)


def _told(events: Any) -> dict[int, dict[str, Any]]:
    return {pk: data for pk, data in events.values_list("person", "data") if "was" in data}


def _as_left(lead: Lead, deed: Deed, told: dict[str, Any]) -> bool:
    """Whether a lead still stands as the deed left it."""
    return lead.status_since == deed.moment and lead.reason == told.get("reason", told["was"]["reason"])


def _restore(leads: list[Lead], told: dict[int, dict[str, Any]]) -> None:
    for lead in leads:
        before = told[lead.pk]["was"]
        lead.status, lead.reason, lead.rank = (before[name] for name in STANDING)
        lead.status_since, lead.converted_at = datetime.fromisoformat(before["since"]), None
    Lead.objects.bulk_update(leads, [*STANDING, "status_since", "converted_at"], batch_size=200)


def _event(lead: Lead, before: dict[str, Any], by: Any, at: datetime) -> Event:
    old, new = str(lead.get_status_display()), str(Status(before["status"]).label)
    changes = [{"field": "status", "old": old, "new": new}]
    if lead.reason != before["reason"]:
        changes.append({"field": "reason", "old": lead.reason, "new": before["reason"]})
    data = {"changes": changes, "old": old, "new": new, "reason": before["reason"]}
    return Event(account_id=lead.account_id, person_id=lead.pk, verb="status_changed", actor=by, at=at, data=data)


def _reverted(person: Person, told: dict[str, Any], kind: str, by: Any, at: datetime) -> Event:
    status = str(Status(told["was"]["status"]).label)
    changes = [
        {"field": "status", "old": str(Status.CONVERTED.label), "new": status},
        {"field": "role", "old": told["role"], "new": ""},
    ]
    was = {"role": person.role, "type": kind}
    data = {"role": told["role"], "version": person.version + 1, "changes": changes, "was": was}
    return Event(account_id=person.account_id, person_id=person.pk, verb="reverted", actor=by, at=at, data=data)
