"""Signing in and out."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory

SIGN_IN = "/sign-in/"


def sign_in(client, email="lucia@example.com", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def test_a_user_signs_in_and_lands_at_the_start(client, agent):
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(agent.pk)


def test_the_email_may_be_typed_in_any_case_and_with_blanks(client, agent):
    assert sign_in(client, email=" LUCIA@Example.COM ").status_code == 302


def test_a_wrong_password_says_how_many_tries_are_left(client, agent):
    page = sign_in(client, password="wrong").content.decode()
    assert "Email and password do not match. 4 tries left." in page
    assert "Email and password do not match. 3 tries left." in sign_in(client, password="wrong").content.decode()


def test_an_unknown_email_gets_the_same_answer_as_a_wrong_password(client, agent):
    unknown = sign_in(client, email="nobody@example.com").content.decode()
    assert "Email and password do not match. 4 tries left." in unknown


def test_after_five_wrong_tries_the_right_password_must_wait_too(client, agent):
    for _ in range(5):
        sign_in(client, password="wrong")
    response = sign_in(client)
    assert "Too many tries. Wait five minutes, or set a new password." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_many_posts_from_one_address_are_turned_away_with_429(client, settings, db):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for _ in range(2):
        sign_in(client, email="nobody@example.com")
    response = sign_in(client, email="nobody@example.com")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_somebody_deactivated_is_told_so(client, agent):
    agent.deactivate()
    response = sign_in(client)
    assert "This user was deactivated. Ask an admin of your office." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_somebody_deactivated_with_a_wrong_password_learns_nothing(client, agent):
    agent.deactivate()
    page = sign_in(client, password="wrong").content.decode()
    assert "deactivated" not in page


def test_stay_signed_in_outlives_the_browser(client, agent):
    sign_in(client, remember="on")
    assert not client.session.get_expire_at_browser_close()


def test_without_it_the_session_ends_with_the_browser(client, agent):
    sign_in(client)
    assert client.session.get_expire_at_browser_close()


def test_one_comes_back_to_the_page_one_wanted(client, agent):
    assert sign_in(client, next="/settings/profile/")["Location"] == "/settings/profile/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "http:///evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client, agent, target):
    assert sign_in(client, next=target)["Location"] == reverse("home")


def test_support_staff_land_in_django_admin(client, db):
    UserFactory(account=None, is_staff=True, is_superuser=True, email="support@example.com")
    assert sign_in(client, email="support@example.com")["Location"] == reverse("admin:index")


def test_django_admin_has_no_door_of_its_own(client, db):
    response = client.get(reverse("admin:login"))
    assert response["Location"].startswith(SIGN_IN)


def test_signing_out_takes_a_post(as_agent):
    assert "Sign out?" in as_agent.get("/sign-out/").content.decode()
    assert "_auth_user_id" in as_agent.session
    assert as_agent.post("/sign-out/")["Location"] == SIGN_IN
    assert "_auth_user_id" not in as_agent.session


def test_a_request_asks_once_for_user_and_account(as_agent, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session, and the user with the account
        as_agent.get(reverse("settings:index"))


def test_pages_of_allauth_that_have_no_template_of_ours_do_not_exist(as_admin):
    for path in (
        "/email/",
        "/password/change/",
        "/password/set/",
        "/reauthenticate/",
        "/confirm-email/",
        "/login/code/confirm/",
    ):
        assert as_admin.get(path).status_code == 404
