"""Files in Django admin: in sight, to the trash and back, and for good with what is stored of them."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment
from contacts.timeline.models import Event
from tests.attachments.conftest import sent
from tests.contacts.admin_pages import page, tick
from tests.factories import UserFactory


@pytest.fixture
def desk(db):
    """A browser in which a superuser of support is signed in."""
    client = Client()
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True))
    return client


def test_support_sees_what_there_is_and_opens_nothing(desk, plan):
    listed = desk.get(page(Attachment, "changelist"), {"q": "plan"}).content.decode()
    shown = desk.get(page(Attachment, "change", plan.pk)).content.decode()

    assert "Plan.pdf" in listed
    assert "Plan.pdf" in shown
    assert plan.file.name not in shown
    assert desk.get(page(Attachment, "add")).status_code == 403


def test_a_file_goes_to_the_trash_and_comes_back_with_its_event(desk, plan):
    for action, shown in (("move_to_trash", False), ("restore", True)):
        desk.post(page(Attachment, "changelist"), tick(Attachment, action, plan))
        assert (Attachment.objects.count(), Event.objects.get().shown) == (int(shown), shown)


def test_what_had_no_card_of_its_own_has_none_after_it_came_back(desk, contact, admin):
    attachment = attach(contact, sent(), by=None, shown=False)
    attachment.trash(by=admin)
    desk.post(page(Attachment, "changelist"), tick(Attachment, "restore", attachment))

    assert (Attachment.objects.count(), Event.objects.get().shown) == (1, False)


def test_a_file_is_deleted_for_good_with_what_is_stored_of_it(desk, photo, agent, django_capture_on_commit_callbacks):
    photo.trash(by=agent)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page(Attachment, "changelist"), {**tick(Attachment, "delete_for_good", photo), "typed": "1"})

    assert (Attachment.with_trash.count(), Event.objects.count()) == (0, 0)
    assert not default_storage.exists(photo.file.name)
    assert not default_storage.exists(photo.thumbnail.name)
