"""A new password by mail."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from tests.factories import PASSWORD

NEW = "una clave nueva"


@pytest.fixture
def link(client, agent, mailoutbox):
    """The path of the link that was sent to the agent."""
    client.post("/password/reset/", {"email": "lucia@example.com"})
    return re.search(r"http://testserver(/password/reset/key/\S+)", mailoutbox[-1].body)[1]


def test_the_link_sets_a_new_password_and_works_once(client, agent, link):
    form_url = client.get(link)["Location"]
    assert client.post(form_url, {"password1": NEW})["Location"] == "/password/reset/key/done/"
    agent.refresh_from_db()
    assert agent.check_password(NEW)
    again = client.get(link).content.decode()
    assert "This link has ended" in again


def test_a_new_password_ends_open_sessions(as_agent, client, link):
    client.post(client.get(link)["Location"], {"password1": NEW})
    assert as_agent.get("/settings/profile/").status_code == 302


def test_its_owner_hears_that_the_password_changed(client, link, mailoutbox):
    client.post(client.get(link)["Location"], {"password1": NEW})
    assert mailoutbox[-1].subject == "Your password was changed"
    assert "lucia@example.com" in mailoutbox[-1].body


def test_a_weak_password_is_refused(client, agent, link):
    page = client.post(client.get(link)["Location"], {"password1": "short"}).content.decode()
    assert "This password is too short." in page
    agent.refresh_from_db()
    assert agent.check_password(PASSWORD)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, agent, mailoutbox):
    known = client.post("/password/reset/", {"email": "lucia@example.com"})
    assert len(mailoutbox) == 1
    unknown = client.post("/password/reset/", {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mailoutbox) == 1


def test_somebody_deactivated_gets_no_mail(client, agent, mailoutbox):
    agent.deactivate()
    client.post("/password/reset/", {"email": "lucia@example.com"})
    assert not mailoutbox


def test_the_link_ends_after_some_days(client, link):
    with time_machine.travel(timezone.now() + timezone.timedelta(days=4), tick=False):
        assert "This link has ended" in client.get(link).content.decode()


@pytest.mark.parametrize("path", ["/password/reset/key/1-nonsense/", "/password/reset/key/zzz-a-b/"])
def test_a_made_up_link_is_told_to_have_ended(client, db, path):
    assert "This link has ended" in client.get(path).content.decode()


def test_the_link_stands_under_the_public_address_where_one_is_set(client, agent, mailoutbox, settings):
    settings.PUBLIC_URL, settings.PUBLIC_URL_IS_SET = "https://crm.example.com", True
    client.post("/password/reset/", {"email": "lucia@example.com"})
    assert "https://crm.example.com/password/reset/key/" in mailoutbox[-1].body


def test_a_mail_server_that_is_down_does_not_tell_who_has_an_account(client, agent, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = client.post("/password/reset/", {"email": "lucia@example.com"})
    assert response["Location"] == "/password/reset/done/"
    assert "A mail could not be sent" in caplog.text


def test_one_address_is_not_flooded(client, agent, mailoutbox):
    answers = [client.post("/password/reset/", {"email": "lucia@example.com"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mailoutbox) == 5


def test_a_new_password_ends_the_wait_after_too_many_tries(client, agent, link):
    for _ in range(6):
        client.post("/sign-in/", {"login": agent.email, "password": "wrong"})
    client.post(client.get(link)["Location"], {"password1": NEW})
    assert client.post("/sign-in/", {"login": agent.email, "password": NEW}).status_code == 302


def test_no_second_table_of_addresses_comes_into_being(client, agent, link):
    client.post(client.get(link)["Location"], {"password1": NEW})
    client.post("/sign-in/", {"login": agent.email, "password": NEW})
    assert not EmailAddress.objects.exists()
