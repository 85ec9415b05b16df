"""Click to call: Twilio rings the agent, then the client. A worker has it placed, at most once by itself."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.calls.models import Call, Progress
from contacts.calls.models.progress import FAR_ENDED, NEAR_ENDED
from contacts.calls.tasks import place
from contacts.lines.asking import NotSent, Sending, ask
from contacts.lines.client import connect, line_of
from contacts.lines.hooks import hook_url
from contacts.lines.models import Line
from contacts.timeline.models import Event
from contacts.timeline.recording import record, settle_activity
from tesoro.outbox import State, claim

RING_SECONDS = 30
LEG_EVENTS = ["initiated", "ringing", "answered", "completed"]
# Two clicks on one button are one call.
TWICE = timedelta(seconds=20)


def demand_callable(person: Any, by: Any) -> Line:
    """Return the line over which ``by`` may call ``person``.

    Raises ValidationError with a code: "do_not_contact", "no_line", "no_phone" (the agent's own, which rings first).
    """
    person.demand_contactable()
    line = line_of(person.account_id)
    if line is None or not line.call_number:
        raise ValidationError(_("Calls can be made from here once an admin has connected Twilio."), code="no_line")
    if not by.phone:
        raise ValidationError(_("To call from here, enter your phone number: it rings first."), code="no_phone")
    return line


def call(person: Any, *, by: Any, note: str = "") -> Call:
    """Queue a call to ``person`` with its event, in one transaction; a second click within moments gives the same call.

    Raises ValidationError as ``demand_callable`` does.
    """
    demand_callable(person, by)
    with transaction.atomic():
        type(person).with_trash.select_for_update().get(pk=person.pk)
        just_now = Call.objects.filter(person=person, author=by, by_hand=False, incoming=False, step__lt=NEAR_ENDED)
        same = just_now.filter(created_at__gt=timezone.now() - TWICE).exclude(state=State.FAILED).first()
        if same is not None:
            return same
        event = record("called", by=by, person=person)
        queued = Call.objects.create(
            account_id=person.account_id, event=event, person=person, author=by, number=str(person.phone.as_e164),
            note=note, started_at=event.at,
        )  # fmt: skip
        place.enqueue(queued.pk)
    return queued


def call_again(row: Call, *, by: Any) -> bool:
    """Queue a call that failed, or of which nobody knows, once more; False when it is on its way already.

    Its author alone may, whose phone rings. Raises PermissionDenied, and ValidationError as ``demand_callable`` does.
    """
    if by.pk != row.author_id:
        raise PermissionDenied
    demand_callable(row.person, by)
    with transaction.atomic():
        if not row.send_again(place):
            return False
        row.step, row.progress, row.sid, row.number = 0, "", "", str(row.person.phone.as_e164)
        row.save(update_fields=["step", "progress", "sid", "number"])
        move(row, timezone.now())
    return True


def took_place(row: Call, *, by: Any) -> bool:
    """Note that a call of unknown state was made after all; False when its state is known by now.

    Raises PermissionDenied unless ``by`` may change the call.
    """
    row.demand(by)
    return row.confirm(progress=Progress.COMPLETED, step=FAR_ENDED)


def move(row: Call, at: datetime) -> None:
    """Let a call, and its event, have taken place at ``at``. Call it in a transaction."""
    Call.with_trash.filter(pk=row.pk).update(started_at=at)
    Event.objects.filter(pk=row.event_id).update(at=at)
    settle_activity(row.person)
    row.started_at = at


def carry_out(pk: int) -> None:
    """Ask Twilio to place a queued call. Whoever asked may have been silenced, deleted or disconnected meanwhile."""
    row = claim(Call, pk)
    if row is None:
        return
    with translation.override(row.account.language), timezone.override(row.account.zone):
        try:
            answer = ask(lambda: _sending(row), f"Call {pk}")
        except NotSent as how:
            row.settle(how.state, how.words)
        else:
            row.settle(State.SENT, sid=answer.sid)


def _sending(row: Call) -> Sending:
    """Return what places the call, and what it is given. Raises ValidationError when it must not be placed any more."""
    if row.in_trash or row.person.in_trash or row.author is None or not row.author.is_active:
        raise ValidationError(now_("Deleted before it was placed."))
    line = demand_callable(row.person, row.author)
    where = {"pk": row.pk, "attempt": row.attempt}
    return connect(line).calls.create, {
        "to": row.author.phone.as_e164,
        "from_": line.call_number.as_e164,  # type: ignore[attr-defined]
        "url": hook_url("calls:twiml", line, **where),
        "status_callback": hook_url("calls:status", line, **where),
        "status_callback_event": LEG_EVENTS,
        "timeout": RING_SECONDS,
    }
