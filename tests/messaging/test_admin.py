"""Support sees messages and templates, and writes no messages."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.messaging.models import Message, Template
from contacts.messaging.sending import send
from tests.factories import UserFactory


@pytest.fixture
def desk(db):
    """A browser in which a superuser of support is signed in."""
    client = Client()
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True))
    return client


def page(model, name, *args):
    return reverse(f"admin:messaging_{model._meta.model_name}_{name}", args=args)


def test_messages_are_found_and_looked_at(desk, contact, agent, line):
    message = send(contact, "sms", "Hello", by=agent)

    assert desk.get(page(Message, "changelist"), {"q": "dourado"}).context["cl"].queryset.count() == 1
    assert desk.get(page(Message, "change", message.pk)).status_code == 200
    assert desk.get(page(Message, "add")).status_code == 403


def test_templates_are_put_right_by_the_same_rules(desk, template):
    data = {"title": "Visit", "body": "Hello {{2}}", "content_sid": ""}
    answer = desk.post(page(Template, "change", template.pk), data)
    assert "{{1}} is missing." in answer.content.decode()
    desk.post(page(Template, "change", template.pk), data | {"body": "Hello {{1}}"})

    assert Template.objects.get().body == "Hello {{1}}"


def test_templates_go_to_the_trash_and_back(desk, template):
    desk.post(page(Template, "trash", template.pk))
    assert not Template.objects.exists()
    desk.post(page(Template, "restore", template.pk))

    assert Template.objects.get() == template
