"""Saved views."""

from django.urls import reverse

from contacts.models import SavedView
from tests.factories import UserFactory

URL = reverse("contacts:views")


def test_a_view_keeps_search_filters_and_order_under_a_name(as_agent, agent):
    as_agent.post(URL, {"name": "Buyers", "query": "role=buyer&sort=name&after=xyz"})

    view = SavedView.objects.get()
    assert (view.owner, view.name, view.query) == (agent, "Buyers", "role=buyer&sort=name")


def test_the_list_shows_which_view_it_is(as_agent, agent):
    SavedView.objects.create(account=agent.account, owner=agent, name="Buyers", query="role=buyer&sort=name")

    tabs = as_agent.get(f"{reverse('contacts:list')}?sort=name&role=buyer").context["views"]

    assert [(tab.name, tab.current) for tab in tabs] == [
        ("All contacts", False),
        ("My clients", False),
        ("Buyers", True),
    ]


def test_a_view_without_a_name_is_refused_with_the_reason(as_agent):
    response = as_agent.post(URL, {"name": " ", "query": "role=buyer"}, follow=True)

    assert "Name is missing." in response.content.decode()
    assert not SavedView.objects.exists()


def test_ones_own_view_can_be_deleted_but_not_a_colleagues(as_agent, agent):
    own = SavedView.objects.create(account=agent.account, owner=agent, name="Mine", query="")
    colleague = UserFactory(account=agent.account)
    theirs = SavedView.objects.create(account=agent.account, owner=colleague, name="Theirs", query="")

    assert as_agent.post(reverse("contacts:view-deletion", args=[own.pk])).status_code == 302
    assert as_agent.post(reverse("contacts:view-deletion", args=[theirs.pk])).status_code == 404
    assert list(SavedView.objects.all()) == [theirs]
