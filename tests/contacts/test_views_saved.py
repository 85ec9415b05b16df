"""Saved views: kept, shared, changed, opened first, deleted."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from contacts.models import DefaultView, SavedView
from tests.factories import ContactFactory, TagFactory, UserFactory

LIST = reverse("contacts:list")
URL = reverse("contacts:views")


@pytest.fixture
def colleague(account):
    return UserFactory(account=account)


@pytest.fixture
def view(agent):
    return SavedView.objects.create(account=agent.account, owner=agent, name="Buyers", query="role=buyer&sort=name")


@pytest.fixture
def theirs(account, colleague):
    """A colleague's view, shared with the office."""
    return SavedView.objects.create(account=account, owner=colleague, name="Theirs", query="role=seller", shared=True)


def _url(view, name="view"):
    return reverse(f"contacts:{name}", args=[view.pk])


def _tabs(client, address):
    """The tabs above the list: name, whether it is the current one, whether it was changed."""
    return [(str(tab.name), tab.current, tab.changed) for tab in client.get(address).context["views"]]


def test_a_view_keeps_what_the_list_is_asked_under_a_name(as_agent, agent):
    query = "role=buyer&sort=name&per_page=50&columns=name%2Ccity"
    as_agent.post(URL, {"name": "Buyers", "query": f"{query}&after=xyz&view=all"})

    view = SavedView.objects.get()
    assert (view.owner, view.name, view.query, view.shared) == (agent, "Buyers", query, False)


def test_a_new_view_can_be_shared_and_open_first_at_once(as_agent, agent):
    response = as_agent.post(URL, {"name": "Buyers", "query": "role=buyer", "shared": "on", "opens": "on"})

    view = SavedView.objects.get()
    assert view.shared
    assert DefaultView.objects.get(user=agent).view == view
    assert response.url == f"{LIST}?role=buyer&view={view.pk}"


def test_the_list_shows_which_view_it_is(as_agent, view):
    for address in (f"{LIST}?sort=name&role=buyer", f"{LIST}?role=buyer&sort=name&view={view.pk}"):
        assert _tabs(as_agent, address) == [
            ("All contacts", False, False), ("My clients", False, False), ("Buyers", True, False),
        ]  # fmt: skip


def test_a_view_whose_words_are_others_now_is_the_same_view_changed(as_agent, view):
    page = as_agent.get(f"{LIST}?role=seller&view={view.pk}")

    assert [tab.changed for tab in page.context["views"]] == [False, False, True]
    assert _url(view, "view-query") in page.content.decode()


@pytest.mark.parametrize("looks", ["", "?view=all", "?sort=name", "?per_page=50&columns=name,city"])
def test_all_records_in_any_order_and_any_columns_are_all_records(as_agent, view, looks):
    assert _tabs(as_agent, LIST + looks)[0] == ("All contacts", True, False)


def test_a_view_without_a_name_is_refused_with_the_reason(as_agent):
    response = as_agent.post(URL, {"name": " ", "query": "role=buyer"}, follow=True)

    assert "Name is missing." in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_view_of_too_many_words_is_refused_not_cut(as_agent):
    query = "&".join(f"tag={number}" for number in range(400))
    response = as_agent.post(URL, {"name": "Long", "query": query}, follow=True)

    assert "at most 2000 characters" in response.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("length", [3_400, 3_600, 50_000])
def test_words_that_no_address_can_hold_lead_back_to_the_whole_list(as_agent, length):
    query = f"q={'x' * length}"
    response = as_agent.post(URL, {"name": "Long", "query": query})

    assert response.headers["Location"] == (f"{LIST}?{query}" if length == 3_400 else LIST)
    assert "at most 2000 characters" in as_agent.get(LIST).content.decode()


def test_one_view_more_than_thirty_is_refused(as_agent, agent):
    kept = [SavedView(account=agent.account, owner=agent, name=str(number), query="") for number in range(30)]
    SavedView.objects.bulk_create(kept)

    assert "Delete one first" in as_agent.post(URL, {"name": "One more"}, follow=True).content.decode()
    assert SavedView.objects.count() == 30


def test_colleagues_see_a_shared_view_and_no_other(as_agent, view, theirs, client, colleague):
    client.force_login(colleague)

    assert [name for name, *_rest in _tabs(as_agent, LIST)] == ["All contacts", "My clients", "Buyers", "Theirs"]
    assert [name for name, *_rest in _tabs(client, LIST)] == ["All contacts", "My clients", "Theirs"]


def test_another_office_sees_no_shared_view(as_stranger, theirs):
    assert _tabs(as_stranger, LIST)[2:] == []
    assert as_stranger.get(_url(theirs)).status_code == 404


def test_a_view_is_renamed_and_shared_in_its_settings(as_agent, view):
    as_agent.post(_url(view), {"name": "All buyers", "shared": "on"})

    view.refresh_from_db()
    assert (view.name, view.shared, view.query) == ("All buyers", True, "role=buyer&sort=name")


def test_a_name_that_is_none_is_told_at_its_field(as_agent, view):
    response = as_agent.post(_url(view), {"name": ""})

    assert response.status_code == 422
    assert "Name is missing." in response.content.decode()


def test_a_view_takes_what_the_list_is_asked_now(as_agent, view):
    response = as_agent.post(_url(view, "view-query"), {"query": f"role=tenant&columns=name,city&view={view.pk}"})

    view.refresh_from_db()
    assert view.query == "role=tenant&columns=name%2Ccity"
    assert response.url == f"{LIST}?role=tenant&columns=name%2Ccity&view={view.pk}"


def test_changes_that_are_too_long_leave_the_view_as_it_was(as_agent, view):
    as_agent.post(_url(view, "view-query"), {"query": "&".join(f"tag={number}" for number in range(400))})

    view.refresh_from_db()
    assert view.query == "role=buyer&sort=name"


@pytest.mark.parametrize("name", ["view-query", "view-deletion"])
def test_an_agent_does_not_change_what_a_colleague_shares(as_agent, theirs, name):
    assert as_agent.post(_url(theirs, name), {"query": ""}).status_code == 403
    theirs.refresh_from_db()
    assert theirs.query == "role=seller"


def test_in_the_settings_of_a_colleagues_view_there_is_only_what_is_ones_own(as_agent, agent, theirs):
    assert list(as_agent.get(_url(theirs)).context["form"].fields) == ["opens"]

    as_agent.post(_url(theirs), {"name": "Mine now", "opens": "on"})

    theirs.refresh_from_db()
    assert (theirs.name, theirs.shared) == ("Theirs", True)
    assert DefaultView.objects.get(user=agent).view == theirs


def test_an_admin_changes_what_is_shared_but_sees_no_private_view(as_admin, view, theirs):
    as_admin.post(_url(theirs), {"name": "Sellers", "shared": "on"})

    theirs.refresh_from_db()
    assert theirs.name == "Sellers"
    assert as_admin.post(_url(view, "view-deletion")).status_code == 404


def test_ones_own_view_is_deleted_after_a_question(as_agent, view):
    assert "Only you see it." in as_agent.get(_url(view, "view-deletion")).content.decode()
    assert SavedView.objects.exists()

    assert as_agent.post(_url(view, "view-deletion")).url == LIST
    assert not SavedView.objects.exists()


def test_a_section_opens_with_the_view_that_was_chosen_for_it(as_agent, agent, view):
    view.open_first(agent, True)

    assert as_agent.get(LIST).url == f"{LIST}?role=buyer&sort=name&view={view.pk}"


def test_there_is_a_way_back_to_all_records(as_agent, agent, view):
    view.open_first(agent, True)
    page = as_agent.get(f"{LIST}?role=buyer&sort=name&view={view.pk}")

    assert page.context["views"][0].url == f"{LIST}?view=all"
    assert as_agent.get(f"{LIST}?view=all").status_code == 200


@pytest.mark.parametrize("words", ["?q=", "?role=&sort="])
def test_a_form_left_empty_asks_for_all_records_not_for_the_first_view(as_agent, agent, view, words):
    view.open_first(agent, True)

    assert as_agent.get(LIST + words).url == f"{LIST}?view=all"


def test_the_last_filter_taken_off_leads_to_all_records(as_agent, agent, view):
    view.open_first(agent, True)

    assert f'class="off" href="{LIST}?view=all"' in as_agent.get(f"{LIST}?role=seller").content.decode()


def test_one_view_opens_first_and_only_for_who_wants_it(as_agent, as_admin, agent, view, theirs):
    view.open_first(agent, True)
    theirs.open_first(agent, True)

    assert [(first.user, first.view) for first in DefaultView.objects.all()] == [(agent, theirs)]
    assert as_admin.get(LIST).status_code == 200
    theirs.open_first(agent, False)
    assert as_agent.get(LIST).status_code == 200


def test_what_is_shared_no_longer_opens_for_nobody_else(as_agent, agent, colleague, theirs):
    theirs.open_first(agent, True)
    theirs.open_first(colleague, True)
    theirs.shared = False
    theirs.keep()

    assert [first.user for first in DefaultView.objects.all()] == [colleague]
    assert as_agent.get(LIST).status_code == 200


def test_a_view_of_another_section_is_not_there(as_agent, view):
    assert as_agent.get(reverse("leads:view", args=[view.pk])).status_code == 404


def test_a_view_says_which_filter_is_gone_and_goes_on_without_it(as_agent, account, agent):
    ContactFactory(account=account, assigned_to=agent)
    tag = TagFactory(account=account)
    as_agent.post(URL, {"name": "Tagged", "query": f"tag={tag.pk}&role=buyer"})
    tag.delete()

    page = as_agent.get(as_agent.get(LIST).context["views"][-1].url)

    assert [chip.label for chip in page.context["listing"].lost] == ["Tag"]
    assert QueryDict(page.context["listing"].lost[0].without)["role"] == "buyer"
    assert "no longer exists, left out" in page.content.decode()
    assert page.context["listing"].page.rows


def test_any_number_of_views_costs_one_query(as_agent, agent, view, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        as_agent.get(f"{LIST}?view=all")
    for number in range(20):
        SavedView.objects.create(account=agent.account, owner=agent, name=str(number), query=f"q={number}")
    with django_assert_max_num_queries(12):
        as_agent.get(f"{LIST}?view=all")
