"""Receiving: the one command behind the public form and the address of portals."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from contacts.duplicates.following import who_stayed
from contacts.models import Kind, Person
from contacts.timeline.recording import record
from leads.enquiries.assigning import next_agent
from leads.enquiries.judging import Draft, judged
from leads.enquiries.models import ApiToken, Assignment, Enquiry
from leads.enquiries.speaking import spoken
from leads.enquiries.telling import tell
from leads.models import Lead

# Each try loses to somebody who was faster; the next one finds what they left.
TRIES = 3


def receive(account: Any, data: Mapping[str, Any], *, token: ApiToken | None = None, delivery: str = "") -> Enquiry:
    """Store an enquiry with its event, queue the mail to the agent, and return it.

    An email that nobody of the account uses becomes a lead: status New, assigned by the rule. Where somebody does, the
    enquiry is an event on that person, who is not changed. ``delivery`` names what brought it: delivered again, also at
    the same moment, it is the enquiry that is stored already. ``data`` is what :func:`judged` takes.
    Raises ValidationError by field, and stores nothing then.
    """
    name = _named(token, delivery)
    country = token.country if token else ""
    for last in (False,) * (TRIES - 1) + (True,):
        if known := Enquiry.with_trash.for_account(account).delivered(name).first():
            return known
        draft = judged(account, data, country)
        draft.enquiry.sender, draft.enquiry.delivery = token, name
        try:
            with transaction.atomic():
                return _store(account, draft)
        except ValidationError as error:
            if last or not _is_taken(error):
                raise
        except IntegrityError as error:
            if last or "deliver" not in str(error):
                raise
    raise AssertionError("the last try returns or raises")


def _named(token: ApiToken | None, delivery: str) -> str:
    """Return the name of a delivery, the sender's own: two senders may both count from 1."""
    sender = f"token:{token.pk}" if token else "form"
    return hashlib.sha256(f"{sender}:{delivery}".encode(errors="replace")).hexdigest() if delivery else ""


def _is_taken(error: ValidationError) -> bool:
    """Whether somebody took the email since it was looked for."""
    return any(one.code == "email_taken" for one in error.error_dict.get("email", []))


def _store(account: Any, draft: Draft) -> Enquiry:
    enquiry = draft.enquiry
    person = _known(account, draft.person.email) or _added(account, draft)
    enquiry.made_lead = person is draft.person
    enquiry.person = person
    enquiry.event = record("enquired", by=None, person=person, name=person.full_name, **_closed(person, account))
    enquiry.created_at = enquiry.event.at
    enquiry.save()
    tell.enqueue(enquiry.pk)
    return enquiry


def _known(account: Any, email: str) -> Person | None:
    """Return who uses the email, locked, so that they are not moved to the trash meanwhile.

    Where nobody does, it may be the email of somebody who was merged into another: they are one, and no new lead.
    """
    people = Person.objects.for_account(account).select_for_update()
    found: Person | None = people.with_email(email).first()
    if found is None and (stayed := who_stayed(account, email)):
        found = people.filter(pk=stayed.pk).first()
    return found


def _added(account: Any, draft: Draft) -> Person:
    """Return the person as a new lead, or somebody who came to use the email while this waited for its turn."""
    Assignment.objects.for_account(account).select_for_update().first()
    if known := _known(account, draft.person.email):
        return known
    draft.person.assigned_to = next_agent(account)
    added: Person = draft.person.add(by=None)
    return added


def _closed(person: Person, account: Any) -> dict[str, Any]:
    """Return the status of a lead that is off the path: it is left as it is, and the event says so."""
    lead = Lead.objects.filter(pk=person.pk).first() if person.kind == Kind.LEAD else None
    if lead is None or not lead.is_closed:
        return {}
    with translation.override(spoken(account)):
        return {"status": str(lead.get_status_display())}
