"""Inviting to a meeting by email, telling of changes, withdrawing: each attendee once for each version.

People are written to by the emails room, so that the mail stands on their timeline; colleagues by a task of ours.
Whoever claims a version for an attendee (:meth:`Attendance.claim`) tells them of it, and nobody else does. What the
mail server refused is told later, a few times; what may have arrived is not repeated.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation

from accounts.mail import Outcome, account_header, deliver, language_of
from contacts.emails.composing import write
from contacts.meetings.ics import Method, invitation
from contacts.meetings.letters import body_of, subject_of
from contacts.meetings.models import Attendance, Meeting
from tesoro.tasks import task

# How long to wait after the first refusal, the second, …; after the last nobody tries again.
WAITS = [timedelta(minutes=minutes) for minutes in (2, 10, 60, 360)]


def invite(meeting: Meeting, *, by: Any) -> None:
    """Invite everybody who attends, or tell them what has changed; who knows this version already is left alone.

    Raises ValidationError when one of them may not be written to. Call it in the command's transaction.
    """
    for attendance in _attending(meeting):
        _tell(meeting, attendance, by, Method.REQUEST)


def renew(meeting: Meeting, *, by: Any) -> list[str]:
    """Invite again whoever was invited before; return the names of those who may not be written to any more."""
    invited = [attendance for attendance in _attending(meeting) if attendance.is_invited]
    return _told_or_named(meeting, invited, by, Method.REQUEST)


def withdraw(meeting: Meeting, attendances: Iterable[Attendance], *, by: Any) -> list[str]:
    """Tell those of ``attendances`` who were invited that it is off for them.

    Returns the names of those who may not be written to any more. Call it in the command's transaction.
    """
    # A colleague's invitation may be with a worker at this moment: the task finds out whether it went.
    invited = [one for one in attendances if one.is_invited or one.user_id]
    return _told_or_named(meeting, invited, by, Method.CANCEL)


def _attending(meeting: Meeting) -> list[Attendance]:
    return list(Attendance.objects.filter(meeting=meeting, deal=None))


def _told_or_named(meeting: Meeting, attendances: Iterable[Attendance], by: Any, method: Method) -> list[str]:
    untold = []
    for attendance in attendances:
        try:
            _tell(meeting, attendance, by, method)
        except ValidationError:
            untold.append(attendance.name)
    return untold


def _tell(meeting: Meeting, attendance: Attendance, by: Any, method: Method) -> None:
    """Queue what the attendee is told. The organiser knows, and what is over concerns nobody."""
    if meeting.is_over or (attendance.user_id and attendance.user_id == meeting.author_id):
        return
    if attendance.user_id:
        Attendance.with_left.filter(pk=attendance.pk).update(mails_refused=0)
        mail_colleague.enqueue(attendance.pk)
    else:
        with transaction.atomic():
            _write(meeting, attendance, by, method)


def _write(meeting: Meeting, attendance: Attendance, by: Any, method: Method) -> None:
    changed = attendance.is_invited
    if not attendance.claim(meeting.sequence):
        return
    with translation.override(meeting.account.language):
        subject, body = subject_of(meeting, method, changed), body_of(meeting, method, changed)
    write(attendance.person, subject=subject, body=body, by=by, calendar=invitation(meeting, attendance, method))


@task
def mail_colleague(attendance_id: int) -> None:
    """Tell a colleague how the meeting stands for them now, unless they know. Never tells the same version twice."""
    claim = _claimed(attendance_id)
    if claim is not None and deliver(claim.message) is Outcome.REFUSED:
        _try_later(claim)


class _Claim(NamedTuple):
    """A version that an attendee is told of now, the one they were told of before, and the mail about it."""

    attendance: Attendance
    sequence: int
    told: int | None
    message: EmailMultiAlternatives


def _claimed(attendance_id: int) -> _Claim | None:
    """Claim the meeting's version for the attendee and return the mail about it; None when there is nothing to say.

    The meeting is held meanwhile: an invitation cannot slip out behind its withdrawal.
    """
    with transaction.atomic():
        attendance = Attendance.with_left.named().filter(pk=attendance_id).first()
        if attendance is None or not attendance.attendee.is_active:
            return None
        meeting = Meeting.with_trash.select_for_update().get(pk=attendance.meeting_id)
        attendance.refresh_from_db(fields=["left_at", "invited_sequence"])
        off = meeting.is_off or attendance.left_at is not None
        told = attendance.invited_sequence
        if meeting.is_over or (off and told is None) or not attendance.claim(meeting.sequence):
            return None
    message = _mail(meeting, attendance, Method.CANCEL if off else Method.REQUEST, told is not None)
    return _Claim(attendance, meeting.sequence, told, message)


def _try_later(claim: _Claim) -> None:
    """Give the claim back, for nothing has left, and queue another try unless there were enough."""
    with transaction.atomic():
        refused = claim.attendance.give_back(claim.sequence, claim.told)
        if 0 < refused <= len(WAITS):
            mail_colleague.using(run_after=timezone.now() + WAITS[refused - 1]).enqueue(claim.attendance.pk)


def _mail(meeting: Meeting, attendance: Attendance, method: Method, changed: bool) -> EmailMultiAlternatives:
    with language_of(attendance.user):
        subject, body = subject_of(meeting, method, changed), body_of(meeting, method, changed)
    message = EmailMultiAlternatives(
        subject,
        body,
        to=[attendance.attendee.email],
        reply_to=[meeting.author.email] if meeting.author else [],
        headers=account_header(meeting.account),
    )
    message.attach_alternative(invitation(meeting, attendance, method), f"text/calendar; method={method}")
    return message
