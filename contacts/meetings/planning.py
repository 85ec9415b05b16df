"""Planning a meeting, changing it, calling it off: its row, its attendees, their events, in one transaction.

Who must hear of it is told in the same transaction, by what :mod:`contacts.meetings.invitations` queues.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.meetings import invitations
from contacts.meetings.models import Attendance, Meeting
from contacts.timeline.recording import record
from tesoro.opened import Marks, merge

# A new version for calendar programs; what else changes is nothing one is invited to anew for.
SIGNIFICANT = ["title", "starts_at", "ends_at", "place"]
# What a form changes; a start and an end are one decision.
REVISED = [["title"], ["starts_at", "ends_at"], ["place"], ["kind"], ["details"]]
ATTENDEES = "attendees"  # the mark of who attended when a form was opened: their keys


def plan(
    meeting: Meeting,
    *,
    people: Iterable[Any],
    colleagues: Iterable[Any],
    by: Any,
    invite: bool = False,
    deal: Any = None,
) -> None:
    """Plan a meeting that ``by`` organises and attends, with the event of each person who attends, and of ``deal``.

    With ``invite`` they are written to; raises ValidationError when one of them may not be.
    """
    with transaction.atomic():
        meeting.author = by
        meeting.save()
        if deal is not None:
            _join(meeting, "deal", deal, None, by)
        _attend(meeting, people, [by, *colleagues], by)
        if invite:
            invitations.invite(meeting, by=by)


def revise(
    meeting: Meeting,
    *,
    people: Iterable[Any],
    colleagues: Iterable[Any],
    by: Any,
    invite: bool,
    opened: Marks | None = None,
) -> list[str]:
    """Store the changed fields and attendees of a meeting, or raise PermissionDenied.

    ``opened`` are the marks of what the user saw: beside it, what others changed meanwhile stays. Raises Overtaken
    where they changed the same, and ValidationError with the code "off" when they called the meeting off.

    Who is taken off hears of it, if they were invited; with ``invite`` the others do too, and ValidationError is raised
    when one of them may not be written to. Returns the names of those who should be told and may not be.
    """
    meeting.demand(by)
    with transaction.atomic():
        stored = _locked(meeting)
        _demand_on(stored)
        changed = merge(meeting, stored, opened or {}, REVISED)
        team = [*([meeting.author] if meeting.author else []), *colleagues]
        came, left = _attend(meeting, people, team, by, seen=(opened or {}).get(ATTENDEES))
        if came or left or not set(changed).isdisjoint(SIGNIFICANT):
            meeting.sequence += 1
        if changed or came or left:
            meeting.changed_at = timezone.now()
            meeting.save(update_fields=[*changed, "sequence", "changed_at"])
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
        if _locked(meeting).is_off:  # somebody pressed twice, or two at once
            return []
        meeting.cancelled_at = timezone.now()
        _new_version(meeting, "cancelled_at")
        _record(meeting, "meeting_cancelled", by)
        return invitations.withdraw(meeting, meeting.attendees, by=by)


def trash(meeting: Meeting, *, by: Any) -> list[str]:
    """Move the meeting to the trash and off every timeline, and withdraw its invitations, or raise PermissionDenied.

    Returns the names of those who were invited and may not be told.
    """
    meeting.demand(by)
    with transaction.atomic():
        stored = _locked(meeting)
        if stored.in_trash:
            return []
        meeting.put_away(by=by)
        _new_version(meeting)
        Attendance.objects.show_events(meeting, shown=False)
        return [] if stored.is_cancelled else invitations.withdraw(meeting, meeting.attendees, by=by)


def restore(meeting: Meeting, *, by: Any) -> list[str]:
    """Take the meeting out of the trash, back to every timeline; who was invited is invited again.

    Raises PermissionDenied. Returns the names of those who were invited and may not be told.
    """
    meeting.demand(by)
    with transaction.atomic():
        stored = _locked(meeting)
        if not stored.in_trash:
            return []
        meeting.take_back()
        _new_version(meeting)
        Attendance.objects.show_events(meeting, shown=True)
        return [] if stored.is_cancelled else invitations.renew(meeting, by=by)


def _locked(meeting: Meeting) -> Meeting:
    """Return the meeting as it is stored, held until the transaction ends; ``meeting`` takes over its version."""
    stored: Meeting = Meeting.with_trash.select_for_update().get(pk=meeting.pk)
    meeting.sequence = stored.sequence
    return stored


def _demand_on(stored: Meeting) -> None:
    """Raise ValidationError when the meeting does not take place: nobody is to be invited to it again."""
    if stored.in_trash:
        raise ValidationError(_("This meeting was deleted meanwhile. Nothing was saved or sent."), code="off")
    if stored.is_cancelled:
        text = _("This meeting was called off meanwhile. Nothing was saved or sent: plan a new one.")
        raise ValidationError(text, code="off")


def attendees_mark(attendances: Iterable[Attendance]) -> str:
    """Return the mark of who attends, by which a form tells whom its user put on or took off."""
    return " ".join(f"{kind}:{pk}" for kind, pk in map(_key, attendances))


def _new_version(meeting: Meeting, *fields: str) -> None:
    meeting.sequence += 1
    meeting.changed_at = timezone.now()
    meeting.save(update_fields=[*fields, "sequence", "changed_at"])


def _attend(
    meeting: Meeting, people: Iterable[Any], users: Iterable[Any], by: Any, seen: str | None = None
) -> tuple[list[Attendance], list[Attendance]]:
    """Make these people and users, and nobody else, attend; return who came and who was taken off. Deals stay.

    With ``seen``, the mark of who attended when the form was opened, whom somebody else put on or took off since stays
    so. A person who lies in the trash stands in no form: they stay as they are.
    """
    wanted = {("person", person.pk): person for person in people} | {("user", user.pk): user for user in users}
    known = {_key(one): one for one in Attendance.with_left.named().filter(meeting=meeting, deal=None)}
    staying = [one for one in known.values() if one.left_at is None]
    before = set(attendees_mark(staying).split() if seen is None else seen.split())
    left = [
        one
        for one in staying
        if _key(one) not in wanted and attendees_mark([one]) in before and not (one.person_id and one.person.in_trash)
    ]
    wanted = {key: who for key, who in wanted.items() if f"{key[0]}:{key[1]}" not in before}
    came = [_join(meeting, kind, who, known.get((kind, pk)), by) for (kind, pk), who in wanted.items()]
    for attendance in left:
        attendance.show(timezone.now())
    return [one for one in came if one is not None], left


def _join(meeting: Meeting, kind: str, who: Any, known: Attendance | None, by: Any) -> Attendance | None:
    """Make somebody attend, or a deal be among it, with an event unless they are a user; None when they do already."""
    if known is not None and known.left_at is None:
        return None
    if known is not None:
        known.show(None)
        return known
    event = record("meeting_planned", by=by, **who.about) if kind != "user" else None
    return Attendance.objects.create(account_id=meeting.account_id, meeting=meeting, event=event, **{kind: who})


def _key(attendance: Attendance) -> tuple[str, int | None]:
    return ("person", attendance.person_id) if attendance.person_id else ("user", attendance.user_id)


def _record(meeting: Meeting, verb: str, by: Any, but: Iterable[Attendance] = ()) -> None:
    """Write an event for every deal and every person, except those who have just come: theirs says so already."""
    new = {attendance.pk for attendance in but}
    for attendance in meeting.attendances.all():
        if not attendance.user_id and attendance.pk not in new:
            # By the meeting's key these lines are found again when it goes to the trash.
            record(verb, by=by, title=meeting.title, meeting=meeting.pk, **attendance.attendee.about)
