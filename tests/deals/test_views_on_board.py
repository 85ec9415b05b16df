"""A saved view that asks for a stage: a board shows every stage, and says so."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from contacts.models import SavedView
from tests.factories import DealFactory, PartyFactory

pytestmark = pytest.mark.django_db
BOARD = "/deals/board/"


@pytest.fixture
def view(account, agent, buyer):
    """A view of the deals in one stage, of two that there are."""
    for stage in ("knowing", "offer"):
        PartyFactory(
            person=buyer, deal=DealFactory(account=account, assigned_to=agent, stage=stage, name=f"In {stage}")
        )
    return kept(account, agent, "Offers", "stage=offer")


def kept(account, owner, name, query):
    made = SavedView(account=account, owner=owner, section="deals", name=name, query=query)
    made.save()
    return made


def tabs(answer):
    return {str(tab.name): tab for tab in answer.context["views"]}


def test_view_with_a_stage_leads_from_the_board_to_the_list(as_agent, view):
    answer = as_agent.get(f"{BOARD}?pipeline=buyer")
    tab = tabs(answer)["Offers"]
    assert tab.url == f"{reverse('deals:list')}?stage=offer&view={view.pk}"
    page = as_agent.get(tab.url)
    assert tabs(page)["Offers"].current
    assert [row.name for row in page.context["listing"].page.rows] == ["In offer"]


@pytest.mark.parametrize("named", [True, False])
def test_board_that_is_asked_for_a_stage_marks_no_view_and_says_why(as_agent, view, named):
    words = f"pipeline=buyer&stage=offer&view={view.pk}" if named else "pipeline=buyer&stage=offer"
    answer = as_agent.get(f"{BOARD}?{words}")

    page = answer.content.decode()
    assert "In knowing" in page
    assert not any(tab.current for tab in answer.context["views"])
    (chip,) = answer.context["listing"].lost
    assert (chip.name, chip.label) == ("stage", "Stage")
    assert "not used here, the board shows all" in page
    assert QueryDict(chip.without).dict() == {"pipeline": "buyer"}
    assert tabs(as_agent.get(f"{BOARD}?{chip.without}"))["All deals"].current


def test_list_takes_the_stage(as_agent, view):
    listing = as_agent.get(f"{reverse('deals:list')}?stage=offer").context["listing"]
    assert not listing.lost
    assert [chip.label for chip in listing.chips] == ["Stage"]


@pytest.mark.parametrize("query", ["type=buy", "pipeline=buyer", "pipeline=buyer&type=buy"])
def test_view_a_board_can_show_stays_on_it(as_agent, account, agent, view, query):
    other = kept(account, agent, "Purchases", query)
    words = QueryDict(query, mutable=True)
    words["pipeline"], words["view"] = "buyer", other.pk
    answer = as_agent.get(f"{BOARD}?{words.urlencode()}")
    tab = tabs(answer)["Purchases"]
    assert tab.current
    assert tab.url.startswith(f"{BOARD}?")


def test_board_does_not_open_with_a_view_it_cannot_show(as_agent, agent, view):
    view.open_first(agent, True)
    assert as_agent.get(BOARD).url == f"{BOARD}?pipeline=buyer"
    assert as_agent.get(reverse("deals:list")).url.endswith(f"stage=offer&view={view.pk}")


def test_view_kept_on_a_board_holds_what_the_board_shows(as_agent, view):
    page = as_agent.get(f"{BOARD}?pipeline=buyer&stage=offer&type=buy").content.decode()
    assert '<input type="hidden" name="query" value="pipeline=buyer&amp;type=buy">' in page
