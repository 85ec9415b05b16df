"""The boards of deals in the browser: cards moved by mouse, finger, keys and menu, with script and without."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from deals.models import Deal, Party
from tesoro.ranking import GAP
from tests.e2e.conftest import session_cookie
from tests.e2e.steps import panel, said
from tests.e2e.test_leads_board import PHONE, Finger, expect_count, lane, middle, until
from tests.factories import ContactFactory, DealFactory, PartyFactory

BOARD = reverse("deals:board")
BUYER = f"{BOARD}?pipeline=buyer"


@pytest.fixture
def client_of_all(account, agent):
    """A contact who takes part in every deal."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Inés", last_name="Sáez")


@pytest.fixture
def deals(account, agent, client_of_all):
    """A, B and C are at the first stage from the top, D has an offer; each is worth 100,000 more than the last."""
    made = [
        DealFactory(
            account=account, assigned_to=agent, name=f"{name} House", rank=place * GAP, stage=stage,
            value=100_000 * (place + 1),
        )
        for place, (name, stage) in enumerate(zip("ABCD", ["knowing"] * 3 + ["offer"], strict=True))
    ]  # fmt: skip
    for deal in made:
        PartyFactory(deal=deal, person=client_of_all)
    return made


@pytest.fixture
def page(sign_in, agent, deals):
    """The board as the agent sees it."""
    page = sign_in(agent, viewport={"width": 1440, "height": 900})
    page.goto(BUYER)
    return page


def card(page, name):
    return page.locator("[data-card]", has=page.get_by_role("link", name=f"{name} House"))


def expect_order(page, key, names):
    """Expect the cards of a lane, from the top, on the page and in the database."""
    expect(lane(page, key).locator("h3 a")).to_have_text([f"{name} House" for name in names])
    stored = Deal.objects.of_stage("buyer", key).values_list("name", flat=True)
    assert "".join(name[0] for name in stored) == names


def expect_tally(page, key, count, worth):
    expect_count(page, key, count)
    expect(page.locator(f"#lane-{key}-sum [aria-hidden]")).to_have_text(worth)


def drag(page, name, target, above=True):
    """Pull a card with the mouse over the upper or the lower edge of another, or over a lane."""
    page.mouse.move(*middle(card(page, name)))
    page.mouse.down()
    x, y = middle(target)
    page.mouse.move(x - 40, y, steps=4)
    page.mouse.move(x, y + (-30 if above else 30), steps=4)


def drop(page, name):
    """Let the card go, and wait until the server has taken it."""
    page.mouse.up()
    expect(page.locator("[data-card][aria-busy=true]", has_text=f"{name} House")).to_have_count(0)


def carry(page, name, lanes):
    """Lift a card by keys and carry it over so many lanes."""
    page.get_by_role("link", name=f"{name} House").focus()
    page.keyboard.press("Space")
    for _lane in range(lanes):
        page.keyboard.press("ArrowRight")


@pytest.mark.database
def test_one_deal_is_won_by_drag_and_another_lost_by_keys_and_the_contact_tells_of_both(page, client_of_all):
    drag(page, "A", lane(page, "won"))
    page.mouse.up()
    said(page, "A House: Won. Congratulations!")
    expect_tally(page, "knowing", 2, "€500k")
    expect_tally(page, "won", 1, "€100k")
    expect(card(page, "A")).to_have_count(0)

    carry(page, "B", 8)
    expect(page.locator("[data-board-says]")).to_have_text("Lost")
    page.keyboard.press("Enter")
    panel(page).get_by_label("Reason").fill("Bought with another agency")
    page.keyboard.press("Control+s")
    said(page, "B House: Lost")
    expect_tally(page, "knowing", 1, "€300k")
    expect_tally(page, "lost", 1, "€200k")

    page.goto(client_of_all.get_absolute_url())
    timeline = page.get_by_role("main")
    expect(timeline).to_contain_text("moved the deal A House from Knowing Property to Won")
    expect(timeline).to_contain_text("moved the deal B House from Knowing Property to Lost: Bought with another agency")
    page.goto(reverse("contacts:deals", args=[client_of_all.pk]))
    for name in ("A House", "B House"):
        expect(page.get_by_role("main").get_by_role("link", name=name)).to_be_visible()


def test_a_card_keeps_its_place_and_both_lanes_their_sums(page):
    drag(page, "A", card(page, "D"), above=False)
    drop(page, "A")
    said(page, "A House: Offer")
    expect_order(page, "offer", "DA")
    expect_tally(page, "offer", 2, "€500k")
    drag(page, "C", card(page, "B"))
    drop(page, "C")
    said(page, "C House moved within Knowing Property")
    expect_order(page, "knowing", "CB")
    page.reload()
    expect_order(page, "knowing", "CB")


def test_the_ledger_follows_every_move(page):
    expect(page.locator("#ledger")).to_contain_text("€1,000,000 open")
    drag(page, "A", lane(page, "won"))
    drop(page, "A")
    expect(page.locator("#ledger")).to_contain_text("€900,000 open")


def test_undo_takes_a_card_back_from_the_won(page):
    drag(page, "B", lane(page, "won"))
    drop(page, "B")
    page.get_by_role("button", name="Undo").click()
    said(page, "B House: Knowing Property")
    expect_order(page, "knowing", "ABC")


def test_keys_move_a_card_within_its_lane(page):
    page.get_by_role("link", name="A House").focus()
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    said(page, "A House moved within Knowing Property")
    expect_order(page, "knowing", "BAC")
    expect(page.get_by_role("link", name="A House")).to_be_focused()


def test_a_question_that_is_left_leaves_the_card_where_it_was(page):
    drag(page, "A", lane(page, "lost"))
    page.mouse.up()
    expect(panel(page).get_by_label("Reason")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect_order(page, "knowing", "ABC")


def test_a_question_that_is_left_leaves_the_menu_as_it_was(page, account, agent):
    lost = DealFactory(account=account, assigned_to=agent, name="E House", stage="lost", reason="Too dear")
    page.goto(f"{BUYER}&open=lost")
    question = card(page, "A").locator("[data-to=lost]")
    before = question.get_attribute("href")
    drag(page, "A", page.locator(f"[data-card='{lost.pk}']"))
    page.mouse.up()
    expect(panel(page).get_by_label("Reason")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    assert question.evaluate("link => link.pathname + link.search") == before


def test_a_card_of_the_trash_goes_back_and_a_toast_says_why(page, deals, agent):
    deals[1].trash(by=agent)
    drag(page, "B", card(page, "D"))
    page.mouse.up()
    said(page, "Somebody moved this deal to the trash meanwhile.")
    expect(lane(page, "knowing").locator("h3 a")).to_have_text(["A House", "B House", "C House"])


def test_won_and_lost_stay_in_sight_and_take_a_card_from_any_lane(sign_in, agent, deals):
    page = sign_in(agent, viewport={"width": 900, "height": 700})
    page.goto(BUYER)
    for key in ("won", "lost"):
        expect(lane(page, key)).to_be_in_viewport(ratio=0.9)
    drag(page, "A", lane(page, "won"))
    drop(page, "A")
    said(page, "A House: Won. Congratulations!")


def test_the_board_scrolls_on_before_the_strips(sign_in, agent, deals):
    page = sign_in(agent, viewport={"width": 900, "height": 700})
    page.goto(BUYER)
    page.mouse.move(*middle(card(page, "A")))
    page.mouse.down()
    page.mouse.move(lane(page, "won").bounding_box()["x"] - 10, 400, steps=6)
    until(page, "document.querySelector('.board').scrollLeft > 200")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect_order(page, "knowing", "ABC")


@pytest.fixture
def lively(chromium, live_server, agent, deals):
    """The board for somebody whom motion does not disturb."""
    with chromium.new_context(base_url=live_server.url, reduced_motion="no-preference") as context:
        context.add_cookies([session_cookie(agent, live_server.url)])
        page = context.new_page()
        page.goto(BUYER)
        yield page


CHEERS = """() => {
  window.cheers = 0;
  new MutationObserver(() => { window.cheers += document.querySelectorAll(".cheer").length; })
    .observe(document.body, { childList: true });
}"""


def test_a_deal_that_is_won_sets_off_a_celebration_that_ends(lively):
    lively.evaluate(CHEERS)
    drag(lively, "A", lane(lively, "won"))
    drop(lively, "A")
    said(lively, "A House: Won. Congratulations!")
    until(lively, "window.cheers > 0")
    expect(lively.locator(".cheer")).to_have_count(0)


def test_who_wants_no_motion_sees_none(page):
    page.evaluate(CHEERS)
    drag(page, "A", lane(page, "won"))
    drop(page, "A")
    said(page, "A House: Won. Congratulations!")
    assert page.evaluate("window.cheers") == 0


def test_a_deal_is_won_on_its_page(page, deals):
    page.goto(deals[0].get_absolute_url())
    page.get_by_role("button", name="Won", exact=True).click()
    said(page, "A House: Won. Congratulations!")
    expect(page.locator("[data-cheer]")).to_be_visible()


def test_the_switch_goes_to_the_other_pipeline_and_the_sidebar_back_to_it(page, account, agent):
    DealFactory(account=account, assigned_to=agent, name="F House", type="sell", stage="mandate")
    page.get_by_role("navigation", name="Pipeline").get_by_role("link", name="Owner").click()
    expect(page).to_have_url(re.compile(r"pipeline=owner$"))
    expect(page.locator("[data-card]")).to_have_count(1)
    page.goto(reverse("contacts:list"))
    page.locator(f'a[href="{BOARD}"]:visible').click()
    expect(page).to_have_url(re.compile(r"/deals/board/\?pipeline=owner$"))


def test_a_lane_begins_a_deal_of_its_stage(page):
    page.get_by_role("link", name="Create deal: Multiple Visits").click()
    expect(panel(page).locator("[name=stage]")).to_have_value("more_visits")
    expect(panel(page).locator("[name=type]")).to_have_value("buy")


def test_filters_lead_back_to_the_board_of_the_pipeline(page):
    page.locator("main .filters a", has_text="Filter").click()
    panel(page).get_by_label("State", exact=True).select_option("cold")
    panel(page).get_by_role("button", name="Show deals").click()
    expect(page).to_have_url(re.compile(r"pipeline=buyer.*state=cold|state=cold.*pipeline=buyer"))
    expect(page.get_by_role("heading", name="No deal matches")).to_be_visible()


def test_the_menu_moves_a_card_without_script(sign_in, agent, deals):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(f"{BUYER}&q=house")
    card(page, "B").get_by_label("Move B House").click()
    card(page, "B").get_by_role("button", name="Offer").click()
    said(page, "B House: Offer")
    expect(page).to_have_url(re.compile(r"pipeline=buyer&q=house$"))
    expect_order(page, "offer", "BD")
    page.get_by_role("button", name="Undo").click()
    expect_order(page, "knowing", "ABC")


def test_the_menu_asks_why_without_script(sign_in, agent, deals):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(BUYER)
    card(page, "B").get_by_label("Move B House").click()
    card(page, "B").get_by_role("link", name="Lost").click()
    page.get_by_label("Reason").fill("Bought elsewhere")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile(BOARD))
    lane(page, "lost").locator(".lane-shut").click()
    expect_order(page, "lost", "B")


def test_a_finger_that_rests_lifts_a_card(sign_in, agent, deals):
    page = sign_in(agent, **PHONE)
    page.goto(BUYER)
    finger = Finger(page)
    finger.down(*middle(card(page, "B")))
    expect(card(page, "B")).to_have_attribute("data-lifted", "")
    x, y = middle(card(page, "A"))
    finger.move(x, y - 30)
    expect(page.locator(".slot")).to_be_visible()
    finger.up()
    said(page, "B House moved within Knowing Property")
    expect_order(page, "knowing", "BAC")


@pytest.mark.database
def test_a_contact_in_an_open_deal_stays_one_until_it_is_won(page, client_of_all, deals):
    Party.objects.filter(deal__in=deals[1:]).delete()
    page.goto(client_of_all.get_absolute_url())
    page.wait_for_load_state()
    page.keyboard.press("e")
    panel(page).get_by_role("link", name="Revert to lead").click()
    expect(panel(page)).to_contain_text("A House")
    expect(panel(page).get_by_role("button", name="Revert to lead")).to_have_count(0)

    page.goto(f"{reverse('deals:board')}?pipeline=buyer")
    page.wait_for_load_state()
    drag(page, "A", lane(page, "won"))
    page.mouse.up()
    said(page, "A House: Won. Congratulations!")
    page.goto(client_of_all.get_absolute_url())
    page.wait_for_load_state()
    page.keyboard.press("e")
    panel(page).get_by_role("link", name="Revert to lead").click()
    panel(page).get_by_role("button", name="Revert to lead").click()
    expect(page).to_have_url(re.compile(r"/leads/\d+/"))
    expect(page.get_by_role("main")).to_contain_text("made a lead of this contact again")
