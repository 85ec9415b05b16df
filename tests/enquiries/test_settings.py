"""Settings, Enquiries: the form's texts and sites, the assignment, tokens that are shown once. For admins."""

import re

import pytest
from django.urls import reverse

from leads.enquiries.models import ApiToken, Assignment, PublicForm, Turn
from leads.enquiries.models.fields import clean_site
from tests.enquiries.conftest import SETTINGS, deliver, issue, open_form
from tests.factories import UserFactory

ADDRESS, ASSIGNMENT, NEW = (reverse(f"enquiries:{name}") for name in ("address", "assignment", "token-new"))
TYPED = {
    "is_open": "on",
    "heading": "Ask us",
    "intro": "",
    "consent": "Yes, keep it.",
    "privacy_url": "www.casamirador.example/privacy",
    "thanks": "We call you.",
    "return_url": "https://www.casamirador.example/",
    "sites": "",
}


def save(client, **changes):
    return client.post(SETTINGS, TYPED | changes)


def errors(answer, name="form"):
    assert answer.status_code == 422
    return set(answer.context[name].errors)


def make(client, **changes):
    return client.post(NEW, {"name": "Idealista", "source": "portals", "portal": "idealista", **changes})


def shown(answer):
    return re.search(r'id="token-text" value="([\w-]+)"', answer.content.decode())[1]


def test_page_proposes_texts_and_stores_nothing_by_being_opened(as_admin, account):
    text = as_admin.get(SETTINGS).content.decode()
    assert "I agree that Casa Mirador keeps" in text
    assert not PublicForm.objects.exists()


def test_admin_opens_the_form(as_admin, client, account):
    assert save(as_admin).url == SETTINGS
    form = PublicForm.objects.get()
    assert (form.account, form.is_open, form.privacy_url) == (account, True, "https://www.casamirador.example/privacy")
    assert form.get_absolute_url() in as_admin.get(SETTINGS).content.decode()
    assert "Ask us" in client.get(form.get_absolute_url()).content.decode()


@pytest.mark.parametrize("field", ["heading", "consent", "thanks"])
def test_texts_that_are_needed_are_asked_for(as_admin, field):
    assert errors(save(as_admin, **{field: ""})) == {field}
    assert not PublicForm.objects.exists()


def test_error_keeps_what_was_typed(as_admin):
    text = save(as_admin, heading="", intro="Typed with care").content.decode()
    assert "Typed with care" in text


@pytest.mark.parametrize(
    ("typed", "site"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("https://www.example.com/contact?x=1#y", "https://www.example.com"),
        ("www.EXAMPLE.com", "https://www.example.com"),
        ("http://localhost:8080/x", "http://localhost:8080"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("https://user:secret@example.com", "https://example.com"),
    ],
)
def test_site_is_what_a_policy_names(typed, site):
    assert clean_site(typed) == site


@pytest.mark.parametrize(
    "typed",
    [
        "*",
        "https://*",
        "'self'",
        "https://a.example;script-src *",
        "javascript:alert(1)",
        "https://",
        "a b\0",
        "https://a..b",
    ],
)
def test_what_is_no_site_goes_into_no_policy(as_admin, typed):
    assert errors(save(as_admin, sites=typed)) == {"sites"}


def test_sites_are_kept_each_once(as_admin):
    save(as_admin, sites="www.example.com/a, www.example.com/b\nhttps://shop.example")
    assert PublicForm.objects.get().framing_sites == ["https://www.example.com", "https://shop.example"]
    assert errors(save(as_admin, sites="\n".join(f"https://s{n}.example" for n in range(11)))) == {"sites"}


def test_new_address_takes_the_place_of_the_one_before(as_admin, client, account):
    form = open_form(account)
    before = form.get_absolute_url()
    as_admin.post(ADDRESS)
    form.refresh_from_db()
    assert client.get(before).status_code == 404
    assert client.get(form.get_absolute_url()).status_code == 200


def test_new_address_of_a_form_that_never_was_is_404(as_admin):
    assert as_admin.post(ADDRESS).status_code == 404


def test_admin_lets_agents_take_turns(as_admin, account, agent, admin):
    answer = as_admin.post(ASSIGNMENT, {"mode": "turn", "users": [agent.pk, admin.pk]})
    assert answer.url == f"{SETTINGS}#assignment"
    rule = Assignment.objects.get()
    assert (rule.account, rule.mode, rule.turns.count()) == (account, "turn", 2)
    as_admin.post(ASSIGNMENT, {"mode": "fixed", "agent": agent.pk})
    rule.refresh_from_db()
    assert (rule.mode, rule.agent, Turn.objects.count()) == ("fixed", agent, 0)


def test_turns_need_somebody(as_admin, account):
    assert errors(as_admin.post(ASSIGNMENT, {"mode": "turn"}), "assignment_form") == {"users"}
    assert not Assignment.objects.exists()


def test_only_active_colleagues_can_be_chosen(as_admin, account, stranger):
    gone = UserFactory(account=account, is_active=False)
    for user in (gone, stranger):
        assert errors(as_admin.post(ASSIGNMENT, {"mode": "turn", "users": [user.pk]}), "assignment_form") == {"users"}
        assert errors(as_admin.post(ASSIGNMENT, {"mode": "fixed", "agent": user.pk}), "assignment_form") == {"agent"}


def test_token_is_shown_once_and_works(as_admin, admin):
    answer = make(as_admin)
    text = shown(answer)
    assert deliver(text).status_code == 201
    assert text not in as_admin.get(SETTINGS).content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert ApiToken.objects.get().made_by == admin


def test_reload_makes_no_second_token(as_admin, account):
    make(as_admin, form_key="abc")
    answer = make(as_admin, form_key="abc")
    assert answer.url == SETTINGS
    assert ApiToken.objects.count() == 1


def test_token_of_a_portal_names_it(as_admin, account):
    assert errors(make(as_admin, portal="")) == {"portal"}
    assert errors(make(as_admin, name="")) == {"name"}
    make(as_admin, source="website")
    assert ApiToken.objects.get().portal == ""


def test_token_is_revoked(as_admin, account):
    token, text = issue(account)
    as_admin.post(reverse("enquiries:token-revocation", args=[token.pk]))
    assert deliver(text).status_code == 401
    assert "revoked" in as_admin.get(SETTINGS).content.decode()


def test_stranger_cannot_revoke_it(as_stranger, account):
    token, _text = issue(account)
    assert as_stranger.post(reverse("enquiries:token-revocation", args=[token.pk])).status_code == 404
    assert token.name not in as_stranger.get(SETTINGS).content.decode()


def test_last_refusal_is_told(as_admin, account, admin):
    _token, text = issue(account)
    deliver(text, phone="612345678")
    assert "phone: No country code." in as_admin.get(SETTINGS).content.decode()


def test_page_stands_in_the_list_of_settings_for_admins(as_admin, as_agent):
    assert SETTINGS in as_admin.get(reverse("settings:account")).content.decode()
    assert SETTINGS not in as_agent.get(reverse("settings:profile")).content.decode()


@pytest.mark.parametrize("url", [SETTINGS, ADDRESS, ASSIGNMENT, NEW])
def test_agent_may_not(as_agent, url):
    assert as_agent.post(url).status_code == 403


def test_page_costs_as_many_queries_with_many_tokens(as_admin, account, django_assert_max_num_queries):
    for place in range(8):
        issue(account, name=f"Portal {place}")
    with django_assert_max_num_queries(14):
        as_admin.get(SETTINGS)


@pytest.mark.parametrize("field", [*TYPED, "mode", "agent", "users", "name", "source", "portal", "country"])
def test_no_word_breaks_a_form(as_admin, account, field):
    from tests.test_hostile_input import HOSTILE

    for value in HOSTILE:
        assert save(as_admin, **{field: value}).status_code < 500, value
        assert as_admin.post(ASSIGNMENT, {"mode": "turn", field: value}).status_code < 500, value
        assert make(as_admin, **{field: value}).status_code < 500, value
