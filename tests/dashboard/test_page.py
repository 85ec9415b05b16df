"""The page where everybody comes in."""

import datetime as dt

import pytest
from django.urls import reverse

from contacts.dashboard.cards import Card, Stat
from tests.factories import ContactFactory, UserFactory

from .conftest import HOME, chart


def text_of(client, **query):
    return client.get(HOME, query).content.decode()


def test_a_member_lands_on_the_dashboard(client, agent):
    response = client.post("/sign-in/", {"login": agent.email, "password": "a long password"}, follow=True)

    assert response.redirect_chain[-1][0] == HOME
    assert response.templates[0].name == "dashboard/page.html"


def test_who_is_signed_out_is_asked_to_sign_in(client, db):
    response = client.get(HOME)
    assert (response.status_code, response.url) == (302, reverse("account_login"))


def test_support_staff_without_an_office_go_to_the_admin(client, db):
    client.force_login(UserFactory(account=None, is_staff=True))
    assert client.get(HOME).url == reverse("admin:index")


def test_nothing_is_posted_to_it(as_agent):
    assert as_agent.post(HOME).status_code == 405


def test_no_page_of_the_office_stays_in_the_browser(as_agent):
    assert as_agent.get(HOME)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(3, "Good evening"), (4, "Good morning"), (11, "Good morning"), (12, "Good afternoon"), (18, "Good evening")],
)
def test_it_greets_by_the_clock_of_the_office(as_agent, agent, clock, hour, greeting):
    clock.move_to(dt.datetime(2026, 11, 19, hour, 30, tzinfo=agent.account.zone))
    text = text_of(as_agent)

    assert f"{greeting}, Lucía" in text
    assert "Thursday 19 November" in text


def test_it_is_the_first_section_and_the_current_one(as_agent):
    response = as_agent.get(HOME)
    sidebar = response.content.decode().split('<nav class="sidebar"')[1]

    assert response.context["nav"][0].label == "Dashboard"
    assert f'<a href="{HOME}" aria-current="page">' in sidebar
    assert sidebar.count('aria-current="page"') == 1


def test_no_other_page_lies_under_it(as_agent):
    sidebar = as_agent.get("/leads/").content.decode().split('<nav class="sidebar"')[1]

    assert f'<a href="{HOME}">' in sidebar
    assert sidebar.split("</nav>")[0].count('aria-current="page"') == 1


def test_figures_stand_at_the_head_with_their_lists(as_agent, contact, only):
    stat = Stat("New leads", "55", "/leads/?x=1", "23 fewer", "bad", "arrow-down")
    only(stats=[lambda scope: stat, lambda scope: None])
    text = text_of(as_agent)

    assert '<a href="/leads/?x=1">55</a>' in text
    assert 'class="note" data-tone="bad"' in text


def load(scope):
    return chart()


def test_halves_share_a_line_and_what_loads_nothing_is_left_out(as_agent, contact, only):
    halves = [Card(name, place, load, half=True) for name, place in (("one", 3), ("two", 2), ("three", 4))]
    others = [Card("wide", 1, load), Card("gone", 5, lambda scope: None), Card("side", 9, load, aside=True)]
    only(*halves, *others)
    page = as_agent.get(HOME).context["page"]

    assert [[shown.name for shown in row] for row in page.rows] == [["wide"], ["two", "one"], ["three"]]
    assert [shown.name for shown in page.aside] == ["side"]


def test_an_empty_office_is_told_what_to_do_first(as_admin):
    text = text_of(as_admin)

    assert "Nothing here yet" in text
    for name in ("imports:upload", "contacts:create", "leads:create", "settings:invite"):
        assert f'href="{reverse(name)}"' in text
    assert 'id="filters"' not in text
    assert "No meetings today." in text
    assert "Nothing is due today." in text


def test_an_agent_of_an_empty_office_is_offered_what_agents_may(as_agent):
    text = text_of(as_agent)

    assert f'href="{reverse("contacts:create")}"' in text
    assert reverse("imports:upload") not in text
    assert f'href="{reverse("settings:invite")}"' not in text


def test_who_signs_up_begins_there(client, db):
    data = {
        "office": "Casa Nueva", "first_name": "Ana", "last_name": "Gil", "email": "ana@example.com",
        "password1": "mar de fondo", "language": "en", "time_zone": "Europe/Madrid", "currency": "EUR",
    }  # fmt: skip
    response = client.post("/sign-up/", data, follow=True)

    assert response.status_code == 200
    assert "Nothing here yet" in response.content.decode()


def test_somebody_of_another_office_does_not_fill_it(as_admin, stranger):
    ContactFactory(account=stranger.account, assigned_to=stranger)
    assert "Nothing here yet" in text_of(as_admin)
