"""The board of leads in the browser: cards moved by mouse, finger, keys and menu, with script and without."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from contacts.models import Person
from leads.converting import convert
from leads.models import Lead
from tesoro.ranking import GAP
from tests.e2e.conftest import session_cookie
from tests.e2e.steps import panel, said
from tests.factories import LeadFactory

BOARD = reverse("leads:board")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def leads(account, agent):
    """A, B and C are new from the top, D is contacted, E qualified."""
    return [
        LeadFactory(
            account=account, assigned_to=agent, first_name=name, last_name="Last", lead__rank=place * GAP,
            lead__status=status,
        )
        for place, (name, status) in enumerate(zip("ABCDE", ["new"] * 3 + ["contacted", "qualified"], strict=True))
    ]  # fmt: skip


@pytest.fixture
def page(sign_in, agent, leads):
    """The board as the agent sees it."""
    page = sign_in(agent)
    page.goto(BOARD)
    return page


def lane(page, key):
    return page.locator(f"[data-lane={key}]")


def card(page, name):
    return page.locator("[data-card]", has=page.get_by_role("link", name=f"{name} Last"))


def expect_order(page, key, names):
    """Expect the cards of a lane, from the top, on the page and in the database."""
    expect(lane(page, key).locator("h3 a")).to_have_text([f"{name} Last" for name in names])
    stored = Lead.objects.of_status(key).values_list("person__first_name", flat=True)
    assert "".join(stored) == names


def expect_count(page, key, count):
    expect(page.locator(f"#lane-{key}-count")).to_have_text(str(count))


def middle(target):
    box = target.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, name, target, above=True):
    """Pull a card with the mouse over the upper or the lower edge of another, or over a lane."""
    x, y = middle(card(page, name))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 12, steps=3)
    x, y = middle(target)
    page.mouse.move(x, y + (-30 if above else 30), steps=6)


def drop(page, name):
    """Let the card go, and wait until the server has taken it."""
    page.mouse.up()
    expect(card(page, name)).not_to_have_attribute("aria-busy", "true")


def until(page, condition):
    """Wait for what a script would say, looking with each frame; the page's policy forbids to wait by evaluation."""
    page.evaluate(f"""() => new Promise((done, fail) => {{
      const end = performance.now() + 15_000;
      const late = () => performance.now() > end && fail(new Error("never: {condition}"));
      const look = () => ({condition}) ? done() : late() || requestAnimationFrame(look);
      look();
    }})""")


def test_a_card_is_pulled_into_another_lane_and_the_order_is_kept(page):
    drag(page, "B", card(page, "D"), above=False)
    expect(page.locator(".slot")).to_be_visible()
    drop(page, "B")

    said(page, "B Last: Contacted")
    expect_order(page, "contacted", "DB")
    expect_count(page, "new", 2)
    expect_count(page, "contacted", 2)
    page.reload()
    expect_order(page, "contacted", "DB")


def test_a_card_is_pulled_up_in_its_lane_and_no_click_comes_of_it(page):
    drag(page, "C", card(page, "A"))
    drop(page, "C")

    said(page, "C Last moved within New")
    expect_order(page, "new", "CAB")
    expect(page).to_have_url(re.compile(f"{BOARD}$"))


def test_a_click_still_opens_the_lead(page, leads):
    card(page, "A").click()

    expect(page).to_have_url(re.compile(leads[0].get_absolute_url()))


def test_escape_puts_a_pulled_card_back(page):
    drag(page, "B", card(page, "D"))
    page.keyboard.press("Escape")
    expect(page.locator(".slot")).to_have_count(0)
    page.mouse.up()

    expect_order(page, "new", "ABC")


def test_undo_puts_a_moved_card_back(page):
    drag(page, "B", card(page, "D"))
    drop(page, "B")
    said(page, "B Last: Contacted")
    page.get_by_role("button", name="Undo").click()

    said(page, "B Last: New")
    expect_order(page, "new", "ABC")


def test_a_drop_on_converted_opens_the_conversion(page, leads):
    drag(page, "E", lane(page, "converted"))
    page.mouse.up()
    expect(panel(page).get_by_role("heading", name="Convert to contact")).to_be_visible()
    expect_order(page, "qualified", "E")
    panel(page).get_by_role("button", name="Convert").click()

    said(page, "E Last is a contact now")
    page.goto(BOARD)
    expect(lane(page, "converted").locator("h3 a")).to_have_text(["E Last"])
    assert Person.objects.get(pk=leads[4].pk).is_contact


def test_a_drop_on_lost_asks_why_and_the_strip_opens(page):
    drag(page, "A", page.locator("[data-lane=lost] .lane-shut"))
    expect(lane(page, "lost")).to_have_attribute("data-over", "")
    page.mouse.up()
    panel(page).get_by_label("Reason").fill("Bought elsewhere")
    page.keyboard.press("Control+s")

    said(page, "A Last: Lost")
    expect_count(page, "lost", 1)
    page.get_by_role("link", name="Lost 1").click()
    expect(page).to_have_url(re.compile(r"\?open=lost#lane-lost$"))
    expect_order(page, "lost", "A")
    page.get_by_role("link", name="Fold Lost").click()
    expect(page).to_have_url(re.compile(f"{BOARD}$"))


def test_a_question_that_is_left_leaves_the_card_where_it_was(page):
    drag(page, "A", page.locator("[data-lane=lost] .lane-shut"))
    page.mouse.up()
    expect(panel(page).get_by_label("Reason")).to_be_visible()
    page.keyboard.press("Escape")

    expect(panel(page)).to_be_hidden()
    expect(page.get_by_role("link", name="A Last")).to_be_focused()
    expect_order(page, "new", "ABC")


def test_a_card_that_somebody_converted_goes_back_and_a_toast_says_why(page, leads, agent):
    convert(leads[1], "buyer", by=agent)
    drag(page, "B", card(page, "D"))
    page.mouse.up()

    said(page, "Somebody has converted or deleted this lead in the meantime.")
    expect(lane(page, "new").locator("h3 a")).to_have_text(["A Last", "B Last", "C Last"])
    expect(lane(page, "contacted").locator("h3 a")).to_have_text(["D Last"])


def test_a_card_that_the_server_never_hears_of_goes_back(chromium, live_server, agent, leads):
    with chromium.new_context(base_url=live_server.url) as unheard:  # its errors are what is wanted
        unheard.add_cookies([session_cookie(agent, live_server.url)])
        page = unheard.new_page()
        page.goto(BOARD)
        page.route("**/place/**", lambda route: route.abort())
        drag(page, "B", card(page, "D"))
        page.mouse.up()

        said(page, "That did not work.")
        expect_order(page, "new", "ABC")


def spoken(page):
    return page.locator("[data-board-says]")


def test_keys_lift_a_card_carry_it_and_put_it_down(page):
    page.get_by_role("link", name="A Last").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="B Last")).to_be_focused()
    page.keyboard.press("Space")
    expect(spoken(page)).to_contain_text("B Last lifted from New, place 2.")
    page.keyboard.press("ArrowRight")
    expect(spoken(page)).to_have_text("Contacted, place 2")
    page.keyboard.press("ArrowUp")
    expect(spoken(page)).to_have_text("Contacted, place 1")
    page.keyboard.press("Space")

    said(page, "B Last: Contacted")
    expect_order(page, "contacted", "BD")
    expect(page.get_by_role("link", name="B Last")).to_be_focused()


def test_keys_move_a_card_within_its_lane_and_escape_puts_it_back(page):
    page.get_by_role("link", name="A Last").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(spoken(page)).to_have_text("New, place 3")
    page.keyboard.press("Escape")
    expect(spoken(page)).to_have_text("A Last is back in New, place 1.")
    expect(page.locator(".slot")).to_have_count(0)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    said(page, "A Last moved within New")
    expect_order(page, "new", "BAC")


def test_keys_bring_a_card_to_the_question_of_a_folded_lane(page):
    page.get_by_role("link", name="E Last").focus()
    page.keyboard.press("Space")
    for name in ("Converted, place 1", "Unqualified", "Lost"):
        page.keyboard.press("ArrowRight")
        expect(spoken(page)).to_have_text(name)
    page.keyboard.press("Space")

    expect(panel(page).get_by_label("Reason")).to_be_visible()


def test_leaving_a_lifted_card_puts_it_back(page):
    page.get_by_role("link", name="A Last").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")

    expect(page.locator(".slot")).to_have_count(0)
    expect_order(page, "new", "ABC")


def test_the_menu_of_a_card_moves_it_without_script(sign_in, agent, leads):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(f"{BOARD}?q=last")
    card(page, "B").get_by_label("Move B Last").click()
    card(page, "B").get_by_role("button", name="Contacted").click()

    said(page, "B Last: Contacted")
    expect(page).to_have_url(re.compile(r"\?q=last$"))
    expect_order(page, "contacted", "BD")
    card(page, "D").get_by_label("Move D Last").click()
    card(page, "D").get_by_role("button", name="The top of this lane").click()
    expect_order(page, "contacted", "DB")
    page.get_by_role("button", name="Undo").click()
    expect_order(page, "contacted", "BD")


def test_the_menu_asks_why_without_script(sign_in, agent, leads):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(BOARD)
    card(page, "B").get_by_label("Move B Last").click()
    card(page, "B").get_by_role("link", name="Lost").click()
    page.get_by_label("Reason").fill("Bought elsewhere")
    page.get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile(BOARD))
    page.get_by_role("link", name="Lost 1").click()
    expect_order(page, "lost", "B")


@pytest.fixture
def crowd(account, agent):
    """Fifty qualified leads."""
    for place in range(50):
        LeadFactory(
            account=account, assigned_to=agent, first_name=f"Q{place // 10}{place % 10}".translate(LETTERS),
            last_name="Crowd", lead__status="qualified", lead__rank=place * GAP,
        )  # fmt: skip


LETTERS = str.maketrans("0123456789", "ABCDEFGHIJ")  # a name has no digits


def test_more_cards_come_as_one_scrolls(sign_in, agent, crowd):
    page = sign_in(agent)
    page.goto(BOARD)
    cards = lane(page, "qualified").locator("[data-card]")
    expect(cards).not_to_have_count(50)
    for count in (30, 50):
        page.locator(".board").evaluate("board => board.scrollTo(0, board.scrollHeight)")
        expect(cards).to_have_count(count)
    expect(cards.last).to_contain_text("QEJ Crowd")


def test_more_cards_come_by_a_link_without_script(sign_in, agent, crowd):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(BOARD)
    page.get_by_role("link", name="Show more").click()
    expect(lane(page, "qualified").locator("h3 a").first).to_have_text("QAG Crowd")
    page.get_by_role("link", name="To the top").click()
    expect(lane(page, "qualified").locator("h3 a").first).to_have_text("QAA Crowd")


def test_the_board_scrolls_on_at_its_edge(sign_in, agent, crowd, leads):
    page = sign_in(agent, viewport={"width": 1000, "height": 500})
    page.goto(BOARD)
    drag(page, "A", card(page, "B"))
    x, _y = middle(lane(page, "new"))
    page.mouse.move(x, 480, steps=3)
    until(page, "document.querySelector('.board').scrollTop > 200")
    page.mouse.move(960, 300, steps=3)
    until(page, "document.querySelector('.board').scrollLeft > 100")
    page.keyboard.press("Escape")
    page.mouse.up()

    expect_order(page, "new", "ABC")


class Finger:
    """A finger on the page, as the browser sees one."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind, *points):
        data = [{"x": x, "y": y} for x, y in points]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": data})

    def down(self, x, y):
        self._send("touchStart", (x, y))
        self.at = (x, y)

    def move(self, x, y, steps=6):
        (from_x, from_y), self.at = self.at, (x, y)
        for step in range(1, steps + 1):
            self._send("touchMove", (from_x + (x - from_x) * step / steps, from_y + (y - from_y) * step / steps))

    def up(self):
        self._send("touchEnd")


def test_a_finger_that_rests_lifts_a_card(sign_in, agent, leads):
    page = sign_in(agent, **PHONE)
    page.goto(BOARD)
    finger = Finger(page)
    finger.down(*middle(card(page, "C")))
    expect(card(page, "C")).to_have_attribute("data-lifted", "")
    x, y = middle(card(page, "A"))
    finger.move(x, y - 30)
    expect(page.locator(".slot")).to_be_visible()
    finger.up()

    said(page, "C Last moved within New")
    expect_order(page, "new", "CAB")
    expect(page).to_have_url(re.compile(f"{BOARD}$"))


def test_a_finger_carries_a_card_over_the_edge_into_the_next_lane(sign_in, agent, leads):
    page = sign_in(agent, **PHONE)
    page.goto(BOARD)
    finger = Finger(page)
    finger.down(*middle(card(page, "A")))
    expect(card(page, "A")).to_have_attribute("data-lifted", "")
    _x, y = middle(card(page, "A"))
    finger.move(350, y - 30)  # a finger's breadth from the edge: the next lane comes in slowly
    until(page, "document.querySelector('.board').scrollLeft > 10")
    expect(lane(page, "contacted").locator(".slot")).to_be_visible()
    finger.up()

    said(page, "A Last: Contacted")
    expect_order(page, "contacted", "AD")


def test_a_finger_that_moves_at_once_scrolls(sign_in, agent, crowd, leads):
    page = sign_in(agent, **PHONE)
    page.goto(BOARD)
    finger = Finger(page)
    finger.down(*middle(card(page, "B")))
    finger.move(200, 100, steps=10)
    finger.up()

    until(page, "scrollY > 50")
    expect(page.locator("[data-lifted]")).to_have_count(0)
    expect_order(page, "new", "ABC")


def test_a_lane_begins_a_lead_of_its_own_status(page):
    page.get_by_role("link", name="Create lead: Contacted").click()

    expect(panel(page).locator("[name=status]")).to_have_value("contacted")


def test_list_and_board_are_two_shapes_of_one_search(page, account):
    LeadFactory(account=account, last_name="Baumgartner")
    page.get_by_role("searchbox", name="Search leads").fill("Baumgartner")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(BOARD))
    expect(page.locator("[data-card]")).to_have_count(1)
    page.get_by_role("navigation", name="Shown as").get_by_role("link", name="List").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("navigation", name="Shown as").get_by_role("link", name="Board").click()
    page.locator("main .filters a", has_text="Filter").click()
    panel(page).get_by_label("Hot").check()
    panel(page).get_by_role("button", name="Show leads").click()
    expect(page).to_have_url(re.compile(rf"{BOARD}\?.*stage=hot"))
    expect(page.get_by_role("heading", name="No lead matches")).to_be_visible()


def test_the_list_gives_many_another_status(sign_in, agent, leads):
    page = sign_in(agent)
    page.goto(reverse("leads:list"))
    for name in "AB":
        page.get_by_role("checkbox", name=f"Select {name} Last", exact=True).check()
    bar = page.locator("[data-bulk]")
    bar.get_by_label("Status").click()
    bar.get_by_label("Reason").fill("Bought elsewhere")
    bar.get_by_role("button", name="Lost").click()

    said(page, "2 leads are now Lost")
    assert Lead.objects.filter(status="lost", reason="Bought elsewhere").count() == 2
