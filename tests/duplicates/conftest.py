"""Two people who are one, with everything that can hang on a person; and the whole database as it stands."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from contacts.lines.models import Stray
from contacts.meetings.models import Meeting
from contacts.meetings.planning import plan
from contacts.models.photos import set_photo
from contacts.timeline.models import Event
from contacts.timeline.noting import write_note
from leads.enquiries.models import Enquiry
from tests.contacts.conftest import exchange
from tests.factories import ContactFactory, LeadFactory, PartyFactory

OURS = {
    "contacts", "timeline", "relations", "leads", "attachments", "tasks", "meetings", "emails", "lines", "calls",
    "messaging", "duplicates", "enquiries", "deals",
}  # fmt: skip


@pytest.fixture
def ana(account, agent):
    """A contact with a long history."""
    person = ContactFactory(
        account=account, assigned_to=agent, first_name="Ana", last_name="Ferrándiz Mora", email="ana@example.com",
        phone="+34612345678", role="buyer", city="Altea", street="Calle Mayor 1", notes="Pays cash.",
    )  # fmt: skip
    person.set_tags(["Sea view", "Cash"])
    write_note(person, "First visit", by=agent)
    write_note(person, "Second visit", by=agent)
    return person


@pytest.fixture
def anna(account, agent, admin):
    """The same Ana as a lead who has come once more, with everything that can hang on a person."""
    person = LeadFactory(
        account=account, assigned_to=admin, first_name="Anna", last_name="Ferrandiz Mora", email="anna@example.org",
        phone="+34612345678", whatsapp="+4915123456789", city="Dénia", notes="Has a dog.", country="ES",
        lead__source="portals", lead__portal="idealista", lead__status="qualified",
    )  # fmt: skip
    fill(person, agent)
    return person


def fill(person, agent):
    """Let everything hang on a person."""
    exchange(person, agent)
    person.set_tags(["Cash", "Terrace"])
    write_note(person, "Rang the bell", by=agent)
    set_photo(person, ContentFile(b"a picture", name="photo.webp"), by=agent)
    Stray.objects.filter(account=person.account).update(person=person, settled_at=timezone.now())
    event = Event.objects.create(account=person.account, person=person, verb="enquired", data={"name": "Anna"})
    Enquiry.objects.create(account=person.account, person=person, event=event, name="Anna", phone=person.phone)
    # Who was a contact once and is a lead again still takes part in what was won with them.
    PartyFactory(person=person, deal__account=person.account, deal__stage="won")
    person.city = "Calpe"
    person.revise(by=agent, version=person.version)


@pytest.fixture
def together(ana, anna, agent):
    """A meeting that both attend."""
    now = timezone.now()
    meeting = Meeting(account=ana.account, title="Signing", starts_at=now, ends_at=now + timedelta(hours=1))
    plan(meeting, people=[ana, anna], colleagues=[], by=agent)
    return meeting


def state():
    """Return every row of every table of ours, by model and key."""
    return {
        model._meta.label: {row["id" if "id" in row else "person_id"]: row for row in model._base_manager.values()}
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OURS and not model._meta.proxy
    }


# What a merge and its undoing leave behind, and should: their row, their events, and higher versions.
TRACES = {"deleted", "restored", "merged", "unmerged", "linked", "unlinked"}


def without_traces(tables):
    """Return a state without what a merge that was undone leaves behind."""
    found = {label: {pk: dict(row) for pk, row in rows.items()} for label, rows in tables.items()}
    found["duplicates.Merge"] = {}
    found["timeline.Event"] = {pk: row for pk, row in found["timeline.Event"].items() if row["verb"] not in TRACES}
    for row in found["contacts.Person"].values():
        del row["version"]
    return found
