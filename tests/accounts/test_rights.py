"""Who may open what: every address of accounts, by every kind of visitor."""

import pytest

from accounts.models import Invitation
from accounts.urls import settings_patterns, urlpatterns
from tests.factories import UserFactory

PUBLIC = {
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "invitation",
}
OPEN_TO_AGENTS = {"index", "profile", "theme", "photo", "photo_removal", "password"}
OF_ONE_ROW = {
    "user_role": "users/{user}/role/",
    "user_deactivation": "users/{user}/deactivation/",
    "user_activation": "users/{user}/activation/",
    "invitation_renewal": "users/invitations/{invitation}/renewal/",
    "invitation_withdrawal": "users/invitations/{invitation}/withdrawal/",
}
PLAIN = {
    "account": "account/",
    "logo": "account/logo/",
    "logo_removal": "account/logo/removal/",
    "users": "users/",
    "invite": "users/invitations/",
    "outbox": "outbox/",
    "letter": "outbox/some-name/",
}


@pytest.fixture
def path(account, agent, admin):
    invitation = Invitation(account=account, email="nuria@example.com")
    invitation.renew()
    rows = {"user": UserFactory(account=account).pk, "invitation": invitation.pk}
    return lambda name: "/settings/" + (OF_ONE_ROW | PLAIN)[name].format(**rows)


def test_the_table_names_every_address():
    assert {pattern.name for pattern in settings_patterns} == OPEN_TO_AGENTS | set(OF_ONE_ROW) | set(PLAIN)
    assert {pattern.name for pattern in urlpatterns if hasattr(pattern, "name")} == PUBLIC


def test_every_view_says_who_may_open_it():
    rights = {pattern.name: pattern.callback.right for pattern in [*settings_patterns, *urlpatterns[:-1]]}
    assert {name for name, right in rights.items() if right == "public"} == PUBLIC
    assert {name for name, right in rights.items() if right == "member"} == OPEN_TO_AGENTS


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*OF_ONE_ROW, *PLAIN])
def test_visitors_are_asked_to_sign_in_and_agents_are_refused(client, as_agent, path, name, method):
    assert getattr(client, method)(path(name))["Location"].startswith("/sign-in/?next=/")
    assert getattr(as_agent, method)(path(name)).status_code == 403


@pytest.mark.parametrize("name", OF_ONE_ROW)
def test_another_office_s_admin_finds_nothing(as_stranger, path, name):
    assert as_stranger.post(path(name), {"role": "agent"}).status_code == 404


@pytest.mark.parametrize("name", sorted(OPEN_TO_AGENTS))
def test_one_s_own_settings_want_a_user_too(client, db, name):
    [pattern] = [pattern for pattern in settings_patterns if pattern.name == name]
    assert client.get(f"/settings/{pattern.pattern}")["Location"].startswith("/sign-in/")


def test_support_staff_without_an_office_have_no_settings(client, db):
    client.force_login(UserFactory(account=None, is_staff=True, role="admin"))
    assert client.get("/settings/users/").status_code == 403


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/", "/password/reset/", "/password/reset/done/", "/inactive/"])
def test_the_doors_stand_open_under_a_strict_policy(client, db, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "style=" not in response.content.decode()
    assert "no-store" in response.get("Cache-Control", "no-store")
