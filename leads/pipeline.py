"""Moving leads along the pipeline: another status, another place in a column of the board."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.boards import wait_for_board
from contacts.models import Kind, Person
from contacts.timeline.models import Event
from leads.models import Lead, Status
from leads.placing import column, standing
from tesoro import ranking
from tesoro.ranking import Place, rank_again, rank_at, top_rank

CHUNK = 1000
CONVERT_INSTEAD = _("Convert the lead instead.")


class Gone(Exception):
    """The person is no lead any more, or lies in the trash. ``person`` is what they are now."""

    def __init__(self, person: Person) -> None:
        super().__init__("no lead any more")
        self.person = person


def locked(person: Any) -> Person:
    """Return the person behind a lead, locked, after the board. Raises Gone when they are no lead any more."""
    wait_for_board(person.account_id)
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
        raise ValidationError({"status": CONVERT_INSTEAD})
    with transaction.atomic():
        found = locked(person)
        found.lead.status, found.lead.reason = status, reason
        return found.revise(by=by, version=found.version, only=["status", "reason"])


def place_of(lead: Lead) -> Place:
    """Return where a lead stands, so that it can be put back there."""
    return ranking.place_of(column(lead.account_id, lead.status), lead, lead.status)


def arrange(person: Any, place: Place, *, by: Any, was: Mapping[str, Any] | None = None) -> list[dict[str, str]]:
    """Put a lead into a column before the lead that ``place`` names, else behind the one it names, else on top.

    A neighbour that has left the column counts as not named. Of two who arrange at once both succeed, and all see one
    order. ``was`` is how the lead stood in that column before, as ``standing`` tells it: it gets its rank and its day
    back. Returns and raises what ``move`` does.
    """
    with transaction.atomic():
        changes = move(person, place.lane, by=by, reason=place.reason)
        others = column(person.account_id, place.lane).exclude(pk=person.pk)
        rank = rank_again(others, was["rank"], place) if was else rank_at(others, place)
        since = {"status_since": datetime.fromisoformat(was["since"])} if was else {}
        Lead.objects.filter(pk=person.pk).update(rank=rank, **since)
    return changes


def parts(people: Any) -> list[list[int]]:
    """Return the keys of people of one account, a thousand at a time, once the account's board is ours to change."""
    ids = []
    if (account_id := people.order_by("pk").values_list("account", flat=True).first()) is not None:
        wait_for_board(account_id)
        ids = list(people.filter(account=account_id).order_by("pk").values_list("pk", flat=True))
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]


def locked_leads(ids: list[int]) -> list[Lead]:
    """Return the leads with these keys, each with its person, who is locked; whoever is none any more is left out."""
    rows = Person.objects.leads().filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    people = {person.pk: person for person in rows.only("pk", "account", "version")}
    leads = list(Lead.objects.filter(pk__in=people).order_by("pk"))
    for lead in leads:
        lead.person = people[lead.pk]
    return leads


def move_many(people: Any, status: str, *, by: Any, reason: str = "") -> tuple[int, datetime]:
    """Give every lead of a queryset, of one account, another status.

    Returns to how many it was new, and the moment their events share: ``undo`` finds them by it.

    One transaction, of a few statements a thousand. They lie on top of that column in the order in which they were
    created. Raises what ``move`` raises for one; who is no lead any more is left out.
    """
    reason = _judged(status, reason)
    with transaction.atomic():
        of_all = parts(people)
        now = timezone.now()
        return sum(_move_part(part, status, reason, by, now) for part in of_all), now


def _judged(status: str, reason: str) -> str:
    """Return the reason as it is stored, or raise ValidationError by field."""
    if status == Status.CONVERTED:
        raise ValidationError({"status": CONVERT_INSTEAD})
    lead = Lead(status=status, reason=reason)
    lead.full_clean(
        exclude={field.name for field in Lead._meta.fields} - {"status", "reason"}, validate_constraints=False
    )
    return lead.reason


def _move_part(ids: list[int], status: str, reason: str, by: Any, now: Any) -> int:
    leads = [lead for lead in locked_leads(ids) if lead.status != status]
    if not leads:
        return 0
    Event.objects.bulk_create([_event(lead, status, reason, by, now) for lead in leads], batch_size=200)
    pks = [lead.pk for lead in leads]
    Person.objects.filter(pk__in=pks).update(version=F("version") + 1, last_activity_at=now)
    top = top_rank(column(leads[0].account_id, status))
    Lead.objects.filter(pk__in=pks).update(status=status, reason=reason, status_since=now, rank=top)
    return len(leads)


def _event(lead: Lead, status: str, reason: str, by: Any, at: Any) -> Event:
    """Return the event that ``move`` would have written."""
    old, new = str(lead.get_status_display()), str(Status(status).label)
    changes = [{"field": "status", "old": old, "new": new}]
    if lead.reason != reason:
        changes.append({"field": "reason", "old": lead.reason, "new": reason})
    words = {"old": old, "new": new, **{change["field"]: change["new"] for change in changes[1:]}}
    data = {"changes": changes, **words, "was": standing(lead)}
    return Event(account_id=lead.account_id, person_id=lead.pk, verb="status_changed", actor=by, at=at, data=data)
