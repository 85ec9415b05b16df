"""Deals are imported in the browser: a wrong cell is corrected in place, the board shows them, and they go again."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from deals.models import Deal
from tests.e2e.office_file import as_file
from tests.e2e.test_import import check_rows, correct_in_place, figure, total
from tests.e2e.test_leads_board import lane
from tests.factories import ContactFactory

pytestmark = pytest.mark.database
WRONG = {  # by line: column, cell, reason, and what is typed over it
    3: ("Contacts", "nobody@example.com", "No contact has the address nobody@example.com.", "ines@example.com"),
    4: ("Deal Stage", "Mandate", "A deal of type Buy has no stage “Mandate”.", "Offer"),
}


@pytest.fixture(autouse=True)
def _office(account, agent):
    """Who takes part in the deals of the file."""
    ContactFactory(account=account, assigned_to=agent, email="ines@example.com", first_name="Inés", last_name="Sáez")
    ContactFactory(account=account, assigned_to=agent, email="ada@example.org", role="lawyer", first_name="Ada")


def rows():
    """Six deals as another program writes them; two rows are wrong."""
    made = {
        line: {
            "Deal Name": f"Villa {chr(63 + line)}", "Deal Type": "Buy",
            "Deal Stage": ["Offer", "Reservation"][line % 2],
            "Contacts": "ines@example.com, ada@example.org (Lawyer)", "Deal owner": "lucia@example.com",
            "Amount": "450.000", "property.city": "Altea",
        }
        for line in range(2, 8)
    }  # fmt: skip
    for line, (column, cell, _reason, _better) in WRONG.items():
        made[line][column] = cell
    return list(made.values())


def test_deals_go_through_the_four_steps_onto_the_board_and_back_to_the_trash(sign_in, admin, start_worker):
    page = sign_in(admin)
    page.goto(reverse("deals:list"))
    page.get_by_role("link", name="Import a CSV file").click()
    expect(page.get_by_role("heading", name="Import deals from a file")).to_be_visible()
    page.get_by_label("CSV file").set_input_files(as_file(rows(), "deals.csv", "utf-8"))
    page.get_by_role("button", name="Upload and map columns").click()
    expect(page.get_by_text("7 of 7 columns mapped")).to_be_visible()
    expect(page.get_by_label("Type for rows without one")).to_have_value("buy")
    check_rows(page, 6)
    start_worker()
    expect(total(page, "with errors")).to_have_text("2")
    page.wait_for_load_state()  # a key pressed before the scripts have come is nobody's
    for line, (_column, _cell, reason, better) in WRONG.items():
        correct_in_place(page, line, reason, better)
    expect(page.get_by_text("All rows are ready to import")).to_be_visible()

    page.get_by_role("button", name="Import 6 deals").click()
    expect(figure(page, "created")).to_have_text("6")
    report = page.url
    page.get_by_role("link", name="See the deals").click()
    expect(page).to_have_url(re.compile("/deals/"))
    page.goto(f"{reverse('deals:board')}?pipeline=buyer")
    expect(lane(page, "offer").locator("h3 a")).to_have_text(["Villa A", "Villa C", "Villa E"])
    expect(lane(page, "reservation").locator("h3 a")).to_have_text(["Villa B", "Villa D", "Villa F"])
    assert {party.role for party in Deal.objects.get(name="Villa A").parties.all()} == {"buyer", "lawyer"}

    page.goto(report)
    page.get_by_role("button", name="Undo import").click()
    dialog = page.get_by_role("dialog", name="Move 6 deals to the trash?")
    dialog.get_by_role("button", name="Undo import").click()
    expect(page.get_by_text("6 deals are in the trash and can be restored from there.")).to_be_visible()
    assert (Deal.objects.count(), Deal.with_trash.count()) == (0, 6)
