"""The location picker and the maps: by mouse, keys and touch, with a service that is down, with tiles of one host."""

import http.server
import io
import threading
from copy import deepcopy

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from contacts.models import Person
from tests.e2e.steps import field, panel, said, to
from tests.factories import ContactFactory
from tests.places.answers import GERMAN, SPANISH


@pytest.fixture
def geocoder(geocoder):
    """The service on loopback, which knows one address."""
    geocoder.places = [SPANISH]
    return geocoder


@pytest.fixture
def tiles(settings):
    """A host of tiles on loopback, allowed by the policy as the settings would; each tile is a grey square."""
    asked = []
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), "#ccc").save(picture, "PNG")

    class Tiles(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Referer")))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(picture.getvalue())))
            self.end_headers()
            self.wfile.write(picture.getvalue())

        def log_message(self, *_args):
            pass

    class Host(http.server.ThreadingHTTPServer):
        request_queue_size = 128  # a browser asks for a whole map at once; whom the queue refuses is reset

    server = Host(("127.0.0.1", 0), Tiles)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    host = f"http://localhost:{server.server_port}"
    settings.MAP_TILES = f"{host}/{{z}}/{{x}}/{{y}}.png"
    policy = deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["img-src"].append(host)
    settings.CONTENT_SECURITY_POLICY = policy
    yield asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(sign_in, agent):
    """A window in which the agent is signed in."""
    return sign_in(agent)


def picker(page):
    """Return the dialog of the location picker."""
    return page.locator("dialog.place-picker[open]")


def open_edit(page, person):
    to(page, person)
    page.locator("main h1, main h2").first.wait_for()
    page.keyboard.press("e")
    expect(field(page, "Street")).to_be_visible()


def open_picker(page, person):
    open_edit(page, person)
    panel(page).get_by_role("button", name="Find the address on a map").click()
    expect(picker(page).get_by_role("combobox")).to_be_focused()
    expect(picker(page).locator(".leaflet-container")).to_be_visible()


def search(page, words):
    picker(page).get_by_role("combobox").fill(words)
    picker(page).get_by_role("button", name="Search").click()


def use(page):
    picker(page).get_by_role("button", name="Use this location").click()
    expect(picker(page)).to_have_count(0)


def expect_albir(page):
    for label, value in [("Street", "Calle Bernia 14"), ("Zip code", "03581"), ("City", "l'Albir")]:
        expect(field(page, label)).to_have_value(value)
    expect(field(page, "Country")).to_have_value("ES")
    expect(panel(page).get_by_text("On the map at 38.5710")).to_be_visible()


@pytest.mark.database
def test_an_address_that_was_found_stands_in_the_form_on_the_contact_and_on_the_timeline(page, contact, geocoder):
    open_picker(page, contact)
    search(page, "bernia")
    picker(page).get_by_role("option", name="Bernia").click()
    expect(picker(page).locator(".pin")).to_be_visible()
    use(page)
    expect_albir(page)
    expect(field(page, "Street")).to_be_focused()
    panel(page).get_by_role("button", name="Update").click()

    expect(panel(page)).to_be_hidden()
    stored = Person.objects.get(pk=contact.pk)
    assert (stored.street, stored.city, stored.latitude) == ("Calle Bernia 14", "l'Albir", 38.5710233)
    expect(page.locator(".timeline, main").get_by_text("Calle Bernia 14").first).to_be_visible()
    to(page, contact, "info")
    expect(page.get_by_role("img", name="Map of 38.5710")).to_be_visible()


def test_keys_alone_find_a_place_and_save_it(page, contact, geocoder):
    open_edit(page, contact)
    field(page, "Street").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(picker(page).get_by_role("combobox")).to_be_focused()
    page.keyboard.type("bernia")
    page.keyboard.press("Enter")
    expect(picker(page).get_by_role("option", selected=True)).to_contain_text("Bernia")
    page.keyboard.press("Enter")
    expect(picker(page).get_by_role("button", name="Use this location")).to_be_focused()
    page.keyboard.press("Enter")
    expect_albir(page)
    page.keyboard.press("Control+s")

    expect(panel(page)).to_be_hidden()
    assert Person.objects.get(pk=contact.pk).city == "l'Albir"


def test_arrow_keys_move_the_marker_and_the_place_there_is_asked_for_once(page, contact, geocoder):
    open_picker(page, contact)
    picker(page).locator("[data-map]").focus()
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(picker(page).locator("[data-address]")).to_contain_text("Calle Bernia 14")
    assert [asked.path for asked in geocoder.asked] == ["/reverse"]
    use(page)

    expect(field(page, "City")).to_have_value("l'Albir")


def test_a_click_on_the_map_asks_for_the_address_there(page, contact, geocoder):
    open_picker(page, contact)
    picker(page).locator("[data-map]").click(position={"x": 200, "y": 150})
    expect(picker(page).locator("[data-address]")).to_contain_text("Calle Bernia 14")
    use(page)

    expect(field(page, "Street")).to_have_value("Calle Bernia 14")
    asked = geocoder.asked[-1].words
    shown = panel(page).locator("[data-degrees]").inner_text()
    assert shown == f"{float(asked['lat']):.5f}, {float(asked['lon']):.5f}"


def test_a_marker_that_is_dragged_asks_where_it_was_put(page, contact, geocoder):
    contact.street, contact.latitude, contact.longitude = "Calle Mayor 1", 38.6, -0.05
    contact.save()
    open_picker(page, contact)
    pin = picker(page).locator(".pin").bounding_box()
    page.mouse.move(pin["x"] + 15, pin["y"] + 15)
    page.mouse.down()
    page.mouse.move(pin["x"] + 95, pin["y"] + 45, steps=6)
    page.mouse.up()

    expect(picker(page).locator("[data-address]")).to_contain_text("Calle Bernia 14")
    assert float(geocoder.asked[-1].words["lon"]) > -0.05


def test_what_the_office_uses_already_is_offered_while_one_types_and_nobody_is_asked(page, account, contact, geocoder):
    ContactFactory(account=account, street="Carrer Nou 3", city="Calpe", country="ES", latitude=38.64, longitude=0.04)
    open_picker(page, contact)
    picker(page).get_by_role("combobox").press_sequentially("nou cal")
    page.get_by_role("option", name="Carrer Nou 3").click()
    use(page)

    expect(field(page, "Street")).to_have_value("Carrer Nou 3")
    assert geocoder.asked == []


def test_with_the_service_down_the_dialog_says_so_and_the_form_goes_on(page, contact, geocoder):
    geocoder.says(status=500)
    geocoder.says("no JSON")
    open_edit(page, contact)
    field(page, "Notes").fill("Rings twice.")
    panel(page).get_by_role("button", name="Find the address on a map").click()
    search(page, "bernia")
    expect(picker(page).get_by_role("status")).to_contain_text("out of order")
    search(page, "calle bernia 14")
    expect(picker(page).get_by_role("status")).to_contain_text("could not be understood")
    page.keyboard.press("Escape")
    expect(picker(page)).to_have_count(0)

    expect(panel(page).get_by_role("button", name="Find the address on a map")).to_be_focused()
    expect(field(page, "Notes")).to_have_value("Rings twice.")
    field(page, "City").fill("Jávea")
    page.keyboard.press("Control+s")
    expect(panel(page)).to_be_hidden()
    assert Person.objects.get(pk=contact.pk).city == "Jávea"


def test_a_point_is_taken_off_the_map_and_an_address_elsewhere_leaves_it_behind(page, contact):
    contact.street, contact.city, contact.latitude, contact.longitude = "Calle Mayor 1", "Altea", 38.6, -0.05
    contact.save()
    open_edit(page, contact)
    panel(page).get_by_role("button", name="Take off the map").click()
    expect(panel(page).get_by_text("On the map at")).to_be_hidden()
    page.keyboard.press("Control+s")
    expect(panel(page)).to_be_hidden()

    assert Person.objects.get(pk=contact.pk).latitude is None


def test_an_address_typed_over_the_found_one_leaves_its_point_behind_and_says_so(page, contact, geocoder):
    open_picker(page, contact)
    search(page, "bernia")
    picker(page).get_by_role("option", name="Bernia").click()
    use(page)
    field(page, "Street").fill("Calle Bernia 14, 2.º B")
    field(page, "Street").press("Tab")
    expect(panel(page).get_by_text("On the map at 38.5710")).to_be_visible()
    field(page, "City").fill("Berlin")
    field(page, "City").press("Tab")

    expect(panel(page).get_by_text("On the map at")).to_be_hidden()
    said(page, "This is another place")
    page.keyboard.press("Control+s")
    expect(panel(page)).to_be_hidden()
    stored = Person.objects.get(pk=contact.pk)
    assert (stored.city, stored.latitude) == ("Berlin", None)


def test_nothing_is_taken_over_while_an_address_is_looked_up_and_no_late_answer_replaces_a_choice(
    page, account, contact, geocoder
):
    ContactFactory(account=account, street="Carrer Nou 3", city="Calpe", country="ES", latitude=38.64, longitude=0.04)
    open_picker(page, contact)
    picker(page).locator("[data-map]").click(position={"x": 200, "y": 150})
    expect(picker(page).get_by_role("status")).to_contain_text("Looking up the address")
    expect(picker(page).get_by_role("button", name="Use this location")).to_be_disabled()
    picker(page).get_by_role("combobox").fill("nou")
    page.get_by_role("option", name="Carrer Nou 3").click()
    page.wait_for_timeout(1500)  # the time in which the answer would have come
    expect(picker(page).locator("[data-address]")).to_contain_text("Carrer Nou 3")
    use(page)

    expect(field(page, "Street")).to_have_value("Carrer Nou 3")


def test_the_list_of_places_shuts_when_one_goes_on(page, account, contact):
    ContactFactory(account=account, street="Carrer Nou 3", city="Calpe", country="ES")
    open_picker(page, contact)
    picker(page).get_by_role("combobox").fill("nou")
    expect(picker(page).get_by_role("option")).to_have_count(1)
    picker(page).get_by_role("button", name="Cancel").focus()
    expect(picker(page).get_by_role("listbox")).to_be_hidden()
    picker(page).get_by_role("combobox").press("ArrowRight")
    picker(page).get_by_role("combobox").fill("carrer nou")
    page.get_by_role("option", name="Carrer Nou 3").click()

    expect(picker(page).get_by_role("status")).to_contain_text("No place on the map is known for it")


def test_a_long_name_and_markup_are_shown_as_text_and_cut_with_a_word(page, contact, geocoder):
    place = deepcopy(GERMAN)
    place["address"]["road"] = "<img src=x> " + "Straße der sehr langen Namen " * 6
    geocoder.places = [place]
    open_picker(page, contact)
    search(page, "berlin")
    picker(page).get_by_role("option").first.click()
    expect(picker(page).locator("[data-cut]")).to_contain_text("Cut to 60 characters: street")
    use(page)

    assert len(field(page, "Street").input_value()) <= 60
    said(page, "Cut to 60 characters")


def test_on_a_phone_the_picker_fills_the_screen_and_a_tap_puts_the_marker(sign_in, agent, contact, geocoder):
    page = sign_in(agent, viewport={"width": 390, "height": 844}, has_touch=True)
    page.goto(reverse("contacts:edit", args=[contact.pk]))
    page.get_by_role("button", name="Find the address on a map").tap()
    picker(page).locator("[data-map].leaflet-container").wait_for()
    assert picker(page).bounding_box()["width"] == 390
    picker(page).locator("[data-map]").tap(position={"x": 120, "y": 200})
    expect(picker(page).locator("[data-address]")).to_contain_text("Calle Bernia 14")
    picker(page).get_by_role("button", name="Use this location").tap()

    expect(page.get_by_label("Street")).to_have_value("Calle Bernia 14")


def test_tiles_come_from_the_one_host_that_the_policy_allows_and_are_told_no_path(page, contact, tiles):
    contact.latitude, contact.longitude = 38.6, -0.05
    contact.save()
    open_picker(page, contact)
    expect(picker(page).locator("img.leaflet-tile-loaded").first).to_be_visible()
    expect(picker(page).get_by_role("link", name="OpenStreetMap contributors")).to_be_visible()
    page.goto(reverse("contacts:info", args=[contact.pk]))
    page.locator(".still").scroll_into_view_if_needed()
    expect(page.locator(".still img").first).to_be_visible()
    page.locator(".still img").first.evaluate("one => one.decode()")

    own = page.evaluate("location.origin") + "/"
    assert {referrer for _path, referrer in tiles} == {own}


@pytest.fixture
def scattered(account, agent):
    """Two buyers in one house and one far off, one who is nowhere, and a seller."""
    for number, (latitude, longitude) in enumerate([(38.6, -0.05), (38.6, -0.05), (38.601, -0.0501), (39.4, -0.37)]):
        ContactFactory(
            account=account, assigned_to=agent, last_name=f"Moreno {'abcd'[number]}", latitude=latitude,
            longitude=longitude, role="buyer",
        )  # fmt: skip
    ContactFactory(account=account, last_name="Nowhere", role="buyer")
    ContactFactory(account=account, last_name="Elsewhere", role="seller", latitude=40, longitude=-3)


def test_a_list_is_shown_on_a_map_and_a_point_leads_to_its_record_and_back(page, scattered):
    page.goto(reverse("contacts:list") + "?role=buyer")
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_text("4 of 5 are on the map")).to_be_visible()
    expect(page.locator(".cluster")).to_have_text("3")
    page.locator(".pin").click()
    page.get_by_role("link", name="Moreno d").click()

    expect(page.locator("main")).to_contain_text("Moreno d")
    page.go_back()
    page.locator(".cluster").click()
    expect(page.locator(".pin")).to_have_count(1)
    expect(page.locator(".cluster")).to_have_text("2")


def test_keys_go_into_a_mark_to_the_names_and_back(page, scattered):
    page.goto(reverse("contacts:map") + "?role=buyer")
    page.locator(".cluster").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cluster")).to_have_text("2")
    expect(page.locator(".leaflet-marker-icon:focus")).to_have_count(1)
    page.locator(".cluster").focus()
    page.keyboard.press("Enter")
    for _nearer in range(20):
        if page.locator(".map-names").count():
            break
        page.locator(".cluster").focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Moreno")).to_have_count(2)
    expect(page.locator(".map-names a").first).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator(".map-names")).to_have_count(0)
    expect(page.locator(".cluster")).to_be_focused()


def test_a_window_that_changes_its_size_leaves_nothing_behind_when_the_picker_closes(page):
    page.goto(reverse("contacts:create"))
    page.locator("[data-places]").click()
    page.locator("#place-query").fill("38.6, -0.05")
    page.locator(".place-picker [role=option]").first.click()
    expect(page.locator(".place-picker .pin")).to_be_visible()
    page.set_viewport_size({"width": 500, "height": 700})
    width = page.locator(".place-picker .leaflet-container").evaluate("map => map.clientWidth")
    page.set_viewport_size({"width": 1200, "height": 800})
    expect(page.locator(".place-picker .meridian").first).to_be_attached()
    page.keyboard.press("Escape")

    expect(page.locator(".place-picker[open]")).to_have_count(0)
    page.wait_for_timeout(400)  # Leaflet waits a fifth of a second for the end of a change; an error fails the test
    assert width <= 500
