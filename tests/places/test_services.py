"""What Nominatim and Photon answer, read into our parts; and how they are asked."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tesoro.geocoding.places import Point, place
from tesoro.geocoding.services import MOST_FOUND, SERVICES, Nominatim, Photon

from . import answers

ALICANTE = "Alacant / Alicante"
NUL, TAG = "\x00\x1b", "<script>alert(1)</script>"


def read(kind, *places):
    return kind().read(answers.features(*places) if kind is Photon else list(places))


def parts(one):
    return [one.street, one.zip_code, one.city, one.state, one.country]


@pytest.mark.parametrize(
    ("kind", "answer", "told"),
    [
        (Nominatim, answers.SPANISH, ["Calle Bernia 14", "03581", "l'Albir", ALICANTE, "ES"]),
        (Nominatim, answers.GERMAN, ["Lindenstraße 7", "93047", "Regensburg", "Bayern", "DE"]),
        (Nominatim, answers.BRITISH, ["22 Harbour Road", "EX8 5HN", "Lympstone", "England", "GB"]),
        (Nominatim, answers.TOWN, ["", "03590", "Altea", ALICANTE, "ES"]),
        (Nominatim, answers.PARTIAL, ["Camino de la Font", "", "", "", ""]),
        (Photon, answers.SPANISH_FEATURE, ["Calle Bernia 14", "03581", "l'Alfàs del Pi", "Alicante", "ES"]),
        (Photon, answers.GERMAN_FEATURE, ["Lindenstraße 7", "93047", "Regensburg", "Bayern", "DE"]),
        (Photon, answers.BRITISH_FEATURE, ["22 Harbour Road", "EX8 5HN", "Lympstone", "England", "GB"]),
        (Photon, answers.TOWN_FEATURE, ["", "03590", "Altea", "Alicante", "ES"]),
        (Photon, answers.STREET_FEATURE, ["Calle Bernia", "03581", "l'Alfàs del Pi", "Alicante", "ES"]),
    ],
)
def test_an_address_comes_in_our_parts(kind, answer, told):
    (found,) = read(kind, answer)

    assert parts(found) == told
    assert found.cut == ()


@pytest.mark.parametrize(("kind", "answer"), [(Nominatim, answers.SPANISH), (Photon, answers.SPANISH_FEATURE)])
def test_the_point_is_read_latitude_first(kind, answer):
    assert read(kind, answer)[0].point == Point(38.5710233, -0.0705112)


def test_a_place_is_called_what_the_service_calls_it():
    assert read(Nominatim, answers.SPANISH)[0].label == answers.SPANISH["display_name"]


@pytest.mark.parametrize(
    ("answer", "label"),
    [
        (answers.SPANISH_FEATURE, "Calle Bernia 14, 03581 l'Alfàs del Pi, Alicante, España"),
        (answers.TOWN_FEATURE, "Altea, 03590 Altea, Alicante, España"),
        (answers.STREET_FEATURE, "Calle Bernia, 03581 l'Alfàs del Pi, Alicante, España"),
        (
            answers.photon(1, 2, name="Faro del Albir", street="Camí Vell", city="Altea"),
            "Faro del Albir, Camí Vell, Altea",
        ),
    ],
)
def test_photon_names_parts_of_which_one_line_is_made(answer, label):
    assert read(Photon, answer)[0].label == label


@pytest.mark.parametrize("answer", [[], {"error": "Unable to geocode"}])
def test_nominatim_may_find_nothing(answer):
    assert Nominatim().read(answer) == []


def test_photon_may_find_nothing():
    assert read(Photon) == []


def test_a_point_is_answered_with_one_place_instead_of_a_list():
    assert parts(Nominatim().read(answers.GERMAN)[0])[0] == "Lindenstraße 7"


def test_a_place_found_twice_is_told_once():
    assert len(read(Nominatim, answers.TOWN, answers.TOWN, answers.GERMAN)) == 2


def test_no_more_is_told_than_fits_a_list():
    many = [answers.nominatim(f"Place {number}", 38 + number / 100, 0) for number in range(50)]
    assert len(read(Nominatim, *many)) == MOST_FOUND


@pytest.mark.parametrize("kind", SERVICES.values())
@pytest.mark.parametrize(
    "answer", [None, True, 7, "found", {}, {"error": {"code": 400}}, {"message": "Not found"}, {"features": {}}]
)
def test_what_is_no_answer_is_refused(kind, answer):
    with pytest.raises(ValueError, match="no"):
        kind().read(answer)


def test_neither_reads_what_the_other_says():
    with pytest.raises(ValueError, match="features"):
        Photon().read([answers.SPANISH])
    with pytest.raises(ValueError, match="neither"):
        Nominatim().read(answers.features(answers.SPANISH_FEATURE))


NOWHERE = [None, "", "north", "NaN", "Infinity", "1e400", 91, -90.5, [], {}, 10**400, "\0"]


@pytest.mark.parametrize("lat", NOWHERE)
def test_a_place_that_lies_nowhere_is_left_out(lat):
    assert read(Nominatim, {**answers.TOWN, "lat": lat}, answers.GERMAN) == read(Nominatim, answers.GERMAN)
    assert read(Photon, answers.photon(lat, 0, name="Altea")) == []


@pytest.mark.parametrize(
    "geometry", [None, 3, {}, {"coordinates": None}, {"coordinates": [1]}, {"coordinates": {"0": 1}}]
)
def test_a_feature_without_coordinates_is_left_out(geometry):
    assert read(Photon, {**answers.TOWN_FEATURE, "geometry": geometry}, 7, None, "x") == []


@pytest.mark.parametrize("address", [None, [], "Calle Bernia", {"road": ["x"], "postcode": {"a": 1}, "city": True}])
def test_an_address_of_another_shape_leaves_its_parts_empty(address):
    (found,) = read(Nominatim, {**answers.TOWN, "address": address, "display_name": ["Altea"]})

    assert parts(found) == [""] * 5


def test_a_number_reads_as_text():
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, road="Calle Bernia", house_number=14, postcode=3581))

    assert parts(found)[:2] == ["Calle Bernia 14", "3581"]


@pytest.mark.parametrize("code", ["", "xx", "xk", "esp", "e", "ß", "🙂🙂", "<>"])
def test_a_country_that_iso_does_not_know_is_none(code):
    assert read(Nominatim, answers.nominatim("x", 38, 0, country_code=code))[0].country == ""


@pytest.mark.parametrize("name", ["Carrer " + "a" * 193, "ñ" * 200, "🙂" * 200, "n\u0303" * 200])
def test_a_name_of_200_characters_is_cut_and_said_to_be(name):
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, road=name, city=name, postcode="03581"))

    assert (len(found.street), len(found.city)) == (60, 60)
    assert found.cut == ("street", "city")


def test_a_name_of_60_characters_is_whole():
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, road="a" * 60))
    assert (len(found.street), found.cut) == (60, ())


def test_what_is_cut_does_not_end_in_the_middle_of_nothing():
    assert place("x", Point(38, 0), street="a" * 58 + ", b" * 20).street == "a" * 58


@pytest.mark.parametrize("kind", SERVICES.values())
def test_tags_and_control_characters_are_taken_out(kind):
    dirt = f"Calle{NUL}\n {TAG}\ud800\uffff"
    here = (
        answers.photon(38, 0, street=dirt, name=dirt) if kind is Photon else answers.nominatim(dirt, 38, 0, road=dirt)
    )
    (found,) = kind().read(json.loads(json.dumps(answers.features(here) if kind is Photon else [here])))

    assert found.street == "Calle script alert(1) /script"
    assert not set("<>\0\n\ud800\uffff") & set(found.label)


@pytest.mark.parametrize(
    ("code", "street"),
    [
        ("es", "Avenida de la Comunitat Valenciana de los Amigos 14 bis"),
        ("de", "Avenida de la Comunitat Valenciana de los Amigos 14 bis"),
        ("fr", "14 bis Avenida de la Comunitat Valenciana de los Amigos"),
    ],
)
def test_a_long_street_is_cut_at_a_word_and_keeps_its_number(code, street):
    road = "Avenida de la Comunitat Valenciana de los Amigos Internacionales"
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, road=road, house_number="14 bis", country_code=code))
    assert (found.street, found.cut) == (street, ("street",))


def test_a_street_that_fits_with_its_number_is_whole():
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, road="a" * 57, house_number="14", country_code="es"))
    assert (found.street, found.cut) == ("a" * 57 + " 14", ())


@pytest.mark.parametrize("number", ["14", "1" * 30, "1" * 60, "1" * 400, "<b>", "\x00"])
@pytest.mark.parametrize("road", ["Calle", "a" * 200, "calle " * 40])
@pytest.mark.parametrize("code", ["es", "fr"])
def test_no_number_makes_a_street_too_long(number, road, code):
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, road=road, house_number=number, country_code=code))
    assert 0 < len(found.street) <= 60


@pytest.mark.parametrize("part", ["hamlet", "isolated_dwelling", "neighbourhood", "quarter"])
def test_a_house_without_a_street_is_numbered_in_its_hamlet(part):
    here = {part: "Les Fonts", "city": "Benissa", "house_number": "7", "country_code": "es"}
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, **here))
    assert (found.street, found.city) == ("Les Fonts 7", "Benissa")


def test_a_hamlet_is_no_street_of_a_place_without_a_number():
    (found,) = read(Nominatim, answers.nominatim("x", 38, 0, hamlet="Les Fonts"))
    assert (found.street, found.city) == ("", "Les Fonts")


@pytest.mark.parametrize(
    ("code", "county", "state", "told"),
    [
        ("DE", "Landkreis München", "Bayern", "Bayern"), ("ES", "Alicante", "Comunidad Valenciana", "Alicante"),
        ("IT", "Bergamo", "Lombardia", "Bergamo"), ("FR", "Gard", "Occitanie", "Occitanie"), ("GB", "Kent", "", "Kent"),
        ("ES", "", "La Rioja", "La Rioja"),
    ],
)  # fmt: skip
def test_photons_county_is_the_state_where_it_is_the_province(code, county, state, told):
    assert read(Photon, answers.photon(1, 2, countrycode=code, county=county, state=state))[0].state == told


@pytest.mark.parametrize("kind", SERVICES.values())
def test_a_place_of_which_nothing_is_known_is_called_by_its_point(kind):
    (found,) = read(kind, answers.photon(38.5, 0.25) if kind is Photon else answers.nominatim("", 38.5, 0.25))
    assert found.label == "38.50000, 0.25000"


def test_half_an_address_of_a_house_has_no_street_of_a_number_alone():
    assert read(Nominatim, answers.nominatim("x", 38, 0, house_number="14"))[0].street == ""


def asked(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}", {name: one for name, [one] in parse_qs(parts.query).items()}


NEAR = Point(38.5987654, -0.0512345)


def test_nominatim_is_asked_for_what_is_near_first():
    url, words = asked(Nominatim().search_url("Calle Bernia & 14", "es", NEAR))

    assert url == "https://nominatim.openstreetmap.org/search"
    assert words == {
        "q": "Calle Bernia & 14", "limit": "8", "format": "jsonv2", "addressdetails": "1", "accept-language": "es",
        "viewbox": "-0.55,39.10,0.45,38.10",
    }  # fmt: skip


def test_photon_is_asked_for_what_is_near_first():
    url, words = asked(Photon().search_url("Calle Bernia", "de", NEAR))

    assert url == "https://photon.komoot.io/api/"
    assert words == {"q": "Calle Bernia", "limit": "8", "lang": "de", "lat": "38.6", "lon": "-0.05"}


@pytest.mark.parametrize("kind", SERVICES.values())
def test_where_nothing_is_near_nothing_is_said_of_it(kind):
    _url, words = asked(kind().search_url("Calle Bernia", "es", None))
    assert not {"viewbox", "lat", "lon"} & set(words)


@pytest.mark.parametrize("kind", SERVICES.values())
def test_an_address_of_a_client_is_not_told_as_what_is_near(kind):
    url = kind().search_url("Altea", "es", NEAR)
    assert "38.59" not in url
    assert url == kind().search_url("Altea", "es", Point(38.6012, -0.0488))


def test_a_point_is_asked_for_by_its_degrees():
    url, words = asked(Nominatim().at_url(NEAR, "es"))
    assert (url.rpartition("/")[2], words["lat"], words["lon"], words["accept-language"]) == (
        "reverse", "38.5987654", "-0.0512345", "es",
    )  # fmt: skip
    url, words = asked(Photon().at_url(NEAR, "fr"))
    assert (url.rpartition("/")[2], words) == (
        "reverse", {"lat": "38.5987654", "lon": "-0.0512345", "limit": "1", "lang": "fr"},
    )  # fmt: skip


def test_photon_answers_in_the_words_of_the_place_where_it_does_not_speak_the_language():
    assert asked(Photon().search_url("Altea", "es", None))[1]["lang"] == "default"


@pytest.mark.parametrize("kind", SERVICES.values())
def test_a_service_of_ones_own_is_asked_with_its_key(kind):
    url, words = asked(kind("https://maps.example.com/geo/", "a key").search_url("Altea", "es", None))

    assert url.startswith("https://maps.example.com/geo/")
    assert "//" not in url.removeprefix("https://")
    assert words["key"] == "a key"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("38.5987, -0.0512", (38.5987, -0.0512)), ("38.5987 -0.0512", (38.5987, -0.0512)), ("38;0", (38, 0)),
        ("+38.5°, -0.05°", (38.5, -0.05)), ("  -90,180 ", (-90, 180)), ("٣٨.5, 0", (38.5, 0)),
        ("38,5, 0,05", (38.5, 0.05)), ("38,5987; -0,0512", (38.5987, -0.0512)), ("38,5° -0,05°", (38.5, -0.05)),
    ],
)  # fmt: skip
def test_two_numbers_are_a_point(text, point):
    assert Point.typed(text) == Point(*point)


@pytest.mark.parametrize(
    "text",
    [
        "", "38.5", "91, 0", "0, 181", "38,5,0,05", "38,5, 0.05", "91,0; 0,5", "03581 Albir", "14 Calle Bernia",
        "NaN, 0", "1e3 1", "1 2 3",
    ],
)  # fmt: skip
def test_anything_else_is_no_point(text):
    assert Point.typed(text) is None


@pytest.mark.parametrize("word", ["", "x", "NaN", "-Infinity", "9" * 4400, "1e999", "91", None, [], "\0"])
def test_what_is_no_latitude_is_refused(word):
    with pytest.raises(ValueError, match=r"."):
        Point.read(word, "0")


def test_distances_are_those_of_the_earth():
    assert Point(0, 0).metres_to(Point(0, 1)) == pytest.approx(111_195, rel=0.001)
    assert Point(38.5987, -0.0512).metres_to(Point(38.5987, -0.0512)) == 0
    assert Point(0, 179.9999).metres_to(Point(0, -179.9999)) == pytest.approx(22.2, rel=0.01)
