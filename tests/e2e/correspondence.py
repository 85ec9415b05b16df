"""What was said between an office and a person, in every state it can be in, for every page to show."""

from django.utils import timezone

from contacts.calls.by_hand import log_call
from contacts.calls.models import Call
from contacts.emails.composing import write
from contacts.emails.models import BouncedAddress, Email, MailServer
from contacts.lines.models import StrayKind
from contacts.lines.strangers import keep
from contacts.messaging.models import Channel, Message, Template
from contacts.messaging.receiving import receive
from contacts.timeline.recording import record
from tesoro.outbox import State
from tests.factories import LineFactory

HTML = "<p>Guten Tag,</p><table><tr><td>Besichtigung</td><td>Samstag</td></tr></table><img src='https://example.com/a'>"


def correspond(person, by, text):
    """Write, call, text and be answered."""
    account, line = person.account, LineFactory(account=person.account)
    MailServer.objects.create(account=account, smtp_host="mail.example.com", imap_host="mail.example.com")
    BouncedAddress.objects.create(account=account, email_key=person.email_key, reason=text)
    emails(person, by, text)
    talk(person, by, text)
    messages(person, by, text)
    for number in ("+34655123456", "+447400123456"):
        keep(line, StrayKind.WHATSAPP, number, f"SM{number}", text)
    Template.objects.create(account=account, title=text[:100], body="We meet at {{1}} on {{2}}.")


def emails(person, by, text):
    """Write emails of one conversation, and be answered in HTML."""
    email = write(person, subject=text[:200], body=text, by=by)
    for state in (State.SENT, State.FAILED, State.UNKNOWN, State.QUEUED):
        one = write(person, subject=text[:200], body=text, by=by, conversation=email.conversation)
        Email.objects.filter(pk=one.pk).update(state=state, failure=text[:300] if state == State.FAILED else "")
    event = record("email_received", by=None, person=person, name=person.full_name)
    Email.objects.create(
        account=person.account, person=person, event=event, conversation=email.conversation, direction="in",
        state=State.RECEIVED, subject=text[:200], body="Guten Tag", html=HTML, sender=person.email,
    )  # fmt: skip


def talk(person, by, text):
    """Log a call, and leave one of unknown state."""
    event = record("called", by=by, person=person)
    Call.objects.create(
        account=person.account, person=person, event=event, author=by, number="+4915123456789", state=State.UNKNOWN
    )
    told = {"incoming": True, "seconds": 380, "outcome": "reached", "note": text}
    log_call(person, by=by, started_at=timezone.now(), **told)


def messages(person, by, text):
    """Send SMS and WhatsApp messages, and get answers."""
    for channel in Channel.values:
        for state in (State.DELIVERED, State.READ, State.FAILED, State.UNKNOWN):
            event = record(f"{channel}_sent", by=by, person=person)
            Message.objects.create(
                account=person.account, person=person, event=event, author=by, channel=channel, state=state,
                number="+4915123456789", body=text, failure=text[:200] if state == State.FAILED else "",
            )  # fmt: skip
        receive(person, channel, text, number="+4915123456789", sid=f"SM-{channel}")
