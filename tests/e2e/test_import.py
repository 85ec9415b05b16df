"""The import: a file of an office goes through the four steps, with a real worker."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from contacts.imports import jobs, mapping, uploading
from contacts.imports.models import ImportRun, Job
from contacts.models import Contact, Person
from leads.models import Lead
from tests.e2e import office_file
from tests.e2e.office_file import WRONG, as_file
from tests.e2e.steps import names, to_contacts
from tests.factories import LeadFactory
from tests.imports.conftest import csv_bytes, row, upload

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def _office(agent, stranger, account):
    """The agent whom the file names, a user of another office, and a lead whose email the file holds."""
    LeadFactory(account=account, assigned_to=agent, email="lead@example.com")


def upload_in_browser(page, file):
    """Go from the list to the first step and send a file."""
    to_contacts(page)
    page.get_by_label("More ways to create").click()
    page.get_by_role("link", name="Import CSV").click()
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Upload and map columns").click()
    expect(page).to_have_url(re.compile("/mapping/$"))


def check_rows(page, count):
    page.get_by_role("button", name=f"Check {count} rows").click()


def total(page, label):
    return page.locator("#totals a", has_text=label).locator("strong")


def figure(page, label):
    return page.locator(".run-figures li", has_text=label).locator("strong")


def bar(page, name):
    return page.get_by_role("progressbar", name=name)


def finish(worker):
    worker.terminate()
    worker.wait(20)


def expect_the_proposed_mapping(page):
    expect(page.get_by_text("semicolon · Windows-1252 · header in line 1")).to_be_visible()
    expect(page.get_by_text("10 of 10 columns mapped")).to_be_visible()
    expect(page.get_by_label("Field for Betreuer E-Mail")).to_have_value("owner_email")
    expect(page.locator("[data-checklist] [data-missing]")).to_have_count(0)
    expect(page.locator("tr", has_text="Straße")).to_contain_text("Matched by name")


def expect_the_twelve_reasons(page):
    """Each wrong cell stands with its reason below it; no other does."""
    expect(total(page, "with errors")).to_have_text("12")
    expect(page.locator("td[data-bad]")).to_have_count(12)
    for line, (_column, cell, reason) in WRONG.items():
        wrong = page.locator(f"#line-{line} td[data-bad]")
        expect(wrong.locator(".cell")).to_have_text(cell or "empty")
        expect(wrong.locator(".why")).to_contain_text(reason)


def test_five_hundred_rows_go_through_the_four_steps_and_back_to_the_trash(sign_in, admin, start_worker, tmp_path):
    page = sign_in(admin, accept_downloads=True)
    upload_in_browser(page, as_file(office_file.rows()))
    expect_the_proposed_mapping(page)
    check_rows(page, 500)
    expect(bar(page, "Rows checked")).to_be_visible()
    worker = start_worker()
    expect_the_twelve_reasons(page)
    expect(total(page, "will be created")).to_have_text("488")
    assert Contact.objects.count() == 0
    finish(worker)

    page.get_by_role("button", name="Import 488 contacts").click()
    expect(bar(page, "Rows imported")).to_be_visible()
    expect(page.get_by_text("0 of 488")).to_be_visible()
    start_worker()
    expect(figure(page, "created")).to_have_text("488")
    expect(figure(page, "failed")).to_have_text("12")
    assert Contact.objects.count() == 488

    with page.expect_download() as download:
        page.get_by_role("link", name="Failed rows as CSV").click()
    download.value.save_as(tmp_path / "failed.csv")
    bring_in_the_corrected(page, tmp_path / "failed.csv")
    assert Contact.objects.count() == 500
    undo(page)
    assert Contact.objects.count() == 488
    assert Person.with_trash.count() == 501


def bring_in_the_corrected(page, path: Path):
    """Import the failed rows again, corrected: the columns and the mapping of the first file are known."""
    upload_in_browser(page, as_file(office_file.corrected(path.read_bytes()), "korrigiert.csv", "utf-8-sig"))
    check_rows(page, 12)
    expect(page.get_by_text("All rows are ready to import")).to_be_visible()
    page.get_by_role("button", name="Import 12 contacts").click()
    expect(page.get_by_text("All rows were imported.")).to_be_visible()
    expect(figure(page, "created")).to_have_text("12")


def undo(page):
    page.get_by_role("button", name="Undo import").click()
    dialog = page.get_by_role("dialog", name="Move 12 contacts to the trash?")
    dialog.get_by_role("button", name="Undo import").click()
    expect(page.get_by_role("heading", name="has been undone")).to_be_visible()
    page.get_by_role("link", name="To the trash").click()
    expect(names(page)).to_have_count(12)


@pytest.fixture
def verified(account, admin):
    """A run of three rows, verified: the second has a phone without its country code, the third names no role."""
    wrong = [row(1), row(2, Phone="612 34 56 78"), row(3, **{"Last name": "Hohenfels 3", "Role": "Captain"})]
    run = uploading.start(account, admin, upload(csv_bytes(wrong)))
    mapping.save(run, run.places, {})
    jobs.do(run, Job.VERIFY)
    return run


def test_a_cell_is_corrected_in_place_and_its_row_becomes_good(sign_in, admin, verified):
    page = sign_in(admin)
    page.goto(f"/contacts/imports/{verified.pk}/verify/")
    expect(total(page, "with errors")).to_have_text("2")
    page.locator("#line-3 td[data-bad] a.cell").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Phone, line 3")).to_be_focused()
    page.keyboard.type("+34 612 34 56 78")
    page.keyboard.press("Enter")

    expect(page.locator("#line-3 td[data-fixed]")).to_contain_text("Corrected")
    expect(page.locator("#line-3 td[data-bad]")).to_have_count(0)
    expect(total(page, "with errors")).to_have_text("1")
    expect(page.get_by_role("button", name="Import 2 contacts")).to_be_enabled()


def test_escape_leaves_a_cell_as_it_was(sign_in, admin, verified):
    page = sign_in(admin)
    page.goto(f"/contacts/imports/{verified.pk}/verify/")
    cell = page.locator("#line-3 td[data-bad] a.cell")
    cell.click()
    expect(page.get_by_label("Phone, line 3")).to_be_focused()
    page.keyboard.type("nonsense")
    page.keyboard.press("Escape")

    expect(cell).to_have_text("612 34 56 78")
    expect(cell).to_be_focused()


def test_leaving_and_coming_back_finds_the_same_step(sign_in, admin, verified):
    page = sign_in(admin)
    for step, words in (("verify", "Import 1 contact"), ("run", "Import 1 contact")):
        page.goto(f"/contacts/imports/{verified.pk}/{step}/")
        expect(page.get_by_role("button", name=words)).to_be_visible()
    page.goto("/contacts/imports/new/")
    page.get_by_role("link", name="Continue").click()
    expect(page).to_have_url(re.compile("/verify/$"))
    page.goto("/contacts/imports/")
    page.get_by_role("link", name="people.csv").click()

    expect(page).to_have_url(re.compile("/verify/$"))
    expect(page.locator("[aria-current=step]")).to_contain_text("Verify")


def test_an_agent_sees_no_import_and_gets_none(sign_in, agent, verified):
    page = sign_in(agent)
    to_contacts(page)
    expect(page.get_by_role("link", name="Create contact").first).to_be_visible()
    expect(page.locator("a[href*=import]")).to_have_count(0)
    assert ImportRun.objects.count() == 1
    for path in ("", "new/", "sample.csv", *(f"{verified.pk}/{step}/" for step in ("mapping", "verify", "run"))):
        answer = page.goto(f"/contacts/imports/{path}")
        assert (path, answer.status) == (path, 403)
        expect(page.get_by_role("heading", name="You do not have access to this page")).to_be_visible()


LEADS = 60
WRONG_LEADS = {  # by line: column, cell, reason, and what is typed over it
    5: ("property_details.type", "Villa, Castle", "There is no property type “Castle”.", "Villa, Finca"),
    9: ("lead.status", "Converted", "Converted leads are contacts.", "Qualified"),
    14: ("search_criteria.price_to", "100k", "The highest price is below the lowest.", "700k"),
}


def lead_rows():
    """Sixty prospects as another program writes them, with several values in one cell; three rows are wrong."""
    rows = {
        line: {
            "contact.first_name": "Núria", "contact.last_name": f"Peña {chr(65 + line % 26)}",
            "contact.email": f"lead{line}@example.org", "contact.phone": "+34 612 34 56 78",
            "lead.owner.email": "lucia@example.com", "lead.source": ["Idealista", "Website", "Kyero"][line % 3],
            "lead.status": ["New", "Contacted"][line % 2], "property_details.type": "Villa, Penthouse",
            "search_criteria.locations": "Marbella, Estepona, Altea", "search_criteria.price_from": "400k",
            "search_criteria.price_to": "650k", "search_criteria.features": "pool, sea view",
        }
        for line in range(2, LEADS + 2)
    }  # fmt: skip
    for line, (column, cell, _reason, _better) in WRONG_LEADS.items():
        rows[line][column] = cell
    return list(rows.values())


def test_sixty_leads_go_through_the_four_steps_with_errors_corrected_in_place(sign_in, admin, start_worker):
    page = sign_in(admin)
    page.goto("/contacts/imports/new/")
    page.get_by_role("navigation", name="What to import").get_by_role("link", name="Leads").click()
    expect(page.get_by_role("heading", name="Import leads from a file")).to_be_visible()
    page.get_by_label("CSV file").set_input_files(as_file(lead_rows(), "leads.csv", "utf-8"))
    page.get_by_role("button", name="Upload and map columns").click()
    expect(page.get_by_text("12 of 12 columns mapped")).to_be_visible()
    expect(page.get_by_label("Lead type for rows without one")).to_have_value("buyer")
    check_rows(page, LEADS)
    start_worker()
    expect(total(page, "with errors")).to_have_text("3")
    page.wait_for_load_state()  # a key pressed before the scripts have come is nobody's
    for line, (_column, _cell, reason, better) in WRONG_LEADS.items():
        correct_in_place(page, line, reason, better)
    expect(page.get_by_text("All rows are ready to import")).to_be_visible()

    page.get_by_role("button", name="Import 60 leads").click()
    expect(figure(page, "created")).to_have_text("60")
    lead = Lead.objects.get(person__email="lead5@example.org")
    assert (lead.property_types, lead.locations) == ("villa,finca", "Marbella, Estepona, Altea")
    page.get_by_role("link", name="See the leads").click()
    expect(page).to_have_url(re.compile("/leads/"))
    page.go_back()
    undo_leads(page)
    assert (Lead.objects.in_pipeline().count(), Person.with_trash.count()) == (1, 61)


def correct_in_place(page, line, reason, better):
    wrong = page.locator(f"#line-{line} td[data-bad]")
    expect(wrong).to_contain_text(reason)
    wrong.locator("a.cell").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#line-{line} td[data-editing] input.input")).to_be_focused()
    page.keyboard.type(better)
    page.keyboard.press("Enter")
    expect(page.locator(f"#line-{line} td[data-fixed]")).to_contain_text("Corrected")
    expect(wrong).to_have_count(0)


def undo_leads(page):
    page.get_by_role("button", name="Undo import").click()
    dialog = page.get_by_role("dialog", name="Move 60 leads to the trash?")
    dialog.get_by_role("button", name="Undo import").click()
    expect(page.get_by_role("heading", name="has been undone")).to_be_visible()
    expect(page.get_by_text("60 leads are in the trash and can be restored from there.")).to_be_visible()
