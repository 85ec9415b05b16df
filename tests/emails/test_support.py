"""Emails in Django admin: support sees how they fared, and no secret."""

import pytest
from django.urls import reverse

from contacts.emails.composing import write
from contacts.emails.models import BouncedAddress, Conversation, Email, MailServer
from tests.factories import UserFactory


@pytest.fixture
def desk(client, db):
    """A browser in which support is signed in."""
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def email(contact, agent, server):
    BouncedAddress.objects.create(account=contact.account, email_key=contact.email_key)
    return write(contact, subject="The visit", body="At eleven.", by=agent)


@pytest.mark.parametrize("model", [Email, Conversation, BouncedAddress, MailServer])
def test_rows_are_listed_found_and_opened(desk, email, model):
    name = f"admin:emails_{model._meta.model_name}"

    assert desk.get(reverse(f"{name}_changelist"), {"q": "a"}).status_code == 200
    assert desk.get(reverse(f"{name}_change", args=[model._base_manager.get().pk])).status_code == 200


def test_token_that_lets_mail_in_is_not_shown(desk, email):
    page = desk.get(reverse("admin:emails_conversation_change", args=[email.conversation_id])).content.decode()

    assert email.conversation.token not in page


def test_support_moves_an_email_to_the_trash_and_back(desk, email):
    tick = {"_selected_action": [email.pk]}
    desk.post(reverse("admin:emails_email_changelist"), {"action": "move_to_trash", **tick})
    assert not email.person.events.visible().exists()

    desk.post(reverse("admin:emails_email_changelist"), {"action": "restore", **tick})
    assert email.person.events.visible().exists()
