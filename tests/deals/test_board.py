"""The boards of deals: their lanes and sums, what they are narrowed to, their cards, and what moves one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from contacts.boards import FIRST_OF_MANY, MORE
from contacts.models import Person
from contacts.tasks.models import Task
from deals.board import IN_SESSION, MEMORY, BuyerBoard
from deals.models import Deal, Stage
from deals.models.choices import pipeline_of, stages_of
from deals.pipeline import arrange
from tesoro.ranking import GAP, Place
from tesoro.toasts import read
from tests.factories import ContactFactory, DealFactory, PartyFactory, UserFactory

BOARD = reverse("deals:board")
BUYER, OWNER = f"{BOARD}?pipeline=buyer", f"{BOARD}?pipeline=owner"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{BUYER}"}


@pytest.fixture
def deals(account, agent):
    """A, B and C are at the first stage from the top, D has an offer, E was lost, F is an owner's at the offer."""
    places = {"A": "knowing", "B": "knowing", "C": "knowing", "D": "offer", "E": "lost", "F": "offer"}
    return {
        name: DealFactory(
            account=account, assigned_to=agent, name=f"{name} House", rank=place * GAP, stage=stage,
            value=100_000 * (place + 1), reason="Bought elsewhere" if stage == "lost" else "",
            type="sell" if name == "F" else "buy",
        )
        for place, (name, stage) in enumerate(places.items())
    }  # fmt: skip


def board(client, **query):
    return client.get(BOARD, {"pipeline": "buyer", **query}).context["board"]


def lanes(client, **query):
    """Return the cards of each lane that holds any and stands open, by their first letters."""
    shown = {lane.key: "".join(card.name[0] for card in lane.cards) for lane in board(client, **query).lanes}
    return {key: names for key, names in shown.items() if names}


def tallies(client, **query):
    """Return how many deals each lane tells of that has any, and what they are worth."""
    told = {lane.key: (lane.count, lane.sum.full) for lane in board(client, **query).lanes}
    return {key: tally for key, tally in told.items() if tally[0]}


def place(client, deal, stage, headers=(), **data):
    return client.post(reverse("deals:place", args=[deal.pk]), {"stage": stage, **data}, **dict(headers))


def order(account, stage="knowing", pipeline="buyer"):
    found = Deal.objects.for_account(account).of_stage(pipeline, stage)
    return "".join(name[0] for name in found.values_list("name", flat=True))


def stored(deal):
    return Deal.objects.get(pk=deal.pk)


# The page


def test_lanes_hold_the_deals_of_each_stage_in_their_order(as_agent, deals, agent):
    arrange(deals["C"], Place("knowing"), by=agent)
    assert lanes(as_agent) == {"knowing": "CAB", "offer": "D"}


@pytest.mark.parametrize(("pipeline", "count"), [("buyer", 9), ("owner", 8)])
def test_each_pipeline_has_a_board_of_its_stages(as_agent, deals, pipeline, count):
    shown = board(as_agent, pipeline=pipeline).lanes
    assert [lane.key for lane in shown] == [stage.value for stage in stages_of(pipeline)]
    assert len(shown) == count


def test_a_deal_stands_on_the_board_of_its_pipeline(as_agent, deals):
    assert lanes(as_agent, pipeline="owner") == {"offer": "F"}


def test_lanes_tell_how_many_they_hold_and_what_it_is_worth(as_agent, deals):
    told = {"knowing": (3, "€600,000"), "offer": (1, "€400,000"), "lost": (1, "€500,000")}
    assert tallies(as_agent) == told
    assert board(as_agent).lane("won").sum.full == "€0"


def test_a_sum_is_told_in_brief_and_in_full(as_agent, account, agent):
    DealFactory(account=account, assigned_to=agent, value=1_234_500)
    text = as_agent.get(BUYER).content.decode()
    assert '<span aria-hidden="true" title="€1,234,500">€1.23M</span><span class="visually-hidden">€1,234,500' in text


def test_deals_without_a_value_count_and_add_nothing(as_agent, account, agent):
    DealFactory(account=account, assigned_to=agent)
    assert tallies(as_agent) == {"knowing": (1, "€0")}


def test_the_ledger_tells_what_is_open_and_what_is_likely(as_agent, deals):
    ledger = board(as_agent).ledger
    assert (ledger.worth, ledger.expected) == ("€1,000,000", "€190,000")  # 5 % of 600,000 and 40 % of 400,000
    assert [(part.name, part.start, part.width) for part in ledger.parts] == [
        ("Knowing Property", "0.00", "60.00"), ("Offer", "60.00", "40.00"),
    ]  # fmt: skip


def test_an_address_without_a_pipeline_leads_to_that_of_buyers(as_agent, deals):
    assert as_agent.get(BOARD).url == BUYER
    assert as_agent.get(BOARD, {"pipeline": "nonsense", "q": "house"}).url == f"{BOARD}?q=house&pipeline=buyer"


def test_the_board_looked_at_last_is_the_one_that_opens(as_agent, deals):
    as_agent.get(OWNER)
    assert as_agent.get(BOARD).url == OWNER
    as_agent.get(BUYER)
    assert as_agent.get(BOARD).url == BUYER


def test_who_looks_at_a_board_writes_nothing(as_agent, deals):
    as_agent.get(BUYER)
    with CaptureQueriesContext(connection) as asked:
        as_agent.get(OWNER)
        as_agent.get(BUYER)
    assert [query["sql"] for query in asked if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


def test_the_board_that_a_session_of_before_remembers_opens(as_agent, deals):
    session = as_agent.session
    session[IN_SESSION] = "owner"
    session.save()
    assert as_agent.get(BOARD).url == OWNER
    as_agent.get(BUYER)
    assert as_agent.get(BOARD).url == BUYER


def test_a_board_that_no_browser_should_remember_is_that_of_buyers(as_agent, deals):
    as_agent.cookies[MEMORY] = "nonsense"
    assert as_agent.get(BOARD).url == BUYER


def test_the_switch_leads_to_the_other_pipeline_with_the_same_search(as_agent, deals):
    ways = board(as_agent, q="house", agent="7", open="won").switch
    assert [(way.url, way.current) for way in ways] == [
        (f"{BOARD}?q=house&agent=7&pipeline=buyer", True), (f"{BOARD}?q=house&agent=7&pipeline=owner", False),
    ]  # fmt: skip


def test_the_sidebar_leads_to_the_board_and_marks_every_page_of_deals(as_agent, deals):
    for url in (BUYER, reverse("deals:list"), deals["A"].get_absolute_url()):
        assert f'href="{BOARD}" aria-current="page"' in as_agent.get(url).content.decode(), url
    assert f'href="{BOARD}" aria-current' not in as_agent.get(reverse("leads:list")).content.decode()


def test_the_address_bar_opens_a_folded_lane(as_agent, deals):
    assert "lost" not in lanes(as_agent)
    assert lanes(as_agent, open="lost")["lost"] == "E"
    assert "Bought elsewhere" in as_agent.get(f"{BUYER}&open=lost").content.decode()


def test_nonsense_opens_nothing(as_agent, deals):
    assert "knowing" in lanes(as_agent, open="nonsense", after="nonsense:knowing")


def test_deals_in_the_trash_are_on_no_lane_and_in_no_sum(as_agent, deals, agent):
    deals["A"].trash(by=agent)
    assert lanes(as_agent)["knowing"] == "BC"
    assert tallies(as_agent)["knowing"] == (2, "€500,000")


def test_other_offices_deals_are_on_no_lane(as_stranger, deals):
    assert "No deals yet" in as_stranger.get(BUYER).content.decode()


def test_search_and_filters_narrow_every_lane_and_every_sum(as_agent, deals, account):
    colleague = UserFactory(account=account)
    Deal.objects.filter(pk=deals["B"].pk).update(assigned_to=colleague)
    assert lanes(as_agent, q="b house") == {"knowing": "B"}
    assert tallies(as_agent, agent=colleague.pk) == {"knowing": (1, "€200,000")}
    assert lanes(as_agent, value_from="400000", open="lost") == {"offer": "D", "lost": "E"}
    assert "1 of 5" in as_agent.get(BUYER, {"pipeline": "buyer", "agent": colleague.pk}).content.decode()


def test_deals_that_go_cold_are_marked_and_found(as_agent, deals, account):
    silent = timezone.now() - timedelta(days=account.cold_after_days + 1)
    Deal.objects.filter(pk__in=[deals["A"].pk, deals["E"].pk]).update(last_activity_at=silent)
    assert lanes(as_agent, state="cold", open="lost") == {"knowing": "A"}
    cards = board(as_agent, open="lost").cards.values()
    assert [card.name for card in cards if "Going cold" in card.lines] == ["A House"]


def test_the_filters_of_the_board_name_neither_pipeline_nor_stage(as_agent, deals):
    answer = as_agent.get(reverse("deals:board-filters"), {"pipeline": "owner", "q": "x", "stage": "offer"})
    assert {"pipeline", "stage"} & set(answer.context["form"].fields) == set()
    assert answer.context["action"] == BOARD
    assert ("pipeline", "owner") in answer.context["kept"]
    assert board(as_agent, stage="offer").listing.chips == []
    assert lanes(as_agent, stage="offer")["knowing"] == "ABC"


def test_to_clear_all_stays_on_the_board_of_the_pipeline(as_agent, deals):
    text = as_agent.get(OWNER, {"pipeline": "owner", "q": "house", "type": "sell"}).content.decode()
    assert f'href="{OWNER}">Clear all</a>' in text


def test_list_and_board_keep_what_is_asked(as_agent, deals):
    query = "?pipeline=owner&q=house"
    text = as_agent.get(BOARD + query).content.decode().replace("&amp;", "&")
    assert f'href="{reverse("deals:list")}{query}"' in text
    text = as_agent.get(reverse("deals:list") + query).content.decode().replace("&amp;", "&")
    assert f'href="{BOARD}{query}"' in text


def tabs(client, **query):
    views = client.get(BOARD, {"pipeline": "buyer", **query}).context["views"]
    return {str(view.name): (view.current, view.changed) for view in views}


def test_the_views_above_the_board_know_what_it_shows(as_agent, deals, agent):
    assert tabs(as_agent)["All deals"] == (True, False)
    assert tabs(as_agent, agent=agent.pk)["My deals"] == (True, False)
    assert tabs(as_agent, agent=agent.pk)["All deals"] == (False, False)


def test_a_view_without_a_pipeline_is_unchanged_on_either_board(as_agent, deals):
    as_agent.post(reverse("deals:views"), {"name": "Rents", "query": "type=rent", "shape": "list"})
    for pipeline in ("buyer", "owner"):
        assert tabs(as_agent, pipeline=pipeline, type="rent")["Rents"] == (True, False)
    assert tabs(as_agent, q="x", type="rent")["Rents"] == (False, False)


def test_a_view_of_one_pipeline_is_that_of_its_board_alone(as_agent, deals):
    as_agent.post(reverse("deals:views"), {"name": "Big", "query": "pipeline=owner&value_from=9", "shape": "board"})
    assert tabs(as_agent, pipeline="owner", value_from="9")["Big"] == (True, False)
    assert tabs(as_agent, value_from="9")["Big"] == (False, False)


def test_the_section_opens_with_the_view_one_chose(as_agent, deals):
    as_agent.post(reverse("deals:views"), {"name": "Rents", "query": "type=rent", "shape": "list", "opens": "on"})
    assert as_agent.get(BOARD).url.startswith(f"{BUYER}&type=rent&view=")
    assert board(as_agent).listing.everything == f"{BUYER}&view=all"


def test_nothing_that_matches_is_told(as_agent, deals):
    assert "No deal matches" in as_agent.get(BUYER, {"pipeline": "buyer", "q": "nobody"}).content.decode()


def test_every_lane_begins_a_deal_of_its_stage(as_agent, deals):
    text = as_agent.get(f"{OWNER}&open=won&open=lost").content.decode().replace("&amp;", "&")
    for stage in stages_of("owner"):
        assert f'href="{reverse("deals:create")}?pipeline=owner&stage={stage}"' in text
    form = as_agent.get(reverse("deals:create"), {"pipeline": "owner", "stage": "visits"}).context["form"]
    assert (form["type"].value(), form["stage"].value()) == ("sell", "visits")


# More cards


@pytest.fixture
def many(account, agent):
    """Forty deals at the first stage."""
    return [DealFactory(account=account, assigned_to=agent, rank=place) for place in range(40)]


def test_a_lane_goes_on_where_it_stopped(as_agent, many):
    lane = board(as_agent).lane("knowing")
    seen = [card.pk for card in lane.cards]
    assert len(seen) == FIRST_OF_MANY
    while lane.more_url:
        lane = as_agent.get(lane.more_url, **HTMX).context["lane"]
        seen += [card.pk for card in lane.cards]
    assert seen == [deal.pk for deal in many]


def test_the_next_cards_are_a_fragment_without_the_page(as_agent, many):
    text = as_agent.get(board(as_agent).lane("knowing").more_url, **HTMX).content.decode()
    assert text.count("data-card=") == MORE
    assert "<html" not in text


def test_without_script_the_lane_goes_on_in_the_page(as_agent, many):
    text = as_agent.get(board(as_agent).lane("knowing").more_url).content.decode()
    assert "To the top" in text
    assert "<html" in text


def test_queries_are_the_same_for_few_and_many(as_agent, deals, account, agent):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            as_agent.get(f"{BUYER}&open=won&open=lost")
        return len(seen)

    as_agent.get(BUYER)
    few = asked()
    for stage in stages_of("buyer"):
        for deal in DealFactory.create_batch(9, account=account, assigned_to=agent, stage=stage, reason="x"):
            PartyFactory(deal=deal)
            Task(account=account, deal=deal, title="Call", due_on=timezone.localdate()).add(by=agent)
    assert asked() == few <= 26


# Cards


def test_a_card_says_what_matters(as_agent, account, agent):
    deal = DealFactory(
        account=account, assigned_to=agent, name="Villa Cap Negre", value=485_000, type="rent",
        closing_on=timezone.localdate() + timedelta(days=400), stage_since=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    for first in ("Inés", "Otto"):
        person = ContactFactory(account=account, first_name=first, last_name="Sáez")
        PartyFactory(deal=deal, person=person, role="tenant")
    PartyFactory(deal=deal, role="lawyer", person=ContactFactory(account=account, first_name="Lex"))
    text = as_agent.get(BUYER).content.decode()
    told = ["Villa Cap Negre", "€485,000", ">Rent<", "3 d", "Inés Sáez", "and 1 more client"]
    assert [words for words in told if words not in text] == []
    assert agent.get_full_name() in text
    assert "Lex" not in text


def test_a_client_in_the_trash_stands_on_no_card(as_agent, agent, deal, buyer):
    assert "Inés Sáez" in as_agent.get(BUYER).content.decode()
    buyer.trash(by=agent)
    assert "Inés Sáez" not in as_agent.get(BUYER).content.decode()


def test_a_closing_date_that_has_passed_is_overdue_until_the_deal_is_closed(as_agent, deals):
    Deal.objects.update(closing_on=timezone.localdate() - timedelta(days=1))
    cards = board(as_agent, open="lost").cards
    assert [card.name for card in cards.values() if "Overdue" not in card.foot] == ["E House"]


@pytest.mark.parametrize(("stage", "told"), [("won", "Won 3 May 2025"), ("lost", "Lost 3 May 2025")])
def test_a_card_of_a_closed_deal_tells_when_it_was_closed(as_agent, deals, stage, told):
    at = datetime(2025, 5, 3, 12, tzinfo=UTC)
    Deal.objects.filter(pk=deals["A"].pk).update(stage=stage, closed_at=at, closing_on="2025-06-30")
    foot = board(as_agent, open=stage).cards[deals["A"].pk].foot
    assert f">{told}<" in foot
    assert "Saturday 3 May 2025, 14:00" in foot
    assert "Jun" not in foot


def test_a_card_of_a_deal_that_was_closed_on_an_unknown_day_tells_none(as_agent, deals):
    Deal.objects.filter(pk=deals["E"].pk).update(closed_at=None, closing_on="2025-06-30")
    foot = board(as_agent, open="lost").cards[deals["E"].pk].foot
    assert not {"Lost", "Jun", "Closing"} & set(foot.replace(">", " ").replace("<", " ").split())


def test_a_card_tells_of_a_task_that_is_overdue(as_agent, agent, deal):
    due = timezone.localdate() - timedelta(days=1)
    Task(account=agent.account, deal=deal, title="Call the bank", due_on=due).add(by=agent)
    [card] = board(as_agent).cards.values()
    assert "Call the bank" in card.lines
    assert "due yesterday" in card.lines


def test_what_people_typed_is_drawn_as_text_on_a_card(as_agent, agent, deal, buyer):
    sly = "<script>x</script>"
    Person.objects.update(first_name=sly)
    User.objects.update(first_name=sly)
    Deal.objects.update(name=sly, stage="lost", reason=sly)
    Task(account=agent.account, deal=deal, title=sly, due_on=timezone.localdate() - timedelta(days=1)).add(by=agent)
    text = as_agent.get(f"{BUYER}&open=lost").content.decode()
    assert sly not in text
    assert text.count("&lt;script&gt;x&lt;/script&gt;") > 5


def test_a_name_that_looks_like_a_mark_stands_in_the_menu_as_it_is(as_agent, account, agent):
    DealFactory(account=account, assigned_to=agent, name="Plot [place] and [ask] and [name]")
    text = as_agent.get(BUYER).content.decode()
    assert 'aria-label="Move Plot [place] and [ask] and [name]"' in text


def test_a_deal_that_goes_to_another_lane_while_the_board_is_read_is_in_one(as_agent, deals, monkeypatch):
    loaded = BuyerBoard.loaded

    def late(self, rows):
        Deal.objects.filter(pk=deals["A"].pk).update(stage="lost", reason="Gone")
        return loaded(self, rows)

    monkeypatch.setattr(BuyerBoard, "loaded", late)
    assert lanes(as_agent) == {"knowing": "BC", "offer": "D"}


# Moving


def test_a_card_is_moved_between_two(as_agent, deals, account):
    answer = place(as_agent, deals["D"], "knowing", before=deals["B"].pk, after=deals["A"].pk)
    assert answer.url == BOARD
    assert order(account) == "ADBC"


def test_the_menu_lays_a_card_on_top_and_returns_to_the_board(as_agent, deals, account):
    answer = place(as_agent, deals["C"], "offer", next=f"{BUYER}&q=house")
    assert answer.url == f"{BUYER}&q=house"
    assert order(account, "offer") == "CD"


def test_script_gets_the_card_and_what_both_lanes_count_and_sum(as_agent, deals):
    text = place(as_agent, deals["A"], "offer", HTMX, before=deals["D"].pk).content.decode()
    assert text.count("data-card=") == 1
    assert 'id="lane-knowing-count" hx-swap-oob="true">2<' in text
    assert 'id="lane-offer-count" hx-swap-oob="true">2<' in text
    assert 'id="lane-knowing-sum" hx-swap-oob="true"><span aria-hidden="true" title="€500,000">' in text
    assert 'id="lane-offer-sum" hx-swap-oob="true"><span aria-hidden="true" title="€500,000">' in text
    assert 'id="ledger" hx-swap-oob="true"' in text
    assert "A House: Offer" in text


def test_counts_and_sums_are_those_of_the_search_that_is_shown(as_agent, deals):
    url = f"http://testserver{BUYER}&q=nobody"
    text = place(as_agent, deals["A"], "offer", {**HTMX, "HTTP_HX_CURRENT_URL": url}).content.decode()
    assert 'id="lane-knowing-count" hx-swap-oob="true">0<' in text
    assert 'id="lane-knowing-sum" hx-swap-oob="true"><span aria-hidden="true" title="€0">' in text


def toasted(client):
    """Return what the next page says."""
    [message] = list(client.get(BUYER).context["messages"])
    return read(message)


def undo(client):
    """Post what the toast's Undo would."""
    note = toasted(client)
    return client.post(note.undo_url, dict(note.undo_data))


def test_undo_puts_a_card_back_where_it_lay(as_agent, deals, account):
    place(as_agent, deals["B"], "offer")
    undo(as_agent)
    assert (order(account), order(account, "offer")) == ("ABC", "D")


def test_undo_of_a_lost_deal_knows_its_reason(as_agent, deals):
    place(as_agent, deals["E"], "knowing")
    assert stored(deals["E"]).reason == ""
    undo(as_agent)
    assert (stored(deals["E"]).stage, stored(deals["E"]).reason) == ("lost", "Bought elsewhere")


def test_order_among_the_lost_needs_no_new_reason(as_agent, deals):
    place(as_agent, deals["E"], "lost")
    assert stored(deals["E"]).reason == "Bought elsewhere"


@pytest.mark.parametrize(
    ("stage", "told"),
    [("lost", "Give a reason."), ("mandate", "no such stage"), ("nonsense", "no such stage"), ("", "no such stage")],
)
def test_what_the_rules_refuse_is_told(as_agent, deals, account, stage, told):
    answer = place(as_agent, deals["A"], stage, HTMX)
    assert (answer.status_code, answer.headers["HX-Trigger"]) == (200, "board:refused")
    assert answer.headers["HX-Reswap"] == "none"
    assert told in answer.content.decode()
    assert order(account) == "ABC"


def test_without_script_a_refusal_is_told_on_the_board(as_agent, deals):
    assert place(as_agent, deals["A"], "lost", next=BUYER).url == BUYER
    assert "Give a reason." in as_agent.get(BUYER).content.decode()


def test_a_deal_in_the_trash_is_put_back_with_a_reason(as_agent, deals, agent):
    deals["A"].trash(by=agent)
    answer = place(as_agent, deals["A"], "offer", HTMX)
    assert answer.headers["HX-Trigger"] == "board:refused"
    assert "Somebody moved this deal to the trash meanwhile." in answer.content.decode()


def test_a_deal_that_went_to_the_other_pipeline_is_put_back_with_a_reason(as_agent, deals):
    Deal.objects.filter(pk=deals["D"].pk).update(type="sell", pipeline=pipeline_of("sell"))
    answer = place(as_agent, deals["D"], "reservation", HTMX)
    assert answer.headers["HX-Trigger"] == "board:refused"
    assert "to the pipeline “Owner” meanwhile" in answer.content.decode()
    assert stored(deals["D"]).stage == "offer"


@pytest.mark.parametrize("word", ["x", "-1", "9" * 40])
def test_a_neighbour_that_is_no_key_is_none(as_agent, deals, account, word):
    place(as_agent, deals["C"], "knowing", before=word, after=word)
    assert order(account) == "CAB"


def test_a_neighbour_of_the_other_pipeline_is_none(as_agent, deals, account):
    place(as_agent, deals["A"], "offer", before=deals["F"].pk)
    assert order(account, "offer") == "AD"
    assert order(account, "offer", "owner") == "F"


def test_another_offices_deal_cannot_be_moved(as_stranger, deals, account):
    assert place(as_stranger, deals["C"], "knowing").status_code == 404
    assert order(account) == "ABC"


def test_a_question_from_the_board_puts_the_card_where_it_fell(as_agent, deals, account):
    url = reverse("deals:stage", args=[deals["A"].pk]) + f"?stage=lost&before=&after={deals['E'].pk}"
    answer = as_agent.post(url, {"stage": "lost", "reason": "Moved away"})
    assert answer.url == f"{BUYER}#card-{deals['A'].pk}"
    assert order(account, "lost") == "EA"


def test_a_move_stands_on_the_timeline_of_the_deal_and_of_its_contacts(as_agent, deal, buyer):
    place(as_agent, deal, "offer")
    for page in (deal, buyer):
        text = as_agent.get(page.get_absolute_url()).content.decode()
        assert "from <b>Knowing Property</b> to <b>Offer</b>" in text


# Won


def test_a_deal_that_is_won_on_the_board_is_celebrated(as_agent, deals):
    text = place(as_agent, deals["A"], "won", HTMX).content.decode()
    assert "data-cheer" in text
    assert "A House: Won. Congratulations!" in text
    assert stored(deals["A"]).closed_at is not None


@pytest.mark.parametrize("stage", ["offer", "knowing"])
def test_no_other_move_is_celebrated(as_agent, deals, stage):
    assert "data-cheer" not in place(as_agent, deals["A"], stage, HTMX).content.decode()


def test_order_among_the_won_is_no_celebration(as_agent, deals):
    place(as_agent, deals["A"], "won")
    assert toasted(as_agent).cheer
    place(as_agent, deals["A"], "won")
    assert not toasted(as_agent).cheer


def test_a_deal_that_is_won_on_its_page_is_celebrated_once(as_agent, deals):
    url = reverse("deals:stage", args=[deals["A"].pk])
    as_agent.post(url, {"stage": "won"})
    assert toasted(as_agent).cheer
    as_agent.post(url, {"stage": "won"})
    assert not toasted(as_agent).cheer


def test_deals_that_are_won_in_the_list_are_celebrated(as_agent, deals):
    as_agent.post(reverse("deals:bulk-stage"), {"id": [deals["A"].pk], "stage": "won"})
    note = toasted(as_agent)
    assert (note.text, note.cheer) == ("1 deal is now Won", True)
    as_agent.post(reverse("deals:bulk-stage"), {"id": [deals["A"].pk], "stage": "won"})
    assert not toasted(as_agent).cheer


def test_the_lane_of_the_won_is_where_the_celebration_comes_from(as_agent, deals):
    text = as_agent.get(BUYER).content.decode()
    assert text.count("data-cheers") == 1
    assert f'data-lane="{Stage.WON.value}" data-cheers' in text


def test_lost_without_a_reason_is_asked_for_and_the_selection_stays(as_agent, deals):
    ids = [deals["A"].pk, deals["B"].pk]
    answer = as_agent.post(reverse("deals:bulk-stage"), {"id": ids, "stage": "lost", "next": "/deals/?q=house"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2 deals are still selected." in text
    assert "Give a reason." in text
    assert all(f'name="id" value="{pk}"' in text for pk in ids)
    data = {"id": ids, "stage": "lost", "reason": "Sold privately", "next": "/deals/?q=house"}
    assert as_agent.post(reverse("deals:bulk-stage"), data).url == "/deals/?q=house"
    assert {deal.reason for deal in Deal.objects.filter(pk__in=ids)} == {"Sold privately"}


def test_nothing_selected_is_said(as_agent, deals):
    as_agent.post(reverse("deals:bulk-stage"), {"stage": "offer"})
    assert toasted(as_agent).text == "Nothing was selected."


def test_a_card_that_falls_into_a_folded_lane_leaves_the_board(as_agent, deals):
    assert "data-card" not in place(as_agent, deals["A"], "won", HTMX).content.decode()
    opened = {**HTMX, "HTTP_HX_CURRENT_URL": f"http://testserver{BUYER}&open=won"}
    assert "data-card" in place(as_agent, deals["B"], "won", opened).content.decode()
