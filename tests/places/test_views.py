"""/places/search and /places/at: what the location picker asks, and what it is told."""

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.urls import reverse

from accounts.models import Account
from contacts.models import Person
from tesoro.geocoding.models import APART
from tests.factories import ContactFactory, UserFactory
from tests.test_hostile_input import HOSTILE

from . import answers

SEARCH, AT, PICKER = "/places/search", "/places/at", "/places/picker"
PARTS = ["street", "zip_code", "city", "state", "country"]
HERE = {"lat": "38.571", "lon": "-0.0705"}
DOWN = "The address service is out of order."

pytestmark = pytest.mark.usefixtures("waited")


@pytest.fixture
def known(account):
    """An address that the office uses."""
    return ContactFactory(
        account=account, street="Calle Bernia 12", city="L'Albir", country="ES", latitude=38.571, longitude=-0.0705
    )


def found(client, url=SEARCH, status=200, **words):
    """Ask, and return what was found and what is said."""
    response = client.get(url, words or {"q": "bernia"})
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    answer = response.json()
    assert set(answer) == {"found", "said"}
    return answer["found"], answer["said"]


@pytest.mark.parametrize("url", [SEARCH, AT, PICKER])
class TestWhoMayAsk:
    def test_visitors_are_asked_to_sign_in_and_no_service_is_asked(self, client, db, geocoder, url):
        response = client.get(url, {"q": "bernia", **HERE})

        assert response.url.startswith(reverse("account_login"))
        assert geocoder.asked == []

    def test_support_has_no_office_and_no_places(self, client, db, geocoder, url):
        client.force_login(UserFactory(account=None, is_staff=True))

        assert client.get(url, {"q": "bernia", **HERE}).status_code == 403
        assert geocoder.asked == []

    def test_agents_may(self, as_agent, geocoder, url):
        assert as_agent.get(url, {"q": "bernia", **HERE}).status_code == 200

    def test_nothing_is_posted(self, as_agent, geocoder, url):
        assert as_agent.post(url, {"q": "bernia", **HERE}).status_code == 405
        assert geocoder.asked == []

    def test_no_browser_keeps_the_answer(self, as_agent, url):
        assert as_agent.get(url, {"q": "bernia", **HERE})["Cache-Control"] == "private, no-store"


def test_the_own_addresses_come_first_then_those_of_the_service(as_agent, geocoder, known):
    geocoder.places = [answers.SPANISH]
    rows, said = found(as_agent)

    assert [(row["street"], row["about"]) for row in rows] == [
        ("Calle Bernia 12", "Used in your office"), ("Calle Bernia 14", ""),
    ]  # fmt: skip
    assert said == ""


def test_a_place_is_told_with_all_that_the_script_fills_in(as_agent, geocoder):
    geocoder.places = [answers.SPANISH]
    ((row,), _said) = found(as_agent)

    assert row == {
        "street": "Calle Bernia 14", "zip_code": "03581", "city": "l'Albir", "state": "Alacant / Alicante",
        "country": "ES", "label": answers.SPANISH["display_name"], "about": "",
        "address": "Calle Bernia 14, 03581 l'Albir, Alacant / Alicante, Spain",
        "latitude": 38.5710233, "longitude": -0.0705112, "degrees": "38.57102, -0.07051", "cut": "",
    }  # fmt: skip


def test_an_own_address_without_a_point_is_told_without(as_agent, known):
    known.latitude = known.longitude = None
    known.save()
    ((row,), _said) = found(as_agent)

    assert (row["street"], row["latitude"], row["longitude"], row["degrees"]) == ("Calle Bernia 12", None, None, "")


TWIN = {"road": "CALLE BERNIA,", "house_number": "12", "village": "l’Albir", "postcode": "03581", "country_code": "es"}


def test_an_address_known_to_both_is_told_once(as_agent, geocoder, known):
    geocoder.places = [answers.nominatim("12, Calle Bernia, l’Albir, Alicante, España", 38.4, -0.07, **TWIN)]
    rows, _said = found(as_agent)
    assert [(row["about"], row["city"], row["latitude"]) for row in rows] == [
        ("Used in your office", "L'Albir", 38.571)
    ]


@pytest.mark.parametrize("other", [{"house_number": "13"}, {"village": "Altea"}, {"road": "Carrer Bernia"}])
def test_a_neighbour_is_another_address(as_agent, geocoder, known, other):
    geocoder.places = [answers.nominatim("x", 38.4, -0.07, **TWIN | other)]
    assert len(found(as_agent)[0]) == 2


def test_a_street_alone_is_in_no_town_the_same(as_agent, geocoder, known):
    Person.objects.update(city="", zip_code="")
    geocoder.places = [answers.nominatim("x", 38.4, -0.07, **TWIN)]
    assert len(found(as_agent)[0]) == 2


def test_an_own_address_without_a_point_is_given_that_of_the_service(as_agent, geocoder, known):
    Person.objects.update(latitude=None, longitude=None)
    geocoder.places = [answers.nominatim("x", 38.4, -0.07, **TWIN)]
    ((row,), _said) = found(as_agent)
    assert (row["about"], row["city"], row["degrees"]) == ("Used in your office", "L'Albir", "38.40000, -0.07000")


def test_what_has_a_point_stands_first(as_agent, account, geocoder, known):
    ContactFactory(account=account, street="Bernia 1", city="Altea")
    ContactFactory(account=account, street="Bernia 1", city="Altea")
    geocoder.places = [answers.SPANISH]
    assert [row["street"] for row in found(as_agent)[0]] == ["Calle Bernia 12", "Calle Bernia 14", "Bernia 1"]
    assert [row["street"] for row in found(as_agent, q="bernia", typing="1")[0]] == ["Calle Bernia 12", "Bernia 1"]


class TestHowMuchOneMayAsk:
    @pytest.fixture(autouse=True)
    def _twice(self, settings, no_limit):
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "place": "2/m/user"}

    @pytest.mark.parametrize(("url", "words"), [(SEARCH, {"q": "Altea 3"}), (SEARCH, {"q": "40, -5"}), (AT, HERE)])
    def test_who_has_asked_too_much_is_told_and_keeps_the_own_addresses(
        self, as_agent, as_admin, geocoder, known, url, words
    ):
        for text in ("Altea 1", "Altea 2"):
            found(as_agent, q=text)

        assert found(as_agent, url, **words)[1].startswith("You have searched a lot within a minute.")
        assert len(geocoder.asked) == 2
        assert found(as_agent, q="bernia")[0][0]["about"] == "Used in your office"
        assert not found(as_admin, url, **words)[1].startswith("You have")

    def test_what_is_known_and_what_one_types_count_for_nothing(self, as_agent, geocoder, known):
        geocoder.places = [answers.SPANISH]
        for _time in range(5):
            assert found(as_agent)[1] == ""
            assert found(as_agent, q="bernia", typing="1")[1] == ""
        assert len(geocoder.asked) == 1


def test_one_member_cannot_ask_all_that_an_installation_may(settings):
    (rate,) = parse_rates(settings.ACCOUNT_RATE_LIMITS["place"])
    assert rate.per == "user"
    assert rate.amount < rate.duration / APART.total_seconds() / 2


def test_an_office_with_a_point_that_lies_nowhere_goes_on(as_agent, account, geocoder, known):
    Account.objects.update(latitude=95, longitude=0)
    Person.objects.update(latitude=95)

    assert as_agent.get(PICKER).status_code == 200
    ((row,), _said) = found(as_agent, q="bernia", typing="1")
    assert (row["street"], row["degrees"]) == ("Calle Bernia 12", "")
    assert as_agent.get(reverse("contacts:map")).status_code == 200
    assert as_agent.get(reverse("contacts:map-points")).json() == {"points": []}


def test_while_one_types_the_service_is_not_asked(as_agent, geocoder, known):
    rows, said = found(as_agent, q="bernia", typing="1")

    assert [row["street"] for row in rows] == ["Calle Bernia 12"]
    assert found(as_agent, q="nowhere", typing="1") == ([], "")
    assert said == ""
    assert geocoder.asked == []


@pytest.mark.parametrize(("lat", "street"), [("38.571", "Calle Bernia 12"), ("40.1", "")])
def test_while_one_types_coordinates_it_is_not_asked_either(as_agent, geocoder, known, lat, street):
    ((row,), said) = found(as_agent, q=f"{lat}, -0.0705", typing="1")

    assert (row["street"], row["latitude"], said) == (street, float(lat), "")
    assert geocoder.asked == []


def test_the_service_is_asked_in_the_offices_language_for_what_lies_around_it(as_agent, account, geocoder):
    account.language, account.latitude, account.longitude = "de", 50.649, -3.43
    account.save()
    found(as_agent)

    (asked,) = geocoder.asked
    assert asked.words["accept-language"] == "de"
    assert asked.words["viewbox"] == "-3.93,51.15,-2.93,50.15"


def test_the_point_is_asked_for_in_the_offices_language(as_agent, account, geocoder):
    account.language = "fr"
    account.save()
    found(as_agent, AT, **HERE)
    assert geocoder.asked[0].words["accept-language"] == "fr"


def test_what_another_office_uses_is_not_told(as_stranger, geocoder, known):
    assert found(as_stranger)[0] == []
    ((row,), _said) = found(as_stranger, AT, **HERE)
    assert (row["street"], row["about"]) == ("", "")


@pytest.mark.parametrize("text", ["", "   ", "\0", "\u3000"])
def test_nothing_is_asked_for_nothing(as_agent, geocoder, text):
    assert found(as_agent, q=text) == ([], "")
    assert as_agent.get(SEARCH).json() == {"found": [], "said": ""}
    assert geocoder.asked == []


def test_a_question_is_asked_in_one_line_that_is_not_too_long(as_agent, geocoder):
    found(as_agent, q=" Calle \n\t Bernia\0" + "a" * 5000)
    assert geocoder.asked[0].words["q"] == ("Calle Bernia " + "a" * 5000)[:200]


def test_what_nobody_knows_is_said(as_agent, geocoder):
    assert found(as_agent, q="<b>nowhere</b>") == ([], "Nothing was found for “<b>nowhere</b>”.")


def test_an_admin_learns_that_a_service_can_be_named(as_admin, known):
    assert found(as_admin, q="nowhere")[1].endswith("a service that knows more addresses: GEOCODER, in docs/places.md.")


def test_without_a_service_it_is_said_what_to_do(as_agent, known):
    assert found(as_agent, q="nowhere") == (
        [], "None of your addresses holds “nowhere”. Click on the map, or type the address by hand.",
    )  # fmt: skip
    rows, said = found(as_agent)
    assert ([row["street"] for row in rows], said) == (["Calle Bernia 12"], "")


def test_a_service_that_fails_is_told_beside_the_own_addresses(as_agent, geocoder, known):
    geocoder.says(status=500)
    rows, said = found(as_agent)

    assert ([row["street"] for row in rows], said) == (["Calle Bernia 12"], DOWN)


def test_coordinates_typed_as_text_are_a_point(as_agent, geocoder):
    geocoder.places = [answers.SPANISH]
    ((row,), _said) = found(as_agent, q="38.5711, -0.0706")

    assert (row["street"], row["latitude"], row["longitude"]) == ("Calle Bernia 14", 38.5711, -0.0706)
    (asked,) = geocoder.asked
    assert (asked.path, asked.words["lat"]) == ("/reverse", "38.5711")


def test_coordinates_that_lie_nowhere_are_words(as_agent, geocoder):
    found(as_agent, q="91, 0")
    assert geocoder.asked[0].path == "/search"


def test_a_place_keeps_the_point_that_was_asked_for(as_agent, geocoder):
    geocoder.places = [answers.SPANISH]
    ((row,), said) = found(as_agent, AT, lat="38.57109", lon="-0.07059")

    assert (row["street"], row["degrees"], said) == ("Calle Bernia 14", "38.57109, -0.07059", "")


def test_where_the_service_knows_nothing_the_own_address_is_told(as_agent, geocoder, known):
    ((row,), said) = found(as_agent, AT, lat="38.57102", lon="-0.0705")

    assert (row["street"], row["about"], row["latitude"]) == ("Calle Bernia 12", "Used in your office", 38.57102)
    assert said == ""


def test_where_nobody_knows_anything_the_point_is_kept(as_agent, geocoder):
    ((row,), said) = found(as_agent, AT, lat="40.1", lon="-5")

    assert [row[name] for name in PARTS] == [""] * 5
    assert (row["label"], row["latitude"], row["longitude"]) == ("40.10000, -5.00000", 40.1, -5)
    assert said == "No address is known here. The coordinates are kept."


@pytest.mark.parametrize(("lat", "street"), [("38.571", "Calle Bernia 12"), ("40.1", "")])
def test_a_service_that_fails_leaves_the_point(as_agent, geocoder, known, lat, street):
    geocoder.says(status=500)
    ((row,), said) = found(as_agent, AT, lat=lat, lon="-0.0705")

    assert (row["street"], row["latitude"], said) == (street, float(lat), DOWN)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("", ""), ("north", "0"), ("NaN", "0"), ("0", "Infinity"), ("91", "0"), ("0", "-180.1"), ("9" * 4400, "0"),
        ("38,5", "0"), ("\0", "0"), ("0", "1e999"), ("[]", "{}"),
    ],
)  # fmt: skip
def test_what_is_no_point_is_refused(as_agent, geocoder, lat, lon):
    assert found(as_agent, AT, status=422, lat=lat, lon=lon) == ([], "These are no coordinates.")
    assert geocoder.asked == []


def test_half_a_point_is_refused(as_agent, geocoder):
    assert found(as_agent, AT, status=422, lat="38.5")[0] == []
    assert as_agent.get(AT).status_code == 422


def test_hostile_words_break_nothing(as_agent, no_limit, geocoder, known, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    for value in HOSTILE:
        assert as_agent.get(SEARCH, {"q": value}).status_code == 200, value
        assert as_agent.get(SEARCH, {"q": value, "typing": value}).status_code == 200, value
        for words in ({**HERE, "lat": value}, {**HERE, "lon": value}):
            assert as_agent.get(AT, words).status_code in (200, 422), words


def test_parts_that_are_too_long_are_cut_with_a_word_about_it(as_agent, geocoder):
    geocoder.places = [answers.nominatim("A long road", 38.5, 0, road="a" * 200, city="b" * 61, postcode="03581")]
    ((row,), _said) = found(as_agent)

    assert (row["street"], row["city"]) == ("a" * 60, "b" * 60)
    assert row["cut"] == "Cut to 60 characters: street, city."


def test_html_of_a_service_stays_text(as_agent, geocoder):
    evil = "</script><img src=x onerror=alert(1)>"
    geocoder.places = [answers.nominatim(f"Calle {evil}", 38.5, 0, road=evil, city="&amp; b")]
    response = as_agent.get(SEARCH, {"q": "bernia"})

    assert response["X-Content-Type-Options"] == "nosniff"
    assert not set(b"<>") & set(response.content)
    (row,) = response.json()["found"]
    assert (row["street"], row["city"]) == ("/script img src=x onerror=alert(1)", "&amp; b")


def test_html_of_an_office_stays_text(as_agent, account):
    ContactFactory(account=account, street="Calle <b>Bernia</b>")
    response = as_agent.get(SEARCH, {"q": "bernia"})

    assert response["Content-Type"] == "application/json"
    assert response.json()["found"][0]["street"] == "Calle <b>Bernia</b>"


def test_the_same_search_of_two_colleagues_is_asked_once(as_agent, as_admin, geocoder):
    geocoder.places = [answers.SPANISH]
    assert found(as_agent) == found(as_admin)
    assert len(geocoder.asked) == 1


def test_a_search_reads_each_kind_of_record_twice_at_most(as_agent, account, django_assert_max_num_queries):
    for number in range(10):
        ContactFactory(account=account, street=f"Calle Bernia {number}")
    as_agent.get(SEARCH, {"q": "bernia"})

    with django_assert_max_num_queries(4 + 2 * 4):
        found(as_agent)


def test_the_picker_opens_around_the_office_and_asks_here(as_agent, account):
    account.latitude, account.longitude = 50.649, -3.43
    account.save()
    text = as_agent.get(PICKER).content.decode()

    for told in (f'data-search="{SEARCH}"', f'data-at="{AT}"', 'data-latitude="50.64900"', 'data-longitude="-3.43000"'):
        assert told in text
