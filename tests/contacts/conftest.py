"""Support staff at their desk, and one row of every model."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import Invitation
from contacts.imports.models import ImportRow, ImportRun, RememberedMapping
from contacts.models import SavedView
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory, RelationFactory, UserFactory


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
    RelationFactory(account=account)
    SavedView.objects.create(account=account, owner=agent, name="Mine", query="role=buyer")
    run = ImportRun.objects.create(account=account, user=agent, file_name="people.csv")
    ImportRow.objects.create(account=account, run=run, number=1, line=2, verdict="new", cells=["Ana"])
    RememberedMapping.objects.create(account=account, kind="contact", fingerprint="f" * 64)
    Invitation(account=account, email="new@example.com", invited_by=agent).renew()
    ContactFactory(account=account, assigned_to=agent).trash(by=agent)
