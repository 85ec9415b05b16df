"""Accounts and users in Django admin."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import UserFactory


@pytest.fixture
def as_support(client, db):
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True, email="support@example.com"))
    return client


def form_of(user, **changes):
    stored = {name: getattr(user, name) or "" for name in ("email", "role", "first_name", "last_name", "job_title")}
    return stored | {"account": user.account_id, "is_active": "on", "language": "", "theme": ""} | changes


@pytest.mark.parametrize("model", ["account", "user", "invitation"])
def test_every_list_opens_and_is_searched(as_support, admin, model):
    response = as_support.get(reverse(f"admin:accounts_{model}_changelist"), {"q": "casa"})
    assert response.status_code == 200


def test_support_changes_a_user(as_support, agent):
    url = reverse("admin:accounts_user_change", args=[agent.pk])
    assert as_support.get(url).status_code == 200
    as_support.post(url, form_of(agent, job_title="Head of sales"))
    agent.refresh_from_db()
    assert agent.job_title == "Head of sales"


@pytest.mark.parametrize("changes", [{"role": "agent"}, {"is_active": ""}])
def test_support_cannot_take_the_last_admin_away(as_support, admin, changes):
    url = reverse("admin:accounts_user_change", args=[admin.pk])
    data = {name: value for name, value in form_of(admin, **changes).items() if value != "" or name != "is_active"}
    page = as_support.post(url, data).content.decode()
    assert "This is the last active admin of the account." in page
    admin.refresh_from_db()
    assert admin.is_admin
    assert admin.is_active


def test_deactivating_here_ends_sessions_for_good(as_support, as_agent, agent):
    data = form_of(agent)
    del data["is_active"]
    url = reverse("admin:accounts_user_change", args=[agent.pk])
    as_support.post(url, data)
    as_support.post(url, form_of(agent))
    assert User.objects.get(pk=agent.pk).is_active
    assert as_agent.get("/settings/profile/").status_code == 302


def test_support_makes_a_user(as_support, account):
    data = {"email": "New@example.com", "account": account.pk, "role": "agent", "usable_password": "true"}
    passwords = {"password1": "mar de fondo", "password2": "mar de fondo"}
    as_support.post(reverse("admin:accounts_user_add"), data | passwords)
    assert User.objects.get(email="new@example.com").account == account


def test_nobody_is_deleted_here(as_support, agent):
    url = reverse("admin:accounts_user_delete", args=[agent.pk])
    assert as_support.post(url, {"post": "yes"}).status_code == 403


def test_an_admin_of_an_office_is_no_support(as_admin):
    assert as_admin.get(reverse("admin:index")).status_code == 404
