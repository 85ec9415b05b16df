"""The board of leads: its lanes, what it is narrowed to, its cards, and what moves one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.boards import FIRST, MORE
from contacts.models import Kind, Person, SavedView
from contacts.tasks.models import Task
from leads import pipeline
from leads.board import LeadBoard
from leads.converting import convert
from leads.models import Lead, Status
from leads.pipeline import arrange
from tesoro.ranking import GAP, Place
from tesoro.toasts import read
from tests.factories import ContactFactory, LeadFactory

BOARD = reverse("leads:board")
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{BOARD}"}


@pytest.fixture
def leads(account, agent):
    """A, B and C are new from the top, D is contacted, E was lost."""
    places = {"A": "new", "B": "new", "C": "new", "D": "contacted", "E": "lost"}
    return {
        name: LeadFactory(
            account=account, assigned_to=agent, first_name=name, last_name="Last", lead__rank=place * GAP,
            lead__status=status, lead__reason="Bought elsewhere" if status == "lost" else "",
        )
        for place, (name, status) in enumerate(places.items())
    }  # fmt: skip


def lanes(client, **query):
    """Return the cards of each lane that stands open, by their first letters."""
    board = client.get(BOARD, query).context["board"]
    return {lane.key: "".join(card.name[0] for card in lane.cards) for lane in board.lanes if lane.is_open}


def counts(client, **query):
    return {lane.key: lane.count_text for lane in client.get(BOARD, query).context["board"].lanes}


def place(client, person, status, headers=(), **data):
    return client.post(reverse("leads:place", args=[person.pk]), {"status": status, **data}, **dict(headers))


def order(account, status="new"):
    found = Lead.objects.for_account(account).of_status(status)
    return "".join(found.values_list("person__first_name", flat=True))


# The page


def test_lanes_hold_the_leads_of_each_status_in_their_order(as_agent, leads, agent):
    arrange(leads["C"], Place("new"), by=agent)
    assert lanes(as_agent) == {"new": "CAB", "contacted": "D", "qualified": "", "converted": ""}
    assert counts(as_agent) == {
        "new": "3", "contacted": "1", "qualified": "0", "converted": "0", "unqualified": "0", "lost": "1",
    }  # fmt: skip


def test_a_lead_that_goes_to_another_lane_while_the_board_is_read_is_in_one(as_agent, leads, monkeypatch):
    loaded = LeadBoard.loaded

    def late(self, rows):
        Lead.objects.filter(pk=leads["A"].pk).update(status="lost", reason="Gone")
        return loaded(self, rows)

    monkeypatch.setattr(LeadBoard, "loaded", late)
    assert lanes(as_agent)["new"] == "BC"


def test_the_address_bar_opens_a_folded_lane(as_agent, leads):
    assert lanes(as_agent, open="lost")["lost"] == "E"
    text = as_agent.get(BOARD, {"open": "lost", "q": "last"}).content.decode()
    assert f'href="{BOARD}?q=last" aria-expanded="true"' in text
    assert f'href="{BOARD}?q=last&amp;open=lost&amp;open=unqualified#lane-unqualified" aria-expanded="false"' in text


def test_nonsense_opens_nothing(as_agent, leads):
    assert "new" in lanes(as_agent, open="nonsense", after="nonsense:new")


def test_converted_people_come_last_converted_first_and_lead_to_their_page(as_agent, leads, agent, contact):
    for name in "AB":
        convert(leads[name], "buyer", by=agent)
    assert lanes(as_agent)["converted"] == "BA"
    text = as_agent.get(BOARD).content.decode()
    assert f'href="{reverse("contacts:detail", args=[leads["A"].pk])}"' in text
    assert reverse("leads:place", args=[leads["A"].pk]) not in text
    assert contact.full_name not in text


def test_people_in_the_trash_are_on_no_lane(as_agent, leads, agent):
    leads["A"].trash(by=agent)
    convert(leads["B"], "buyer", by=agent).trash(by=agent)
    assert lanes(as_agent) == {"new": "C", "contacted": "D", "qualified": "", "converted": ""}


def test_other_offices_leads_are_on_no_lane(as_stranger, leads):
    assert "No leads yet" in as_stranger.get(BOARD).content.decode()


def test_search_and_filters_narrow_every_lane(as_agent, leads, agent, account):
    other = LeadFactory(account=account, first_name="F", last_name="Other", lead__stage="hot")
    convert(other, "buyer", by=agent)
    LeadFactory(account=account, first_name="G", last_name="Other", lead__stage="hot", lead__status="qualified")
    assert lanes(as_agent, q="other") == {"new": "", "contacted": "", "qualified": "G", "converted": "F"}
    assert lanes(as_agent, stage="hot") == {"new": "", "contacted": "", "qualified": "G", "converted": "F"}
    assert lanes(as_agent, agent=agent.pk, q="other") == {"new": "", "contacted": "", "qualified": "", "converted": ""}
    assert counts(as_agent, stage="hot")["new"] == "0"


def test_list_and_board_keep_what_is_asked(as_agent, leads):
    query = "?q=last&stage=neutral&sort=name"
    text = as_agent.get(BOARD + query).content.decode().replace("&amp;", "&")
    assert f'href="{reverse("leads:list")}{query}"' in text
    assert f'href="{BOARD}{query}" aria-current="page"' in text
    assert f'href="{reverse("leads:board-filters")}{query}"' in text
    text = as_agent.get(reverse("leads:list") + query).content.decode().replace("&amp;", "&")
    assert f'href="{BOARD}{query}"' in text


def test_empty_fields_of_the_search_leave_the_address(as_agent):
    assert as_agent.get(f"{BOARD}?q=&stage=hot").url == f"{BOARD}?stage=hot"


def test_filters_lead_back_to_the_board(as_agent):
    answer = as_agent.get(reverse("leads:board-filters"), {"q": "last", "open": "lost"})
    assert answer.context["action"] == BOARD
    assert ("open", "lost") in answer.context["kept"]


def test_saved_views_open_on_the_board(as_agent, leads):
    as_agent.post(reverse("leads:views"), {"name": "Hot", "query": "stage=hot", "shape": "board"})
    views = as_agent.get(BOARD, {"stage": "hot", "open": "lost"}).context["views"]
    assert [(str(view.name), view.url, view.current) for view in views][-1] == (
        "Hot", f"{BOARD}?stage=hot&view={SavedView.objects.get().pk}", True,
    )  # fmt: skip


def test_saving_a_view_returns_to_the_board(as_agent):
    data = {"name": "Hot", "query": "stage=hot", "shape": "board"}
    assert as_agent.post(reverse("leads:views"), data).url.startswith(f"{BOARD}?stage=hot&view=")
    assert as_agent.post(reverse("contacts:views"), {**data, "name": "B"}).url.startswith(reverse("contacts:list"))


def test_nothing_that_matches_is_told_as_in_the_list(as_agent, leads, account):
    ContactFactory(account=account, first_name="Otto", last_name="Baumgarten")
    assert "There is 1 contact that matches" in as_agent.get(BOARD, {"q": "otto"}).content.decode()


def test_a_lane_begins_a_lead_of_its_status(as_agent, leads):
    text = as_agent.get(BOARD).content.decode()
    assert f'href="{reverse("leads:create")}?status=contacted"' in text
    assert f"{reverse('leads:create')}?status=converted" not in text


# More cards


@pytest.fixture
def many(account, agent):
    """Forty new leads."""
    return LeadFactory.create_batch(40, account=account, assigned_to=agent)


def test_a_lane_goes_on_where_it_stopped(as_agent, many):
    lane = as_agent.get(BOARD).context["board"].lane("new")
    seen = [card.pk for card in lane.cards]
    assert len(seen) == FIRST
    while lane.more_url:
        lane = as_agent.get(lane.more_url, **HTMX).context["lane"]
        seen += [card.pk for card in lane.cards]
    assert seen == [person.pk for person in many]


def test_without_script_the_lane_goes_on_in_the_page(as_agent, many, leads):
    url = as_agent.get(BOARD).context["board"].lane("new").more_url
    text = as_agent.get(url).content.decode()
    assert "To the top" in text
    assert "<html" in text
    assert leads["D"].full_name in text


def test_the_next_cards_are_a_fragment_without_the_page(as_agent, many):
    url = as_agent.get(BOARD).context["board"].lane("new").more_url
    text = as_agent.get(url, **HTMX).content.decode()
    assert text.count("data-card=") == MORE
    assert "<html" not in text


def test_a_place_of_another_search_begins_at_the_top(as_agent, many):
    url = as_agent.get(BOARD).context["board"].lane("new").more_url
    lane = as_agent.get(f"{url}&stage=neutral", **HTMX).context["lane"]
    assert lane.cards[0].pk == many[0].pk


def test_queries_are_the_same_for_few_and_many(as_agent, leads, account, agent):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            as_agent.get(BOARD, {"open": ["lost", "unqualified"]})
        return len(seen)

    few = asked()
    for status in Status.values:
        LeadFactory.create_batch(9, account=account, assigned_to=agent, lead__status=status, lead__reason="x")
    Person.objects.filter(lead__status="converted").update(kind=Kind.CONTACT, role="buyer")
    for person in Person.objects.all():
        Task(account=account, person=person, title="Call back", due_on=timezone.localdate()).add(by=agent)
    assert asked() == few <= 24


# Cards


def test_a_card_says_what_matters(as_agent, account, agent):
    LeadFactory(
        account=account, assigned_to=agent, first_name="Friederike", last_name="Baumgartner", country="DE",
        lead__property_types="villa,finca", lead__locations="Jávea, Moraira", lead__price_from=650_000,
        lead__price_to=900_000, lead__stage="hot", lead__status_since=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    text = as_agent.get(BOARD).content.decode()
    told = ["Friederike Baumgartner", "Jávea or Moraira", "€650k–900k", 'data-heat="hot"', "3 d", ">DE<", "Buyer"]
    assert [words for words in told if words not in text] == []
    assert agent.get_full_name() in text


@pytest.mark.parametrize(("days", "told"), [(1, "due yesterday"), (40, "due ")])
def test_a_card_tells_of_a_task_that_is_overdue(as_agent, leads, agent, account, days, told):
    due = timezone.localdate() - timedelta(days=days)
    for title, on in (("Call back", due), ("Later", due + timedelta(hours=24)), ("Never", None)):
        Task(account=account, person=leads["A"], title=title, due_on=on).add(by=agent)
    [card] = [card for card in as_agent.get(BOARD).context["board"].cards.values() if 'class="late' in card.lines]
    assert card.pk == leads["A"].pk
    assert ">Call back</span>" in card.lines
    assert f'class="nowrap">{told}' in card.lines


def test_tasks_that_are_done_or_ahead_are_not_told(as_agent, leads, agent, account):
    done = Task(account=account, person=leads["A"], title="Done", due_on=timezone.localdate() - timedelta(days=3))
    done.add(by=agent).complete(by=agent)
    Task(account=account, person=leads["A"], title="Ahead", due_on=timezone.localdate()).add(by=agent)
    cards = as_agent.get(BOARD).context["board"].cards.values()
    assert [card.name for card in cards if "late" in card.lines] == []


# Moving


def test_a_card_is_moved_between_two(as_agent, leads, account):
    answer = place(as_agent, leads["D"], "new", before=leads["B"].pk, after=leads["A"].pk)
    assert answer.url == BOARD
    assert order(account) == "ADBC"


def test_the_menu_lays_a_card_on_top_and_returns_to_the_board(as_agent, leads, account):
    answer = place(as_agent, leads["C"], "contacted", next=f"{BOARD}?q=last")
    assert answer.url == f"{BOARD}?q=last"
    assert order(account, "contacted") == "CD"


def test_script_gets_the_card_the_counts_and_the_toast(as_agent, leads):
    answer = place(as_agent, leads["A"], "contacted", HTMX, before=leads["D"].pk)
    text = answer.content.decode()
    assert text.count("data-card=") == 1
    assert 'id="lane-new-count" hx-swap-oob="true">2<' in text
    assert 'id="lane-contacted-count" hx-swap-oob="true">2<' in text
    assert "A Last: Contacted" in text
    assert "HX-Reswap" not in answer.headers


def test_counts_are_those_of_the_search_that_is_shown(as_agent, leads):
    url = f"http://testserver{BOARD}?q=nobody"
    text = place(as_agent, leads["A"], "contacted", {**HTMX, "HTTP_HX_CURRENT_URL": url}).content.decode()
    assert 'id="lane-new-count" hx-swap-oob="true">0<' in text


def undo(client, answer):
    """Post what the toast's Undo would."""
    [message] = list(client.get(BOARD).context["messages"])
    note = read(message)
    return client.post(note.undo_url, dict(note.undo_data))


def test_undo_puts_a_card_back_where_it_lay(as_agent, leads, account):
    undo(as_agent, place(as_agent, leads["B"], "contacted"))
    assert (order(account), order(account, "contacted")) == ("ABC", "D")


def test_undo_of_a_lost_lead_knows_its_reason(as_agent, leads, account):
    undo(as_agent, place(as_agent, leads["E"], "new"))
    assert Lead.objects.get(pk=leads["E"].pk).reason == "Bought elsewhere"


def test_undo_gives_the_day_back_since_when_the_lead_stood_there(as_agent, leads):
    long_ago = timezone.now() - timedelta(days=30)
    Lead.objects.filter(pk=leads["E"].pk).update(status_since=long_ago, rank=7)
    undo(as_agent, place(as_agent, leads["E"], "new"))
    lead = Lead.objects.get(pk=leads["E"].pk)
    assert (lead.status, lead.reason, lead.rank, lead.status_since) == ("lost", "Bought elsewhere", 7, long_ago)


def test_a_card_that_a_colleague_took_out_of_its_lane_is_not_taken_back(as_agent, leads, agent):
    pipeline.move(leads["A"], "lost", by=agent, reason="Bought elsewhere")
    url = reverse("leads:place", args=[leads["A"].pk])
    answer = as_agent.post(f"{url}?from=new", {"status": "new", "before": leads["C"].pk}, **HTMX)
    assert answer.headers["HX-Trigger"] == "board:refused"
    assert "Somebody has moved this card to “Lost” in the meantime." in answer.content.decode().replace("&quot;", '"')
    lead = Lead.objects.get(pk=leads["A"].pk)
    assert (lead.status, lead.reason) == ("lost", "Bought elsewhere")


def test_what_changed_while_others_were_waited_for_counts(as_agent, leads, agent, monkeypatch):
    hold = LeadBoard.hold

    def after_a_colleague(board, record):
        pipeline.move(leads["A"], "lost", by=agent, reason="Bought elsewhere")
        hold(board, record)

    monkeypatch.setattr(LeadBoard, "hold", after_a_colleague)
    answer = as_agent.post(reverse("leads:place", args=[leads["A"].pk]) + "?from=new", {"status": "new"}, **HTMX)
    assert "Somebody has moved this card to “Lost” in the meantime." in answer.content.decode()


def test_undo_takes_nothing_back_that_a_colleague_moved_on(as_agent, leads, agent):
    answer = place(as_agent, leads["A"], "contacted")
    pipeline.move(leads["A"], "qualified", by=agent)
    undo(as_agent, answer)
    assert Lead.objects.get(pk=leads["A"].pk).status == "qualified"


def test_the_menu_says_from_where(as_agent, leads):
    url = reverse("leads:place", args=[leads["D"].pk])
    assert f'formaction="{url}?from=contacted"' in as_agent.get(BOARD).content.decode()


def test_order_among_the_lost_needs_no_new_reason(as_agent, leads, account):
    place(as_agent, leads["E"], "lost")
    assert Lead.objects.get(pk=leads["E"].pk).reason == "Bought elsewhere"


@pytest.mark.parametrize("gone", ["converted", "deleted"])
def test_somebody_who_left_meanwhile_is_put_back_with_a_reason(as_agent, leads, agent, gone):
    if gone == "converted":
        convert(leads["A"], "buyer", by=agent)
    else:
        leads["A"].trash(by=agent)
    answer = place(as_agent, leads["A"], "contacted", HTMX)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "board:refused"
    assert answer.headers["HX-Reswap"] == "none"
    assert "Somebody has converted or deleted this lead in the meantime." in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "told"), [("lost", "Give a reason."), ("converted", "Convert the lead instead."), ("", "")]
)
def test_what_the_rules_refuse_is_told(as_agent, leads, account, status, told):
    answer = place(as_agent, leads["A"], status, HTMX)
    assert answer.headers["HX-Trigger"] == "board:refused"
    assert told in answer.content.decode()
    assert order(account) == "ABC"


def test_without_script_a_refusal_is_told_on_the_board(as_agent, leads):
    answer = place(as_agent, leads["A"], "converted")
    assert answer.url == BOARD
    assert "Convert the lead instead." in as_agent.get(BOARD).content.decode()


@pytest.mark.parametrize("word", ["x", "-1", "9" * 40])
def test_a_neighbour_that_is_no_key_is_none(as_agent, leads, account, word):
    place(as_agent, leads["C"], "new", before=word, after=word)
    assert order(account) == "CAB"


def test_another_offices_lead_cannot_be_moved(as_stranger, leads, account):
    assert place(as_stranger, leads["C"], "new").status_code == 404


def test_a_question_from_the_board_puts_the_card_where_it_fell(as_agent, leads, account):
    url = reverse("leads:status", args=[leads["A"].pk]) + f"?status=lost&before=&after={leads['E'].pk}"
    answer = as_agent.post(url, {"status": "lost", "reason": "Moved away"})
    assert answer.url == f"{BOARD}#card-{leads['A'].pk}"
    assert order(account, "lost") == "EA"


# Many at once


def test_the_list_moves_many(as_agent, leads, account):
    ids = [leads[name].pk for name in "AB"]
    as_agent.post(reverse("leads:bulk-status"), {"id": ids, "status": "contacted"})
    assert order(account, "contacted") == "ABD"


def test_many_are_lost_for_a_reason(as_agent, leads, account):
    data = {"id": [leads[name].pk for name in "AB"], "status": "lost"}
    as_agent.post(reverse("leads:bulk-status"), data)
    assert order(account, "lost") == "E"
    as_agent.post(reverse("leads:bulk-status"), {**data, "reason": "Moved\naway"})
    assert set(Lead.objects.filter(status="lost").values_list("reason", flat=True)) >= {"Moved away"}


def test_the_bar_of_leads_alone_offers_the_status(as_agent, leads, contact):
    url = reverse("leads:bulk-status")
    assert url in as_agent.get(reverse("leads:list")).content.decode()
    assert url not in as_agent.get(reverse("contacts:list")).content.decode()
