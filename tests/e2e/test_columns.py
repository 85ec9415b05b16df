"""The columns of a list are chosen, moved and kept as a view: by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

from contacts.models import DefaultView, SavedView
from tests.e2e.steps import panel, said, to_contacts
from tests.factories import ContactFactory, DealFactory

pytestmark = pytest.mark.database


@pytest.fixture
def person(account, agent):
    return ContactFactory(account=account, assigned_to=agent, city="Utrecht")


def heads(page):
    return page.locator("thead th[data-col]")


def test_columns_are_chosen_and_moved_by_keyboard_and_kept_as_the_view_that_opens(sign_in, agent, person):
    page = sign_in(agent)
    to_contacts(page)
    page.get_by_role("link", name="Columns").click()
    box = panel(page).get_by_role("checkbox", name="City")
    box.check()
    for _place in range(14):
        page.keyboard.press("Alt+ArrowUp")
    expect(box).to_be_focused()
    for name in ("Phone", "Role", "Agent", "Tags", "Created"):
        panel(page).get_by_role("checkbox", name=name, exact=True).uncheck()
    page.keyboard.press("Control+s")
    expect(heads(page)).to_have_text(["Name", "City", "Email", "Last activity"])

    page.locator("summary", has_text="Save view").click()
    page.get_by_label("Name of this view").fill("Places")
    page.get_by_label("Open the section with it").check()
    page.keyboard.press("Enter")
    said(page, "View saved")
    to_contacts(page)
    expect(heads(page)).to_have_text(["Name", "City", "Email", "Last activity"])
    page.get_by_role("link", name="All contacts").click()
    expect(heads(page)).to_have_count(8)


def test_a_column_is_moved_by_its_arrows(sign_in, agent, person):
    page = sign_in(agent)
    to_contacts(page, "?columns=name,city,email")
    page.get_by_role("link", name="Columns").click()
    down = panel(page).get_by_role("button", name="Move City down")
    down.click()
    expect(page.locator("[data-columns-says]")).to_have_text("City, place 3")
    page.keyboard.press("Control+s")

    expect(heads(page)).to_have_text(["Name", "Email", "City"])


def test_without_script_the_arrows_ask_the_server(sign_in, agent, person):
    page = sign_in(agent, java_script_enabled=False)
    to_contacts(page, "?columns=name,city,email")
    page.get_by_role("link", name="Columns").click()
    page.get_by_role("button", name="Move Email up").click()
    page.get_by_role("checkbox", name="Language").check()
    page.get_by_role("button", name="Show columns").click()

    expect(heads(page)).to_have_text(["Name", "Email", "City", "Language"])


def test_changes_to_a_view_are_saved_and_the_view_is_deleted_after_a_question(sign_in, agent, person):
    view = SavedView.objects.create(account=agent.account, owner=agent, name="Buyers", query="role=buyer")
    page = sign_in(agent)
    to_contacts(page, f"?role=seller&view={view.pk}")
    page.get_by_role("button", name="Save changes").click()
    said(page, "Changes saved to “Buyers”")
    page.get_by_role("link", name="Settings of “Buyers”").click()
    panel(page).get_by_label("Open the section with this view").check()
    page.keyboard.press("Control+s")
    said(page, "View saved")
    view.refresh_from_db()
    assert (view.query, DefaultView.objects.get().view) == ("role=seller", view)

    page.get_by_role("link", name="Settings of “Buyers”").click()
    panel(page).get_by_role("link", name="Delete view").click()
    panel(page).get_by_role("button", name="Delete view").click()
    said(page, "View “Buyers” deleted")
    assert not SavedView.objects.exists()


def test_money_stands_at_the_end_of_its_column_as_in_the_usual_table(sign_in, agent, account):
    DealFactory(account=account, assigned_to=agent, value=450_000, commission=3, price_to=500_000)
    page = sign_in(agent)
    page.goto("/deals/?columns=name,city,value,commission,share,price")
    for column in ("value", "commission", "share", "price"):
        for cell in page.locator(f'[data-col="{column}"]').all():
            expect(cell).to_have_css("text-align", "end")
