"""Deals for the office in full use: one with everything and long names, one with next to nothing."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from contacts.attachments.attaching import attach
from contacts.emails.composing import write
from contacts.meetings.models import Meeting
from contacts.meetings.planning import plan
from contacts.tasks.models import Task
from contacts.timeline.noting import write_note
from deals.models import Deal, Stage
from deals.parties import as_clients, join
from deals.pipeline import move
from leads.converting import revert
from tests.factories import ContactFactory


def transact(account, agent, person, long, prose):
    """Make the deals, ``person`` in all of them; return what the addresses of their pages are made of."""
    buyer = ContactFactory(account=account, assigned_to=agent, first_name="Ilse", last_name=long[1])
    deal = Deal(
        account=account, name="Villa with pool and a view of the sea, urbanización Mirador, L'Alfàs del Pi",
        type="buy", stage=Stage.KNOWING, value=Decimal("1485000.50"), commission=Decimal("3.25"), description=prose,
        closing_on=timezone.localdate() + timedelta(days=30), street="Partida del Barranco 14", city="L'Alfàs del Pi",
    ).add(by=agent, tags=["Sea view"], parties=as_clients([buyer], "buy"))  # fmt: skip
    join(deal, [person], "lawyer", by=agent)
    write_note(deal, prose, by=agent, pinned=True)
    attach(deal, ContentFile(b"deed", "Reservation contract.pdf"), by=agent)
    Task(account=account, deal=deal, title=" ".join(long * 2), details=prose, due_on=timezone.localdate()).add(by=agent)
    start = timezone.now() + timedelta(days=1)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    visit = Meeting(account=account, title=" ".join(long), place=long[1], **times)
    plan(visit, people=[buyer, person], colleagues=[], by=agent, deal=deal)
    email = write(buyer, subject=" ".join(long), body=prose, by=agent, deal=deal)
    lost = Deal(account=account, name="Plot", type="sell", stage=Stage.MANDATE)
    lost.add(by=agent, parties=as_clients([person], "sell"))
    move(lost, Stage.LOST, by=agent, reason=" ".join(long))
    bare = Deal(account=account, name="Finca", type="rent", stage=Stage.KNOWING)
    bare.add(by=agent, parties=as_clients([ContactFactory(account=account)], "rent"))
    return {
        "deal": deal.pk,
        "letter_thread": email.conversation_id,
        "bare_deal": bare.pk,
        "former": former(account, agent),
    }


def former(account, agent):
    """A lead who was a contact, and has a deal that was won then; return their key."""
    owner = ContactFactory(account=account, assigned_to=agent, first_name="Ilse", last_name="Brandt")
    won = Deal(account=account, name="Finca with a well", type="sell", stage=Stage.MANDATE)
    won.add(by=agent, parties=as_clients([owner], "sell"))
    move(won, Stage.WON, by=agent)
    return revert(owner, by=agent).pk
