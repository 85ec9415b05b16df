"""Planning a meeting, changing it, calling it off: its row, its attendees, their events, in one transaction.

Who must hear of it is told in the same transaction, by what :mod:`contacts.meetings.invitations` queues.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.meetings import invitations
from contacts.meetings.models import Attendance, Meeting
from contacts.timeline.models import Event
from contacts.timeline.recording import record

# A new version for calendar programs; what else changes is nothing one is invited to anew for.
SIGNIFICANT = ["title", "starts_at", "ends_at", "place"]
EDITABLE = [*SIGNIFICANT, "kind", "details"]


def plan(meeting: Meeting, *, people: Iterable[Any], colleagues: Iterable[Any], by: Any, invite: bool = False) -> None:
    """Plan a meeting that ``by`` organises and attends, with the event of each person who attends.

    With ``invite`` they are written to; raises ValidationError when one of them may not be.
    """
    with transaction.atomic():
        meeting.author = by
        meeting.save()
        _attend(meeting, people, [by, *colleagues], by)
        if invite:
            invitations.invite(meeting, by=by)


def revise(meeting: Meeting, *, people: Iterable[Any], colleagues: Iterable[Any], by: Any, invite: bool) -> list[str]:
    """Store the changed fields and attendees of a meeting, or raise PermissionDenied.

    Who is taken off hears of it, if they were invited; with ``invite`` the others do too, and ValidationError is raised
    when one of them may not be written to. Returns the names of those who should be told and may not be.
    """
    meeting.demand(by)
    with transaction.atomic():
        stored = _locked(meeting)
        came, left = _attend(meeting, people, [*([meeting.author] if meeting.author else []), *colleagues], by)
        changed = [name for name in EDITABLE if getattr(stored, name) != getattr(meeting, name)]
        meeting.sequence = stored.sequence
        if came or left or not set(changed).isdisjoint(SIGNIFICANT):
            meeting.sequence += 1
        if changed or came or left:
            meeting.changed_at = timezone.now()
            meeting.save(update_fields=[*EDITABLE, "sequence", "changed_at"])
            _record(meeting, "meeting_changed", by, but=came)
        untold = invitations.withdraw(meeting, left, by=by)
        if invite:
            invitations.invite(meeting, by=by)
    return untold


def cancel(meeting: Meeting, *, by: Any) -> list[str]:
    """Call the meeting off and withdraw its invitations, or raise PermissionDenied. It is kept, struck through.

    Returns the names of those who were invited and may not be told.
    """
    meeting.demand(by)
    with transaction.atomic():
        if _locked(meeting).is_cancelled:  # somebody pressed twice, or two at once
            return []
        meeting.cancelled_at = timezone.now()
        _new_version(meeting, "cancelled_at")
        _record(meeting, "meeting_cancelled", by)
        return invitations.withdraw(meeting, meeting.attendances.all(), by=by)


def trash(meeting: Meeting, *, by: Any) -> list[str]:
    """Move the meeting to the trash and off every timeline, and withdraw its invitations, or raise PermissionDenied.

    Returns the names of those who were invited and may not be told.
    """
    meeting.demand(by)
    with transaction.atomic():
        stored = _locked(meeting)
        if stored.in_trash:
            return []
        meeting.deleted_at, meeting.deleted_by = timezone.now(), by
        _new_version(meeting, "deleted_at", "deleted_by")
        _show(meeting, False)
        return [] if stored.is_cancelled else invitations.withdraw(meeting, meeting.attendances.all(), by=by)


def restore(meeting: Meeting, *, by: Any) -> list[str]:
    """Take the meeting out of the trash, back to every timeline; who was invited is invited again.

    Raises PermissionDenied. Returns the names of those who were invited and may not be told.
    """
    meeting.demand(by)
    with transaction.atomic():
        if not _locked(meeting).in_trash:
            return []
        meeting.deleted_at = meeting.deleted_by = None
        _new_version(meeting, "deleted_at", "deleted_by")
        _show(meeting, True)
        return [] if meeting.is_cancelled else invitations.renew(meeting, by=by)


def _locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it is stored, held until the transaction ends."""
    stored: Meeting = Meeting.with_trash.select_for_update().get(pk=meeting.pk)
    return stored


def _new_version(meeting: Meeting, *fields: str) -> None:
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    meeting.save(update_fields=[*fields, "sequence", "changed_at"])


def _attend(
    meeting: Meeting, people: Iterable[Any], users: Iterable[Any], by: Any
) -> tuple[list[Attendance], list[Attendance]]:
    """Make these people and users, and nobody else, attend; return who came and who was taken off.

    A person who lies in the trash stands in no form: they stay as they are.
    """
    wanted = {("person", person.pk): person for person in people} | {("user", user.pk): user for user in users}
    known = {_key(one): one for one in Attendance.with_left.named().filter(meeting=meeting)}
    staying = [one for key, one in known.items() if one.left_at is None]
    left = [one for one in staying if _key(one) not in wanted and not (one.person_id and one.person.in_trash)]
    came = [_join(meeting, kind, who, known.get((kind, pk)), by) for (kind, pk), who in wanted.items()]
    for attendance in left:
        attendance.show(timezone.now())
    return [one for one in came if one is not None], left


def _join(meeting: Meeting, kind: str, who: Any, known: Attendance | None, by: Any) -> Attendance | None:
    """Make somebody attend, with an event if they are a person; None when they do already."""
    if known is not None and known.left_at is None:
        return None
    if known is not None:
        known.show(None)
        return known
    event = record("meeting_planned", by=by, person=who) if kind == "person" else None
    return Attendance.objects.create(account_id=meeting.account_id, meeting=meeting, event=event, **{kind: who})


def _key(attendance: Attendance) -> tuple[str, int | None]:
    return ("person", attendance.person_id) if attendance.person_id else ("user", attendance.user_id)


def _record(meeting: Meeting, verb: str, by: Any, but: Iterable[Attendance] = ()) -> None:
    """Write an event for every person who attends, except those who have just come: theirs says so already."""
    new = {attendance.pk for attendance in but}
    for attendance in meeting.attendances.all():
        if attendance.person_id and attendance.pk not in new:
            record(verb, by=by, person=attendance.person, title=meeting.title)


def _show(meeting: Meeting, shown: bool) -> None:
    attending = Attendance.objects.filter(meeting=meeting).order_by()
    Event.objects.filter(pk__in=attending.values("event_id")).update(shown=shown)
