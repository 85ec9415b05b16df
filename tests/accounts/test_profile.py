"""One's own settings: name, language, theme, photo, password."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from tests.factories import PASSWORD

PROFILE = "/settings/profile/"
NEW = "una clave nueva"


def data(**changes):
    names = {"first_name": "Lucía", "last_name": "Ferrer", "job_title": "Sales", "language": "", "theme": ""}
    return {**names, **changes}


def picture():
    written = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(written, "JPEG")
    return SimpleUploadedFile("me.jpg", written.getvalue())


def test_an_agent_changes_their_own_profile(as_agent, agent):
    assert as_agent.post(PROFILE, data(theme="dark", language="en"))["Location"] == PROFILE
    agent.refresh_from_db()
    assert (agent.last_name, agent.job_title, agent.theme, agent.language) == ("Ferrer", "Sales", "dark", "en")


def test_role_and_email_cannot_be_slipped_in(as_agent, agent):
    as_agent.post(PROFILE, data(role="admin", email="other@example.com", is_staff="on"))
    agent.refresh_from_db()
    assert (agent.role, agent.email, agent.is_staff) == ("agent", "lucia@example.com", False)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first_name": ""}, "First name is missing."),
        ({"last_name": "F3rrer"}, "A name has no digits."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"theme": "pink"}, "Select a valid choice."),
        ({"job_title": "x" * 101}, "At most 100 characters"),
    ],
)
def test_what_is_wrong_is_said(as_agent, agent, changes, message):
    response = as_agent.post(PROFILE, data(**changes))
    assert response.status_code == 422
    assert message in response.content.decode()
    agent.refresh_from_db()
    assert agent.last_name == "Fernández-Ocaña"


def test_the_theme_is_switched_from_any_page_and_one_stays_there(as_agent, agent):
    response = as_agent.post(f"{PROFILE}theme/", {"theme": "dark"}, headers={"Referer": "http://testserver/contacts/"})
    assert response["Location"] == "http://testserver/contacts/"
    agent.refresh_from_db()
    assert agent.theme == "dark"
    assert 'data-theme="dark"' in as_agent.get(PROFILE).content.decode()


def test_the_theme_never_leads_to_another_site(as_agent):
    response = as_agent.post(f"{PROFILE}theme/", {"theme": "dark"}, headers={"Referer": "https://evil.example/"})
    assert response["Location"] == PROFILE


def test_an_unknown_theme_changes_nothing(as_agent, agent):
    as_agent.post(f"{PROFILE}theme/", {"theme": "pink"})
    agent.refresh_from_db()
    assert agent.theme == ""


def test_a_photo_is_uploaded_shown_and_deleted(as_agent, as_stranger, agent):
    as_agent.post(f"{PROFILE}photo/", {"picture": picture()})
    agent.refresh_from_db()
    assert b"".join(as_agent.get(agent.photo.url)).startswith(b"RIFF")
    assert as_stranger.get(agent.photo.url).status_code == 404
    assert agent.photo.url in as_agent.get(PROFILE).content.decode()
    as_agent.post(f"{PROFILE}photo/removal/")
    agent.refresh_from_db()
    assert not agent.photo


def test_what_is_no_photo_is_refused(as_agent, agent):
    response = as_agent.post(f"{PROFILE}photo/", {"picture": SimpleUploadedFile("me.jpg", b"no picture")})
    assert response.status_code == 422
    assert "This file is not an image we can read." in response.content.decode()


def test_the_password_changes_here_and_other_devices_are_signed_out(as_agent, agent, mailoutbox):
    other = Client()
    other.post("/sign-in/", {"login": agent.email, "password": PASSWORD})
    as_agent.post(f"{PROFILE}password/", {"current": PASSWORD, "password1": NEW})
    assert User.objects.get(pk=agent.pk).check_password(NEW)
    assert as_agent.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302
    assert mailoutbox[-1].to == [agent.email]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"current": "wrong"}, "This is not your current password."),
        ({"password1": "short"}, "This password is too short."),
        ({"password1": "lucia@example.com"}, "The password is too similar to the email."),
    ],
)
def test_a_password_that_must_not_be_is_refused(as_agent, agent, changes, message):
    response = as_agent.post(f"{PROFILE}password/", {"current": PASSWORD, "password1": NEW, **changes})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert User.objects.get(pk=agent.pk).check_password(PASSWORD)


def test_the_current_password_cannot_be_guessed_for_long(as_agent, settings):
    settings.ACCOUNT_RATE_LIMITS = {"change_password": "1/m/user"}
    as_agent.post(f"{PROFILE}password/", {"current": "wrong", "password1": NEW})
    assert as_agent.post(f"{PROFILE}password/", {"current": PASSWORD, "password1": NEW}).status_code == 429


def test_an_agent_sees_no_settings_but_their_own(as_agent):
    page = as_agent.get(PROFILE).content.decode()
    subnav = page.split('class="subnav"')[1].split("</nav>")[0]
    assert re.findall(r'href="(/settings/[^"]*)"', subnav) == [PROFILE, "/settings/calendar/"]


def test_the_start_of_settings_is_the_first_page_one_may_see(as_agent, as_admin):
    assert as_agent.get("/settings/")["Location"] == PROFILE
    assert as_admin.get("/settings/")["Location"] == "/settings/account/"


def test_a_refused_password_opens_the_page_at_its_field(as_agent):
    answer = as_agent.post(f"{PROFILE}password/", {"current": "wrong", "password1": NEW}).content.decode()
    answer = re.sub(r"<dialog.*?</dialog>", "", answer, flags=re.DOTALL)  # closed; what it focuses waits until it opens
    assert re.findall(r'<input[^>]*name="([^"]+)"[^>]*autofocus', answer) == ["current"]


@pytest.mark.parametrize("place", ["password", "photo"])
def test_an_address_that_only_takes_a_form_leads_back_to_the_profile(as_agent, place):
    assert as_agent.get(f"{PROFILE}{place}/")["Location"] == PROFILE
