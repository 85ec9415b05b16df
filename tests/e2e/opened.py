"""What can be opened over a page: panels, dialogs, menus, editors. Each act is one way to open something."""

from playwright.sync_api import expect


def _shown(page, selector):
    expect(page.locator(selector).first).to_be_visible()


def open_panel(page):
    page.keyboard.press("Control+k")
    _shown(page, "#panel form")


def open_panel_with_errors(page):
    open_panel(page)
    page.keyboard.type("Katharina 3")
    page.keyboard.press("Control+s")
    _shown(page, "#panel [data-errors]")


def open_the_question(page):
    open_panel(page)
    page.keyboard.type("Katharina")
    page.keyboard.press("Escape")
    _shown(page, "#discard")


def open_the_location_picker(page):
    """Open the picker over the panel, with an address that the office knows listed."""
    open_panel(page)
    page.locator("#panel [data-places]").click()
    _shown(page, ".place-picker[open] .leaflet-container")
    page.locator("#place-query").fill("estacada")
    _shown(page, ".place-picker [role=option]")


def choose_a_place(page):
    open_the_location_picker(page)
    page.locator(".place-picker [role=option]").first.click()
    _shown(page, ".place-picker .pin")


def name_those_at_a_point(page):
    """Open the names at a mark of the map."""
    page.locator(".pin, .cluster").first.focus()
    page.keyboard.press("Enter")
    _shown(page, ".map-names")


def open_filters(page):
    page.locator("main .filters a", has_text="Filter").last.click()
    _shown(page, "#panel form")


def select_some(page):
    page.locator("[data-select]").nth(1).check()
    page.locator("[data-select]").nth(2).check()
    _shown(page, "[data-bulk]")


def open_delete_dialog(page):
    select_some(page)
    page.locator("[data-bulk] [data-dialog]").click()
    _shown(page, "dialog[open]")


def move_to_trash(page):
    open_delete_dialog(page)
    page.locator("dialog[open] button[type=submit]").click()
    _shown(page, "#toasts [data-toast]")


def open_menus(page):
    """Open every menu on the page at once; their script would let only one stand open."""
    page.evaluate("""document.querySelectorAll('details.menu').forEach(menu => {
      delete menu.dataset.menu;
      menu.open = true;
    })""")
    _shown(page, "details.menu[open]:visible > .menu-list")


def open_help(page):
    """Open the help; a phone has no keys to be helped with."""
    if page.viewport_size["width"] < 700:
        return
    page.keyboard.press("?")
    _shown(page, "#help")


def open_edit(page):
    page.keyboard.press("e")
    _shown(page, "#panel form")


def change_a_fact(page):
    page.locator("#info-street a.fact-value").click()
    _shown(page, "#info-street [name=street]")


def change_a_fact_wrongly(page):
    page.locator("#info-email a.fact-value").click()
    page.locator("#info-email-value").fill("nonsense")
    page.keyboard.press("Enter")
    _shown(page, "#info-email .error")


def change_tags(page):
    page.locator("#info-tags a.fact-value").click()
    _shown(page, "#info-tags .tokens")


def compose_a_task(page):
    page.locator("#composer .kinds a[data-kind=task]").click()
    _shown(page, "#composer.composer--form")


def point_at_what_is_off(page):
    page.locator(".way").first.focus()
    _shown(page, ".way:focus")


def open_trash_dialog(page):
    page.locator("main summary[aria-label=More]").click()
    page.locator("[data-dialog=trash]").click()
    _shown(page, "dialog#trash")


def edit_a_note(page):
    page.locator(".note").get_by_role("link", name="Edit").first.click()
    _shown(page, "form.note-form")


def edit_a_cell(page):
    page.locator("td[data-bad] a.cell").first.click()
    _shown(page, "td[data-editing] input.input")


def open_undo_dialog(page):
    page.locator("[data-dialog=undo]").click()
    _shown(page, "dialog#undo")


def open_invitation(page):
    page.get_by_role("link", name="Invite").click()
    _shown(page, "#panel form")


def open_deactivation(page):
    page.locator("#main tbody summary").last.click()
    page.locator("#main a[data-panel]:visible", has_text="Deactivate").click()
    _shown(page, "#panel form")


def find_people(page):
    page.locator(".company-link [role=combobox]").fill("an")
    _shown(page, ".company-link [role=option]")


def lift_a_card(page):
    page.locator("[data-place] h3 a").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    _shown(page, ".slot")


def search_everything(page):
    page.keyboard.press("/")
    _shown(page, "#finder [role=option]")


def search_for_some(page):
    search_everything(page)
    page.keyboard.type("an")
    _shown(page, "#finder mark")


def search_for_nobody(page):
    search_everything(page)
    page.keyboard.type("nobody at all")
    _shown(page, "#finder [data-nothing]")


def open_the_tables(page):
    """Open the table behind every chart."""
    for table in page.locator(".behind > summary").all():
        table.click()
    _shown(page, ".behind[open] table")


def tick_a_task(page):
    page.locator(".day-task .tick").first.click()
    _shown(page, ".day-task[data-done]")


OPENED = {
    "/": [open_the_tables, tick_a_task, open_menus, open_help, search_everything],
    "/leads/board/": [open_menus, lift_a_card],
    "/deals/board/?pipeline=buyer": [open_menus, lift_a_card],
    "/contacts/?sort=name": [
        open_panel, open_panel_with_errors, open_the_question, open_the_location_picker,
        choose_a_place, open_filters, select_some, open_delete_dialog,
        open_menus, open_help, search_everything, search_for_some, search_for_nobody,
    ],
    "/contacts/map/?q=Hohenfels": [name_those_at_a_point],
    "/contacts/{person}/": [open_edit, open_trash_dialog, open_menus, compose_a_task, point_at_what_is_off],
    "/contacts/{person}/info/": [change_a_fact, change_a_fact_wrongly, change_tags],
    "/contacts/{person}/notes/": [edit_a_note],
    "/contacts/imports/{run_verify}/verify/": [edit_a_cell, open_menus],
    "/contacts/imports/{run_done}/run/": [open_undo_dialog],
    "/settings/users/": [open_invitation, open_menus],
    "/settings/users/?status=active": [open_deactivation],
    "/relations/?sort=name": [open_panel, open_filters, select_some, open_delete_dialog, open_menus],
    "/relations/{relation}/": [open_edit, open_trash_dialog, open_menus],
    "/relations/{relation}/contacts/": [find_people, open_panel],
    "/trash/": [open_delete_dialog],
    "/contacts/?sort=-name": [move_to_trash],
}  # fmt: skip
