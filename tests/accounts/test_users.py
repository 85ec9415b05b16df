"""The users page: who may sign in, and as what."""

import re

import pytest

from accounts.models import Invitation, User
from tests.factories import UserFactory

USERS = "/settings/users/"


@pytest.fixture
def gone(account):
    """A colleague who has left."""
    return UserFactory(account=account, email="gone@example.com", first_name="Mateo", is_active=False)


@pytest.fixture
def invited(account, admin):
    invitation = Invitation(account=account, email="nuria@example.com", invited_by=admin)
    invitation.renew()
    return invitation


def emails(client, status=""):
    page = client.get(USERS, {"status": status}).content.decode()
    return set(re.findall(r"[\w.]+@example\.(?:com|org)", page.split("<table")[1]))


def test_the_list_shows_users_and_invitations_of_the_office_only(as_admin, agent, gone, invited, stranger):
    assert emails(as_admin) == {"admin@example.com", "lucia@example.com", "gone@example.com", "nuria@example.com"}


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("active", {"admin@example.com", "lucia@example.com"}),
        ("pending", {"nuria@example.com"}),
        ("inactive", {"gone@example.com"}),
        ("nonsense", {"admin@example.com", "lucia@example.com", "gone@example.com", "nuria@example.com"}),
    ],
)
def test_the_list_is_filtered_by_status(as_admin, agent, gone, invited, status, shown):
    assert emails(as_admin, status) == shown


def test_each_status_says_how_many_have_it(as_admin, agent, gone, invited):
    page = as_admin.get(USERS).content.decode()
    assert re.findall(r">(\w+) <span class=\"tally\">(\d+)<", page)[-4:] == [
        ("All", "4"),
        ("Active", "2"),
        ("Pending", "1"),
        ("Inactive", "1"),
    ]


def test_the_list_asks_a_constant_number_of_queries(as_admin, account, django_assert_max_num_queries):
    as_admin.get(USERS)
    UserFactory.create_batch(20, account=account)
    with django_assert_max_num_queries(9):
        as_admin.get(USERS)


def test_an_agent_becomes_an_admin_and_back(as_admin, agent):
    as_admin.post(f"{USERS}{agent.pk}/role/", {"role": "admin"})
    agent.refresh_from_db()
    assert agent.is_admin
    response = as_admin.post(f"{USERS}{agent.pk}/role/", {"role": "agent"}, follow=True)
    assert "is now: Agent" in response.content.decode()
    agent.refresh_from_db()
    assert not agent.is_admin


def test_an_unknown_role_is_refused_beside_the_user(as_admin, agent):
    response = as_admin.post(f"{USERS}{agent.pk}/role/", {"role": "emperor"})
    assert response.status_code == 422
    assert "Choose Admin or Agent." in response.content.decode()


def test_the_last_admin_cannot_step_down(as_admin, admin):
    response = as_admin.post(f"{USERS}{admin.pk}/role/", {"role": "agent"})
    assert response.status_code == 409
    row = response.content.decode().split(f'id="user-{admin.pk}"')[1].split("</tr>")[0]
    assert "This is the last active admin of the account." in row
    admin.refresh_from_db()
    assert admin.is_admin


def test_an_admin_steps_down_where_there_is_another_and_sees_their_profile(as_admin, admin, account):
    UserFactory(account=account, role="admin")
    response = as_admin.post(f"{USERS}{admin.pk}/role/", {"role": "agent"})
    assert response["Location"] == "/settings/profile/"
    assert as_admin.get(USERS).status_code == 403


def test_an_inactive_admin_does_not_count(as_admin, admin, account):
    UserFactory(account=account, role="admin", is_active=False)
    assert as_admin.post(f"{USERS}{admin.pk}/role/", {"role": "agent"}).status_code == 409


def test_an_admin_of_another_office_does_not_count(as_admin, admin, stranger):
    assert as_admin.post(f"{USERS}{admin.pk}/role/", {"role": "agent"}).status_code == 409


def test_a_deactivated_user_is_reactivated_with_their_old_password(as_admin, client, gone):
    as_admin.post(f"{USERS}{gone.pk}/activation/")
    response = client.post("/sign-in/", {"login": "gone@example.com", "password": "a long password"})
    assert response.status_code == 302
    assert User.objects.get(pk=gone.pk).is_active


def test_nothing_happens_on_get(as_admin, agent):
    assert as_admin.get(f"{USERS}{agent.pk}/role/").status_code == 405
    assert as_admin.get(f"{USERS}{agent.pk}/activation/").status_code == 405
