"""Companies in the browser: made, changed by two at once, people linked from both sides, trashed and restored."""

import os
import re

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from contacts.models import Person
from contacts.relations.models import Relation
from tests.e2e.steps import field, names, panel, pick, said, to, type_along
from tests.factories import ContactFactory, RelationFactory


def to_relation(page, relation, tab="detail"):
    """Go to a page of a company."""
    page.goto(reverse(f"relations:{tab}", args=[relation.pk]))


@pytest.fixture
def relation(account):
    """A company."""
    return RelationFactory(account=account, name="Bufete Echeverría", city="Altea")


@pytest.fixture
def lawyer(account, agent):
    """Somebody who belongs to no company yet."""
    return ContactFactory(account=account, assigned_to=agent, first_name="Inés", last_name="Sáez", role="lawyer")


@pytest.mark.database
def test_a_company_is_made_by_keys_found_and_opened(sign_in, agent):
    page = sign_in(agent)
    page.goto(reverse("relations:list"))
    expect(page.get_by_role("heading", name="No relations yet")).to_be_visible()
    page.keyboard.press("Control+k")
    expect(field(page, "Name")).to_be_focused()
    type_along(page, "Notaría del Peñón")
    page.keyboard.type("Notary")
    field(page, "Website").fill("ftp://example.com")
    page.keyboard.press("Control+s")
    expect(panel(page)).to_contain_text("This is no web address.")
    field(page, "Website").fill("www.example.com")
    page.keyboard.press("Control+s")

    said(page, "Notaría del Peñón created")
    expect(page.locator("main h1")).to_contain_text("Notaría del Peñón")
    expect(page.locator("#record-facts")).to_contain_text("example.com")
    expect(page.locator(".timeline")).to_contain_text("created this record")
    page.goto(reverse("relations:list"))
    page.get_by_role("searchbox", name="Search relations").fill("penon")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["Notaría del Peñón"])


@pytest.mark.database
def test_the_second_of_two_sees_what_the_first_saved(sign_in, admin, agent, relation):
    second, first = sign_in(agent), sign_in(admin)
    for window, city in ((second, "Jávea"), (first, "Calpe")):
        to_relation(window, relation)
        window.keyboard.press("e")
        field(window, "City").fill(city)
    field(second, "Credit terms").fill("30 days")
    first.keyboard.press("Control+s")
    said(first, "updated")
    second.keyboard.press("Control+s")

    card = panel(second).get_by_role("alert").filter(has_text="Carmen Fernández-Ocaña saved this record")
    expect(card.locator("ins").first).to_have_text("Calpe")
    expect(card).to_contain_text("yours: Jávea")
    panel(second).get_by_role("button", name="Keep theirs, add mine").click()
    said(second, "updated")
    relation.refresh_from_db()
    assert (relation.city, relation.credit_terms) == ("Calpe", "30 days")


@pytest.mark.database
def test_people_are_linked_from_both_sides_and_let_go(sign_in, agent, relation, lawyer):
    page = sign_in(agent)
    to_relation(page, relation, "contacts")
    page.get_by_role("combobox", name="Link contacts").press_sequentially("inés")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Link", exact=True).click()
    said(page, "Inés Sáez linked")
    expect(page.locator("nav.tabs [aria-current] .tally")).to_have_text("1")

    page.get_by_role("button", name="Unlink Inés Sáez").click()
    said(page, "Inés Sáez no longer belongs to Bufete Echeverría")
    expect(page.get_by_role("heading", name="No contacts yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    said(page, "Inés Sáez linked")

    to(page, lawyer)
    page.locator("#record-facts").get_by_role("link", name="Bufete Echeverría").click()
    expect(page.locator("main h1")).to_contain_text("Bufete Echeverría")
    expect(page.locator(".timeline .line")).to_have_count(3)
    to(page, lawyer)
    page.keyboard.press("e")
    page.get_by_role("button", name="Remove Bufete Echeverría").click()
    page.keyboard.press("Control+s")
    said(page, "updated")
    to_relation(page, relation)
    expect(page.locator(".timeline .line").first).to_contain_text(
        "took the link between Inés Sáez and Bufete Echeverría"
    )


@pytest.mark.database
def test_a_contact_is_created_from_the_companys_page(sign_in, agent, relation):
    page = sign_in(agent)
    to_relation(page, relation, "contacts")
    page.get_by_role("link", name="Create contact").click()
    expect(page.get_by_role("button", name="Remove Bufete Echeverría")).to_be_visible()
    for label, text in (("First name", "Inés"), ("Last name", "Sáez"), ("Email", "i@example.com")):
        field(page, label).fill(text)
    field(page, "Phone").fill("+34 612 34 56 78")
    field(page, "Role").select_option("Lawyer")
    page.keyboard.press("Control+s")

    said(page, "Inés Sáez created")
    assert Person.objects.get().relation == relation


@pytest.mark.database
def test_a_company_goes_to_the_trash_alone_and_comes_back(sign_in, agent, relation, account):
    person = ContactFactory(account=account, assigned_to=agent, relation=relation)
    page = sign_in(agent)
    to_relation(page, relation)
    page.get_by_label("More", exact=True).last.click()
    page.get_by_role("button", name="Move to trash").click()
    page.get_by_role("dialog").get_by_role("button", name="Move to trash").click()
    said(page, "Bufete Echeverría moved to the trash")
    to(page, person)
    expect(page.locator("#record-facts s")).to_have_text("Bufete Echeverría")

    page.goto(reverse("trash:list"))
    expect(page.get_by_role("link", name=re.compile("^Relations"), exact=False).last).to_be_visible()
    page.get_by_role("button", name="Restore Bufete Echeverría").click()
    said(page, "1 record restored")
    to(page, person)
    expect(page.locator("#record-facts").get_by_role("link", name="Bufete Echeverría")).to_be_visible()


@pytest.mark.database
def test_many_go_to_the_trash_and_undo_brings_them_back(sign_in, agent, account):
    for name in ("Bufete Uno", "Bufete Dos", "Bufete Tres"):
        RelationFactory(account=account, name=name)
    page = sign_in(agent)
    page.goto(reverse("relations:list"))
    pick(page, "Bufete Uno", "Bufete Dos")
    expect(page.locator("[data-bulk]").get_by_text("Assign")).to_have_count(0)
    page.locator("[data-bulk]").get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Move to the trash").click()
    said(page, "2 relations moved to the trash")
    expect(names(page)).to_have_text(["Bufete Tres"])
    page.get_by_role("button", name="Undo").click()
    said(page, "2 records restored")
    expect(names(page)).to_have_text(["Bufete Dos", "Bufete Tres", "Bufete Uno"])


@pytest.mark.database
def test_a_note_and_a_file_hang_on_a_company(sign_in, agent, relation, tmp_path):
    Image.new("RGB", (90, 60), "teal").save(tmp_path / "office.jpg")
    page = sign_in(agent)
    to_relation(page, relation)
    page.wait_for_load_state()
    page.keyboard.press("n")
    page.keyboard.type("Answers **fast**.")
    page.keyboard.press("Control+s")
    said(page, "Note saved")
    page.locator(".note").get_by_role("link", name="Edit").click()
    page.locator("form.note-form textarea").fill("Answers **slowly**.")
    page.keyboard.press("Control+s")
    expect(page.locator(".note strong")).to_have_text("slowly")

    to_relation(page, relation, "attachments")
    page.locator("input[name=files]").set_input_files(tmp_path / "office.jpg")
    expect(page.locator(".attachments .name")).to_have_text("office.jpg")
    to_relation(page, relation)
    expect(page.locator(".timeline .event")).to_have_count(2)
    expect(page.locator("nav.tabs .tally")).to_have_text(["1", "1"])


def test_a_field_is_changed_where_it_stands(sign_in, agent, relation):
    page = sign_in(agent)
    to_relation(page, relation, "info")
    page.locator("#info-name a.fact-value").click()
    page.locator("#info-name-value").fill("Bufete Montaner")
    page.keyboard.press("Enter")

    said(page, "Name saved")
    expect(page.locator("main h1")).to_contain_text("Bufete Montaner")
    expect(page.locator("#record-name")).to_have_text("Bufete Montaner")


def test_without_script_all_of_it_can_be_done(sign_in, agent, relation, lawyer):
    page = sign_in(agent, java_script_enabled=False)
    page.goto(reverse("relations:list"))
    page.get_by_role("link", name="Create relation").click()
    field(page, "Name").fill("Caja del Litoral")
    field(page, "Type").select_option("Bank")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("main h1")).to_contain_text("Caja del Litoral")

    to_relation(page, relation, "contacts")
    page.get_by_label("Link contacts").fill(lawyer.email)
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_role("link", name="Inés Sáez")).to_be_visible()
    page.get_by_role("button", name="Unlink Inés Sáez").click()
    expect(page.get_by_role("link", name="Inés Sáez")).to_have_count(0)

    page.get_by_role("link", name="Info", exact=True).click()
    page.locator("#info-city a").click()
    page.get_by_label("City").fill("Calpe")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#info-city")).to_contain_text("Calpe")

    page.locator("main summary[aria-label=More]").click()
    page.get_by_role("button", name="Move to trash").click()
    assert not Relation.objects.filter(pk=relation.pk).exists()


def test_on_a_phone_a_company_is_read_and_people_are_linked(sign_in, agent, relation, lawyer):
    page = sign_in(agent, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(reverse("relations:list"))
    names(page).first.tap()
    page.get_by_role("link", name="Contacts", exact=True).last.tap()
    page.get_by_role("combobox", name="Link contacts").tap()
    page.get_by_role("combobox", name="Link contacts").press_sequentially("ines")
    page.get_by_role("option").tap()
    page.get_by_role("button", name="Link", exact=True).tap()

    said(page, "Inés Sáez linked")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def shot(page, name):
    if folder := os.environ.get("M4SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")


@pytest.mark.database
def test_a_company_is_chosen_by_keys_in_the_panel_in_place_and_among_the_filters(sign_in, agent, relation, lawyer):
    RelationFactory(account=agent.account, name="Bufete Sánchez, S.L.")
    page = sign_in(agent)
    to(page, lawyer)
    page.keyboard.press("e")
    chosen = page.get_by_role("combobox", name="Relation")
    chosen.press_sequentially("bufete")
    expect(page.locator(".found [role=option]")).to_have_count(2)
    shot(page, "panel-open")
    chosen.press("ArrowDown")
    chosen.press("Enter")
    shot(page, "panel-chosen")
    page.keyboard.press("Control+s")
    said(page, "updated")
    assert Person.objects.get().relation == relation

    to(page, lawyer, "info")
    page.locator("#info-relation a.fact-value").click()
    chosen = page.get_by_role("combobox", name="Relation")
    expect(chosen).to_be_focused()
    chosen.press_sequentially("nobody & sons")
    chosen.press("Enter")
    chosen.press("Enter")
    expect(page.locator("#info-relation")).to_contain_text("No company has this name.")
    shot(page, "info-error")
    chosen.press("Backspace")
    chosen.press_sequentially("sanchez")
    expect(page.locator(".found [role=option]")).to_have_count(1)
    chosen.press("Enter")
    chosen.press("Enter")
    said(page, "Relation saved")
    assert Person.objects.get().relation.name == "Bufete Sánchez, S.L."

    page.goto(reverse("contacts:list"))
    page.get_by_role("link", name="Filter", exact=True).click()
    panel(page).get_by_role("combobox", name="Relation").press_sequentially("sanch")
    panel(page).locator(".found [role=option]").click()
    shot(page, "filter")
    panel(page).get_by_role("button", name="Show contacts").click()
    expect(page).to_have_url(re.compile(r"\?relation=[0-9]+$"))
    expect(page.get_by_role("link", name="Remove filter Relation")).to_be_visible()
    shot(page, "chip")
