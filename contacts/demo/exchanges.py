"""What happened between the office and a person: emails, calls, messages, tasks, meetings, files.

Each is one fact of the chronicle with the row that stands behind it, stored when the fact has its event.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.core.files.base import ContentFile

from contacts.attachments.models import Attachment
from contacts.calls.models import Call
from contacts.calls.models.call import Outcome, Progress
from contacts.demo.talk import CALL_NOTES, CHATS, DOCUMENTS, EMAILS, MEETINGS, STRANGERS, TASKS
from contacts.emails.models import Conversation, Direction, Email
from contacts.lines.models import Stray
from contacts.meetings.models import Attendance, Meeting
from contacts.messaging.models import Channel, Message
from contacts.models import Person
from contacts.tasks.models import Priority, Task
from tesoro.outbox import State

# What can happen, and how often among a hundred things.
EXCHANGES = {
    "emailed": 8, "email_received": 6, "called": 4, "call_logged": 5, "call_received": 2, "whatsapp_sent": 4,
    "whatsapp_received": 4, "sms_sent": 2, "sms_received": 1, "task_added": 5, "meeting_planned": 4, "attached": 1,
}  # fmt: skip
# libphonenumber's own examples, of three countries.
EXAMPLE_NUMBERS = ["+351912345678", "+353850123456", "+4534412345"]
INCOMING = {"email_received", "call_received", "whatsapp_received", "sms_received"}


def exchange(verb: str, rng: Random, person: Any, agent: Any, at: datetime) -> Any:
    """Return the row behind an event of this verb, not stored and without its event."""
    if verb in ("emailed", "email_received"):
        return _email(verb, rng, person, at)
    if verb in ("called", "call_logged", "call_received"):
        return _call(verb, rng, person, at)
    if verb.startswith(("whatsapp", "sms")):
        return _message(verb, rng, person, at)
    if verb == "task_added":
        return _task(rng, agent, at)
    if verb == "meeting_planned":
        return meeting(rng, person.account, agent, at + timedelta(days=rng.randint(1, 9)))
    return _attachment(rng, person)


def _email(verb: str, rng: Random, person: Any, at: datetime) -> Email:
    subject, text, answer = rng.choice(EMAILS)
    ours = verb == "emailed"
    addresses = [person.account.email, str(person.email)]
    sender, recipient = addresses if ours else reversed(addresses)
    return Email(
        conversation=Conversation(account=person.account, person=person, subject=subject, created_at=at),
        direction=Direction.OUT if ours else Direction.IN,
        subject=subject if ours else f"Re: {subject}",
        body=text if ours else answer,
        sender=sender,
        recipient=recipient,
        message_id=f"<{rng.getrandbits(96):024x}@example.com>",
        state=State.SENT if ours else State.RECEIVED,
        sent_at=at,
    )


def _call(verb: str, rng: Random, person: Any, at: datetime) -> Call:
    reached = rng.random() < 0.7
    by_hand = verb == "call_logged"
    return Call(
        incoming=verb == "call_received",
        by_hand=by_hand,
        number=person.phone.as_e164,
        started_at=at,
        seconds=rng.randint(35, 900) if reached else None,
        outcome=Outcome.REACHED if reached else rng.choice([Outcome.NO_ANSWER, Outcome.VOICEMAIL]),
        progress="" if by_hand else Progress.COMPLETED if reached else Progress.NO_ANSWER,
        note=rng.choice(CALL_NOTES) if reached else "",
        state=State.RECEIVED if verb == "call_received" else State.SENT,
    )


def _message(verb: str, rng: Random, person: Any, at: datetime) -> Message:
    ours, theirs = rng.choice(CHATS)
    incoming = verb in INCOMING
    state = State.RECEIVED if incoming else rng.choice([State.DELIVERED, State.READ])
    return Message(
        channel=Channel.WHATSAPP if verb.startswith("whatsapp") else Channel.SMS,
        incoming=incoming,
        number=person.whatsapp_number if verb.startswith("whatsapp") else person.phone.as_e164,
        body=theirs if incoming else ours,
        state=state if verb.startswith("whatsapp") or incoming else State.DELIVERED,
        moved_at=at,
    )


def _task(rng: Random, agent: Any, at: datetime) -> Task:
    due = (at + timedelta(days=rng.randint(0, 6))).date()
    return Task(title=rng.choice(TASKS), due_on=due, priority=rng.choice(Priority.values), assigned_to=agent)


def meeting(rng: Random, account: Any, agent: Any, day: datetime) -> Meeting:
    """Return a meeting on a day, in office hours, not stored."""
    title, kind, place = rng.choice(MEETINGS)
    start = day.replace(hour=rng.randint(8, 16), minute=rng.choice([0, 0, 30]), second=0, microsecond=0)
    ends = start + timedelta(minutes=rng.choice([30, 45, 60, 90]))
    return Meeting(account=account, title=title, kind=kind, place=place, starts_at=start, ends_at=ends, author=agent)


def _attachment(rng: Random, person: Any) -> Attachment:
    name, text = rng.choice(DOCUMENTS)
    row = Attachment(account=person.account, name=name, size=len(text.encode()))
    row.file.save(name, ContentFile(text.encode()), save=False)
    return row


def knock(account: Any, now: datetime) -> None:
    """Let three who are in nobody's books call and write: they wait in the inbox."""
    taken = set(Person.with_trash.for_account(account).values_list("phone", flat=True))
    for number, (kind, hours, text) in enumerate(STRANGERS):
        caller = EXAMPLE_NUMBERS[number % len(EXAMPLE_NUMBERS)]
        if caller not in taken:
            at = now - timedelta(hours=hours)
            data = {"ended": Progress.NO_ANSWER} if kind == "call" else {}
            Stray.objects.create(
                account=account, kind=kind, number=caller, body=text, sid=f"demo-{number}", at=at, data=data
            )


def store(told: Iterable[tuple[Any, Any, Any]]) -> None:
    """Write the rows of (fact, person, event), a statement a table."""
    rows: dict[type, list[Any]] = defaultdict(list)
    for fact, person, event in told:
        if isinstance(fact.row, Meeting):
            rows[Meeting].append(fact.row)
            of = {"account": person.account, "meeting": fact.row}
            rows[Attendance] += [Attendance(person=person, event=event, **of), Attendance(user=fact.row.author, **of)]
        elif fact.row is not None:
            row = fact.row
            row.account_id = person.account_id
            row.event, row.person, row.author, row.created_at = event, person, event.actor, fact.at
            rows[type(row)].append(row)
    rows[Conversation] = [email.conversation for email in rows[Email]]
    # Meetings before who attends them; what rooms above keep comes in any order.
    ours: list[Any] = [Conversation, Email, Call, Message, Task, Meeting, Attendance, Attachment]
    for model in [*ours, *(model for model in rows if model not in ours)]:
        model._base_manager.bulk_create(rows[model], batch_size=500)
