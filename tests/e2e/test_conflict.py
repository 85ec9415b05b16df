"""Two windows edit the same contact: the second sees what the first saved, and loses nothing typed."""

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import field, panel, said, to
from tests.factories import ContactFactory

pytestmark = pytest.mark.database


@pytest.fixture
def second(sign_in, admin, agent, account):
    """The window of an agent whose form went stale: the admin has saved another phone and city meanwhile."""
    person = ContactFactory(account=account, assigned_to=agent, notes="")
    window = sign_in(agent)
    to(window, person)
    window.keyboard.press("e")
    field(window, "Phone").fill("+34 699 11 22 33")
    field(window, "Notes").fill("Typed by the second.")
    first = sign_in(admin)
    to(first, person)
    first.keyboard.press("e")
    field(first, "Phone").fill("+34 655 44 33 22")
    field(first, "City").fill("Altea")
    first.keyboard.press("Control+s")
    said(first, "updated")
    window.person = person
    window.keyboard.press("Control+s")
    return window


def test_the_second_sees_what_changed_and_every_word_typed(second):
    card = panel(second).get_by_role("alert").filter(has_text="Carmen Fernández-Ocaña saved this record")

    expect(card.locator("del").first).to_have_text("+34 612 34 56 78")
    expect(card.locator("ins").first).to_have_text("+34 655 44 33 22")
    expect(card).to_contain_text("yours: +34 699 11 22 33")
    expect(field(second, "Notes")).to_have_value("Typed by the second.")
    second.person.refresh_from_db()
    assert second.person.phone.as_e164 == "+34655443322"


@pytest.mark.parametrize(
    ("way", "phone"),
    [("Keep theirs, add mine", "+34655443322"), ("Overwrite with mine", "+34699112233")],
    ids=["keep theirs", "overwrite"],
)
def test_both_ways_out_keep_what_only_one_of_them_changed(second, way, phone):
    panel(second).get_by_role("button", name=way).click()

    said(second, "updated")
    second.person.refresh_from_db()
    assert second.person.phone.as_e164 == phone
    assert second.person.notes == "Typed by the second."
    assert second.person.city == ("Altea" if way.startswith("Keep") else "")


def test_closing_the_conflict_asks_first(second):
    expect(panel(second).get_by_role("alert").first).to_be_visible()
    second.keyboard.press("Escape")

    second.get_by_role("button", name="Keep editing").click()
    expect(field(second, "Notes")).to_have_value("Typed by the second.")
