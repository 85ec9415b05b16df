"""Support staff at their desk, and one row of every model."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Invitation
from contacts.attachments.attaching import attach
from contacts.calls.by_hand import log_call
from contacts.duplicates.models import Dismissal, Merge, Scan, State, Suggestion
from contacts.emails import composing
from contacts.emails.models import BouncedAddress, MailServer
from contacts.imports.models import ImportRow, ImportRun, RememberedMapping
from contacts.lines.models import StrayKind
from contacts.lines.strangers import keep
from contacts.meetings.models import CalendarFeed, Meeting
from contacts.meetings.planning import plan
from contacts.messaging.models import Channel, Template
from contacts.messaging.receiving import receive
from contacts.models import SavedView
from contacts.tasks.models import Task
from contacts.timeline.noting import write_note
from tesoro.secrecy import seal
from tests.enquiries.conftest import enquire
from tests.factories import ContactFactory, LeadFactory, LineFactory, PartyFactory, RelationFactory, UserFactory


@pytest.fixture
def support(db):
    """A member of support with every right."""
    return UserFactory(account=None, is_staff=True, is_superuser=True, email="support@example.com", first_name="Sam")


@pytest.fixture
def desk(support):
    """A browser in which support is signed in."""
    client = Client()
    client.force_login(support)
    return client


@pytest.fixture
def rights(db):
    """Make a member of support with the named rights only."""

    def make(*names):
        user = UserFactory(account=None, is_staff=True)
        for name in names:
            app, code = name.split(".")
            user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=code))
        return user

    return make


@pytest.fixture
def everything(account, agent, contact, support):
    """One row of each model, and one more person in the trash."""
    contact.set_tags(["Sea view"])
    write_note(contact, "Looks for a **view**.", by=agent)
    RelationFactory(account=account).set_tags(["Sea view"])
    LeadFactory(account=account, assigned_to=agent)
    SavedView.objects.create(account=account, owner=agent, name="Mine", query="role=buyer").open_first(agent, True)
    run = ImportRun.objects.create(account=account, user=agent, file_name="people.csv")
    ImportRow.objects.create(account=account, run=run, number=1, line=2, verdict="new", cells=["Ana"])
    RememberedMapping.objects.create(account=account, kind="contact", fingerprint="f" * 64)
    Invitation(account=account, email="new@example.com", invited_by=agent).renew()
    ContactFactory(account=account, assigned_to=agent).trash(by=agent)
    exchange(contact, agent)
    look_alike(contact, ContactFactory(account=account, assigned_to=agent))
    PartyFactory(deal__account=account, person=contact).deal.set_tags(["Sea view"])


def look_alike(one, two):
    """Let two people once be taken for one, be said not to be, and be merged, all in the books alone."""
    pair = {"account": one.account, "one_id": min(one.pk, two.pk), "two_id": max(one.pk, two.pk)}
    scan = Scan.objects.create(account=one.account, state=State.DONE)
    Suggestion.objects.create(**pair, scan=scan, reason="phone", score=80, likeness=90)
    Dismissal.objects.create(**pair)
    Merge.objects.create(account=one.account, kept=one, gone=two, kept_name=one.full_name, gone_name=two.full_name)


def exchange(person, agent):
    """Let everything happen once between the office and a person."""
    account, now = person.account, timezone.now()
    Task(account=account, person=person, title="Send the plans").add(by=agent)
    attach(person, SimpleUploadedFile("plan.txt", b"A plan."), by=agent)
    composing.write(person, subject="The plans", body="As promised.", by=agent)
    BouncedAddress.objects.create(account=account, email_key="gone@example.com", reason="No such user")
    MailServer.objects.create(account=account, smtp_host="mail.example.com", smtp_password=seal("hidden"))
    line = LineFactory(account=account)
    keep(line, StrayKind.SMS, "+34655123456", "SM1", "Is it still for sale?")
    log_call(person, by=agent, started_at=now, incoming=False, seconds=60, outcome="reached", note="")
    receive(person, Channel.SMS, "Yes, please.", number=person.phone.as_e164, sid="SM2")
    Template.objects.create(account=account, title="Visit", body="We meet at {{1}}.")
    visit = Meeting(account=account, title="Visit", starts_at=now, ends_at=now + timedelta(hours=1))
    plan(visit, people=[person], colleagues=[agent], by=agent)
    CalendarFeed.renew(agent)
    enquire(person, agent)
