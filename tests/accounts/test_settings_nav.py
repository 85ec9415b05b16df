"""The list of settings pages, in one place."""

import pytest

from accounts import settings_nav


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch):
    monkeypatch.setattr(settings_nav, "_pages", list(settings_nav._pages))


def names(user):
    return [page.url_name for page in settings_nav.pages_for(user)]


def test_another_app_adds_its_page_ahead_of_the_outbox(admin, settings):
    settings.EMAIL_BACKEND = "accounts.mail.OutboxBackend"
    settings_nav.register(settings_nav.Page("contacts:list", "tag", "Tags"))
    shown = names(admin)
    assert shown.index("contacts:list") == shown.index("settings:outbox") - 1


def test_registering_again_replaces(admin):
    for label in ("Tags", "Labels"):
        settings_nav.register(settings_nav.Page("contacts:list", "tag", label))
    assert names(admin).count("contacts:list") == 1


def test_an_agent_sees_only_what_is_for_everybody(agent):
    settings_nav.register(settings_nav.Page("contacts:list", "tag", "Tags", admin_only=False))
    assert names(agent) == ["settings:profile", "meetings:feed-settings", "contacts:list"]


def test_the_page_one_is_on_is_marked(as_admin):
    page = as_admin.get("/settings/users/").content.decode()
    assert '<a href="/settings/users/" aria-current="page">' in page
