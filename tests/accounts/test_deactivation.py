"""A colleague leaves: their sessions end at once, and somebody takes over."""

import pytest

from accounts import handover
from accounts.models import User
from tests.factories import PASSWORD, UserFactory


def url(user):
    return f"/settings/users/{user.pk}/deactivation/"


@pytest.fixture
def duty(monkeypatch):
    """Work of a kind: the numbers of who has it. The agent has three pieces."""
    work = {}
    passed = []

    def pass_on(user, to, by):
        passed.append((user.pk, to.pk, by.pk))
        work[to.pk] = work.pop(user.pk, 0)

    monkeypatch.setattr(handover, "_duties", {})
    handover.register("boats", "boats", lambda user: work.get(user.pk, 0), pass_on)
    return work, passed


def test_open_sessions_end_at_once(as_admin, as_agent, agent):
    assert as_agent.get("/settings/profile/").status_code == 200
    as_admin.post(url(agent))
    assert as_agent.get("/settings/profile/")["Location"] == "/sign-in/?next=/settings/profile/"
    assert as_agent.post("/settings/profile/theme/", {"theme": "dark"}).status_code == 302
    agent.refresh_from_db()
    assert agent.theme == ""


def test_ended_sessions_stay_ended_when_the_user_comes_back(as_admin, as_agent, agent):
    as_admin.post(url(agent))
    as_admin.post(f"/settings/users/{agent.pk}/activation/")
    assert as_agent.get("/settings/profile/").status_code == 302


def test_the_session_itself_is_deleted_at_the_next_request(as_admin, as_agent, agent):
    key = as_agent.session.session_key
    as_admin.post(url(agent))
    as_agent.get("/settings/profile/")
    assert not as_agent.session.exists(key)


def test_a_deactivated_user_keeps_nothing_and_can_be_seen_as_inactive(as_admin, agent):
    response = as_admin.post(url(agent), follow=True)
    assert "can no longer sign in." in response.content.decode()
    agent.refresh_from_db()
    assert not agent.is_active


def test_the_last_admin_cannot_be_deactivated(as_admin, admin):
    response = as_admin.post(url(admin))
    assert response.status_code == 409
    assert "This is the last active admin of the account." in response.content.decode()
    admin.refresh_from_db()
    assert admin.is_active


def test_in_the_panel_the_last_admin_is_refused_in_place(as_admin, admin):
    response = as_admin.post(url(admin), headers={"HX-Request": "true"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "This is the last active admin of the account." in page
    assert "<html" not in page


def test_out_of_the_panel_the_whole_page_goes(as_admin, agent):
    response = as_admin.post(url(agent), headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/settings/users/"


def test_an_admin_may_leave_where_there_is_another(as_admin, admin, account):
    UserFactory(account=account, role="admin")
    as_admin.post(url(admin))
    assert as_admin.get("/settings/users/").status_code == 302


def test_the_page_says_what_is_assigned(as_admin, agent, duty):
    duty[0][agent.pk] = 3
    page = as_admin.get(url(agent)).content.decode()
    assert "3 boats" in page
    assert "Hand it over to" in page


def test_without_work_nobody_is_asked_for(as_admin, agent, duty):
    assert "Hand it over to" not in as_admin.get(url(agent)).content.decode()


def test_somebody_must_take_over(as_admin, agent, duty):
    duty[0][agent.pk] = 3
    response = as_admin.post(url(agent))
    assert response.status_code == 422
    assert "Choose who takes over." in response.content.decode()
    assert User.objects.get(pk=agent.pk).is_active


def test_the_successor_takes_over_and_it_is_known_who_decided(as_admin, admin, agent, duty):
    work, passed = duty
    work[agent.pk] = 3
    as_admin.post(url(agent), {"successor": admin.pk})
    assert work == {admin.pk: 3}
    assert passed == [(agent.pk, admin.pk, admin.pk)]
    assert not User.objects.get(pk=agent.pk).is_active


def test_the_successor_is_an_active_colleague(as_admin, account, agent, stranger, duty):
    duty[0][agent.pk] = 3
    left = UserFactory(account=account, is_active=False)
    for wrong in (agent, stranger, left):
        response = as_admin.post(url(agent), {"successor": wrong.pk})
        assert "Choose an active user of this office." in response.content.decode()
    assert User.objects.get(pk=agent.pk).is_active


def test_when_the_last_admin_is_refused_nothing_is_handed_over(as_admin, admin, agent, monkeypatch):
    def rename(user, to, by):
        User.objects.filter(pk=to.pk).update(job_title="Took over")

    monkeypatch.setattr(handover, "_duties", {})
    handover.register("boats", "boats", lambda user: 1, rename)
    as_admin.post(url(admin), {"successor": agent.pk})
    agent.refresh_from_db()
    assert agent.job_title == ""


def test_somebody_inactive_cannot_be_deactivated_again(as_admin, agent):
    agent.deactivate()
    assert as_admin.get(url(agent)).status_code == 404


def test_a_signed_out_fragment_sends_the_whole_page_to_the_sign_in(client, agent):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/settings/users/?status=active"}
    response = client.get(url(agent), headers=headers)
    assert response["HX-Redirect"] == "/sign-in/?next=/settings/users/%3Fstatus%3Dactive"


def test_other_sessions_of_the_same_user_are_signed_out_too(as_admin, client, agent):
    client.post("/sign-in/", {"login": agent.email, "password": PASSWORD})
    as_admin.post(url(agent))
    assert client.get("/settings/profile/").status_code == 302
