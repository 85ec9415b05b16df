"""Users in Django admin: who may change whom, and an account that keeps its last admin."""

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import ContactFactory, UserFactory

USERS = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")


@pytest.fixture
def support(db):
    return UserFactory(account=None, is_staff=True, is_superuser=True, email="support@example.com", first_name="Sam")


@pytest.fixture
def desk(support):
    client = Client()
    client.force_login(support)
    return client


@pytest.fixture
def helper_desk(db):
    """A browser of support staff with the rights over users, who is no superuser."""
    helper = UserFactory(account=None, is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client = Client()
    client.force_login(helper)
    return client


def page(user, name="change"):
    return reverse(
        "admin:auth_user_password_change" if name == "password" else f"admin:accounts_user_{name}", args=[user.pk]
    )


def form_of(user, **changes):
    stored = {name: getattr(user, name) for name in ("email", "role", "first_name", "last_name", "job_title")}
    flags = {name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(user, name)}
    given = stored | flags | {"language": "", "theme": ""} | changes
    return {name: value for name, value in given.items() if value is not None}


def tick(action, *users):
    return {"action": action, "_selected_action": [user.pk for user in users]}


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_the_list_cannot_deactivate_the_last_admin(desk, admin, agent):
    response = desk.post(USERS, tick("deactivate", admin, agent), follow=True)
    assert "This is the last active admin of the account." in " ".join(said(response))
    assert User.objects.get(pk=admin.pk).is_active
    assert not User.objects.get(pk=agent.pk).is_active


def test_of_two_admins_the_list_deactivates_one(desk, admin):
    other = UserFactory(account=admin.account, role="admin")
    desk.post(USERS, tick("deactivate", admin, other))
    assert User.objects.filter(account=admin.account, is_active=True).count() == 1


def test_deactivating_from_the_list_ends_sessions_for_good(desk, as_agent, agent):
    desk.post(USERS, tick("deactivate", agent))
    desk.post(USERS, tick("reactivate", agent))
    assert User.objects.get(pk=agent.pk).is_active
    assert as_agent.get("/settings/profile/").status_code == 302


def test_nobody_deactivates_themselves(desk, support):
    desk.post(USERS, tick("deactivate", support))
    assert User.objects.get(pk=support.pk).is_active


def test_no_list_action_deletes(desk, agent):
    desk.post(USERS, tick("delete_selected", agent) | {"post": "yes"})
    assert User.objects.filter(pk=agent.pk).exists()


def test_a_user_never_moves_to_another_account(desk, agent, stranger):
    desk.post(page(agent), form_of(agent, account=stranger.account_id, job_title="Guide"))
    agent.refresh_from_db()
    assert (agent.job_title, agent.account.name) == ("Guide", "Casa Mirador")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "support@example.com"), ("email", "SUPPORT@example.com"), ("email", "nobody"), ("email", ""),
        ("first_name", "Lu7"), ("role", "owner"), ("job_title", "x" * 101), ("language", "xx"),
    ],
)  # fmt: skip
def test_each_rule_is_an_error_beside_its_field(desk, agent, field, value):
    response = desk.post(page(agent), form_of(agent, **{field: value}))
    assert field in response.context["adminform"].form.errors


@pytest.mark.parametrize("account", ["", "0", "x", "99999999999999999999"])
def test_a_user_without_account_is_support_or_a_form_error(desk, account):
    data = {"email": "new@example.com", "role": "agent", "account": account, "usable_password": "false"}
    assert desk.post(ADD, data).context["adminform"].form.errors
    if not account:
        assert desk.post(ADD, data | {"is_staff": "on"}).status_code == 302


def test_support_without_account_cannot_lose_the_right(desk, support):
    other = UserFactory(account=None, is_staff=True)
    response = desk.post(page(other), form_of(other, is_staff=None))
    assert "Only support staff belong to no account." in response.content.decode()


def test_only_superusers_give_rights(helper_desk, agent):
    rights = {"is_staff": "on", "is_superuser": "on"}
    helper_desk.post(page(agent), form_of(agent, job_title="Guide", **rights))
    agent.refresh_from_db()
    assert (agent.job_title, agent.is_staff, agent.is_superuser) == ("Guide", False, False)
    data = {"email": "new@example.com", "role": "agent", "account": agent.account_id, "usable_password": "false"}
    helper_desk.post(ADD, data | rights)
    assert not User.objects.get(email="new@example.com").is_staff
    assert helper_desk.post(ADD, data | {"account": "", "email": "x@example.com"} | rights).status_code == 200


def test_only_superusers_change_support_staff(helper_desk, support):
    assert helper_desk.post(page(support), form_of(support, first_name="Eve")).status_code == 403
    assert helper_desk.get(page(support, "password")).status_code == 403
    helper_desk.post(USERS, tick("deactivate", support))
    support.refresh_from_db()
    assert (support.first_name, support.is_active) == ("Sam", True)


def test_a_new_password_ends_the_sessions_of_its_user(desk, as_agent, agent):
    data = {"usable_password": "true", "password1": "mar de fondo azul", "password2": "mar de fondo azul"}
    assert desk.post(page(agent, "password"), data).status_code == 302
    assert as_agent.get("/settings/profile/").status_code == 302
    agent.refresh_from_db()
    assert agent.check_password("mar de fondo azul")


def test_accounts_are_neither_made_nor_deleted_here(desk, account):
    assert desk.get(reverse("admin:accounts_account_add")).status_code == 403
    assert desk.post(reverse("admin:accounts_account_delete", args=[account.pk]), {"post": "yes"}).status_code == 403


def test_a_slug_that_is_taken_is_a_form_error(desk, account, stranger):
    stored = {"name": account.name, "slug": stranger.account.slug, "language": "en", "currency": "EUR"}
    url = reverse("admin:accounts_account_change", args=[account.pk])
    response = desk.post(url, stored | {"time_zone": "Europe/Nowhere"})
    assert set(response.context["adminform"].form.errors) == {"slug", "time_zone"}


def test_addresses_beside_the_users_own_are_not_in_django_admin(db):
    assert not django_admin.site.is_registered(apps.get_model("account", "EmailAddress"))


def test_what_is_still_assigned_is_said(desk, agent):
    ContactFactory(account=agent.account, assigned_to=agent)
    response = desk.post(USERS, tick("deactivate", agent), follow=True)
    assert "1 deactivated" in said(response)
