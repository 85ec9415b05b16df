"""Files of a person in the browser: chosen or dropped, renamed, deleted, with script and without; the counts follow."""

import pytest
from PIL import Image
from playwright.sync_api import expect

from contacts.attachments.attaching import MAX_BYTES
from tests.e2e.steps import field, said, to

PLAN = "Floor plan.pdf"
BREAK_OFF = """() => {
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function () {
    XMLHttpRequest.prototype.send = send;
    this.dispatchEvent(new ProgressEvent("loadend"));
  };
}"""
DROP = """(zone, names) => {
  const data = new DataTransfer();
  names.forEach((name) => data.items.add(new File(["text"], name)));
  for (const kind of ["dragenter", "dragover", "drop"])
    zone.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def files(page):
    """Return the names of the files that are listed, as a locator."""
    return page.locator(".attachments .attachment .name")


def tally(page):
    return page.locator("nav.tabs [aria-current] .tally")


@pytest.fixture
def choose(tmp_path):
    """Return a function that chooses files of these names; what is in them follows from the name."""
    Image.new("RGB", (900, 600), "teal").save(tmp_path / "terrace.jpg")
    (tmp_path / PLAN).write_bytes(b"%PDF-1.7 a plan")
    (tmp_path / "\u202egnp.exe").write_bytes(b"program")
    (tmp_path / "nothing.txt").touch()
    with (tmp_path / "tour.mov").open("wb") as film:
        film.truncate(MAX_BYTES + 1)
    return lambda page, *names: page.locator("input[name=files]").set_input_files([tmp_path / name for name in names])


@pytest.fixture
def page(sign_in, agent, contact):
    """A window of the agent at the contact's files."""
    page = sign_in(agent)
    to(page, contact, "attachments")
    page.wait_for_load_state()
    return page


def test_several_files_are_chosen_and_stand_on_tab_and_timeline(page, contact, choose):
    expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
    choose(page, PLAN, "terrace.jpg")

    expect(files(page)).to_have_text(["terrace.jpg", PLAN])
    expect(tally(page)).to_have_text("2")
    expect(page.locator(".upload-line")).to_have_count(0)
    expect(page.locator("#last-activity")).to_contain_text("just now")
    assert page.locator(".attachment img").evaluate("async one => (await one.decode(), one.naturalWidth)") == 480
    to(page, contact)
    expect(page.locator(".event .attachment .name")).to_have_text(["terrace.jpg", PLAN])


def test_a_file_is_downloaded_under_its_name(page, choose):
    choose(page, PLAN)
    with page.expect_download() as started:
        files(page).first.click()

    assert started.value.suggested_filename == "Floor plan.pdf"
    assert started.value.path().read_bytes() == b"%PDF-1.7 a plan"


def test_what_is_too_large_or_empty_is_not_even_sent_and_the_others_are_added(page, choose):
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    choose(page, "tour.mov", PLAN, "nothing.txt")

    expect(files(page)).to_have_text([PLAN])
    lines = page.locator(".upload-line")
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("tour.mov")
    expect(lines.first).to_contain_text("This file is larger than 25 MB.")
    expect(lines.last).to_contain_text("This file is empty.")
    assert sent.count("POST") == 1
    lines.first.get_by_role("button", name="Dismiss").click()
    expect(lines).to_have_count(1)


def test_files_are_dropped_on_the_tab(page):
    page.locator("#files").evaluate(DROP, ["one.txt", "two.txt"])

    expect(files(page)).to_have_text(["two.txt", "one.txt"])
    expect(page.locator("[data-over]")).to_have_count(0)


def test_a_name_that_was_changed_is_told(page, choose):
    choose(page, "\u202egnp.exe")

    expect(page.locator(".upload-line")).to_contain_text("It is now called “gnp.exe”.")


def test_an_upload_that_breaks_off_is_tried_again(page, choose):
    page.evaluate(BREAK_OFF)
    choose(page, PLAN)
    expect(page.locator(".upload-line")).to_contain_text("The connection broke off.")
    page.get_by_role("button", name="Try again").click()

    expect(files(page)).to_have_text([PLAN])


def test_a_file_is_renamed_and_deleted_by_keyboard_and_comes_back(page, contact, choose):
    choose(page, PLAN)
    page.get_by_role("link", name="Rename Floor plan.pdf").press("Enter")
    expect(field(page, "Name")).to_be_focused()
    field(page, "Name").fill("Ground floor")
    page.keyboard.press("Control+s")
    said(page, "File renamed")
    expect(files(page)).to_have_text(["Ground floor.pdf"])
    to(page, contact)
    page.get_by_role("button", name="Delete Ground floor.pdf").press("Enter")
    said(page, "File deleted")
    expect(page.locator(".attachment")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()

    said(page, "File restored")
    expect(page.locator(".event .attachment .name")).to_have_text(["Ground floor.pdf"])
    to(page, contact, "attachments")
    expect(tally(page)).to_have_text("1")


def test_files_are_added_renamed_and_deleted_without_script(sign_in, agent, contact, choose):
    page = sign_in(agent, java_script_enabled=False)
    to(page, contact, "attachments")
    choose(page, PLAN, "nothing.txt")
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".error")).to_have_text("nothing.txt: This file is empty.")
    expect(files(page)).to_have_text([PLAN])
    page.get_by_role("link", name="Rename Floor plan.pdf").click()
    field(page, "Name").fill("Ground floor")
    page.locator("main").get_by_role("button", name="Rename").click()
    expect(files(page)).to_have_text(["Ground floor.pdf"])
    page.get_by_role("button", name="Delete Ground floor.pdf").click()

    expect(page.get_by_role("heading", name="No files yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(files(page)).to_have_text(["Ground floor.pdf"])
