"""The emails about a deal: the conversations with those who take part, a new one, and each with the way to answer."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.emails.forms import AddressedForm
from contacts.emails.models import BouncedAddress, Conversation, Email
from contacts.emails.views.tab import show_conversation, show_conversations
from contacts.emails.views.writing import new_email, refusal, sent
from deals.models import Party
from deals.record import DealRecord
from deals.views.detail import of_deal
from tesoro.access import Request, member
from tesoro.tenancy import fetch
from tesoro.trash import live


@require_safe
@member
@of_deal("emails")
def conversations(request: Request, record: DealRecord) -> HttpResponse:
    """Show the conversations about a deal; those with people in the trash are out of sight with them."""
    rows = Email.objects.filter(live("person"), conversation__deal=record.subject).select_related("person")
    return show_conversations(request, record, rows, _nobody(record))


@member
@of_deal("emails")
def new(request: Request, record: DealRecord) -> HttpResponse:
    """Write to one of those who take part in a deal."""
    told = {party: refusal(party.person) for party in record.parties}
    people = {party.person: _called(party) for party, why in told.items() if not why}
    form = AddressedForm(*sent(request), people=people, on=record.subject, auto_id="email-%s")
    form.fields["to"].help_text = " ".join(filter(None, told.values()))
    return new_email(request, record, form, _nobody(record))


@member
@of_deal("emails")
def conversation(request: Request, record: DealRecord, conversation: int) -> HttpResponse:
    """Show the emails of a conversation about a deal; a POST answers."""
    threads = Conversation.objects.select_related("person").filter(live("person"))
    thread = fetch(threads, request, pk=conversation, deal=record.subject)
    thread.deal = record.subject
    return show_conversation(request, record, thread, bounced=BouncedAddress.of(thread.person))


def _called(party: Party) -> str:
    """Return what one who takes part is called in the choice of whom to write to."""
    return f"{party.person.full_name} ({party.role_label}), {party.person.email}"


def _nobody(record: DealRecord) -> str:
    """Return why nobody in the deal can be written to, or nothing."""
    if not record.parties:
        return _("Nobody takes part in this deal. Add a contact first.")
    reasons = [refusal(party.person) for party in record.parties]
    return "" if "" in reasons else " ".join(reasons)
