"""Asking a service: once for the same question, politely, briefly; each way it fails is told in one line."""

import gzip
import json
import logging
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tesoro.geocoding import asking, models
from tesoro.geocoding.models import Turn, rest, take_turn
from tesoro.geocoding.places import Place, Point
from tesoro.geocoding.services import Nominatim

from . import answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("waited")]

QUESTION, POINT = "Calle Bernia 14", Point(38.571, -0.0705)
PATIENT, APART = timedelta(hours=1), models.APART.total_seconds()


def search(text=QUESTION, language="es", near=None):
    return asking.search(text, language, near)


def fault():
    """Ask, and return what a reader is told of the failure."""
    with pytest.raises(asking.Unavailable) as told:
        search()
    return str(told.value)


def test_without_a_service_nobody_is_asked_and_nothing_is_found(geocoder, settings):
    settings.GEOCODER = ""

    assert (search(), asking.at(POINT, "es"), asking.service()) == ([], [], None)
    assert geocoder.asked == []


def test_a_service_that_nobody_knows_is_none(geocoder, settings):
    settings.GEOCODER = "mapquest"
    assert search() == []


@pytest.mark.parametrize(
    ("kind", "place", "path"),
    [("nominatim", answers.SPANISH, "/search"), ("photon", answers.SPANISH_FEATURE, "/api/")],
)
def test_what_is_found_comes_from_the_service_that_the_settings_name(geocoder, settings, kind, place, path):
    settings.GEOCODER, geocoder.places = kind, [place]

    assert search()[0].street == "Calle Bernia 14"
    (asked,) = geocoder.asked
    assert (asked.path, asked.words["q"]) == (path, QUESTION)


@pytest.mark.parametrize(("kind", "place"), [("nominatim", answers.SPANISH), ("photon", answers.SPANISH_FEATURE)])
def test_the_place_at_a_point_is_asked_for(geocoder, settings, kind, place):
    settings.GEOCODER, geocoder.places = kind, [place]

    assert asking.at(POINT, "es")[0].zip_code == "03581"
    (asked,) = geocoder.asked
    assert (asked.path, asked.words["lat"], asked.words["lon"]) == ("/reverse", "38.571", "-0.0705")


def test_a_service_that_says_404_of_a_point_knows_no_place_there(geocoder):
    geocoder.says({"error": "Unable to geocode"}, status=404)
    assert asking.at(POINT, "es") == []


def test_the_service_learns_who_asks_in_which_language_and_what_is_near(geocoder, settings):
    settings.GEOCODER_USER_AGENT, settings.GEOCODER_KEY = "Tesoro CRM (https://crm.example.com)", "a key"
    search(language="nl", near=Point(38.6, -0.05))

    (asked,) = geocoder.asked
    assert asked.headers["User-Agent"] == "Tesoro CRM (https://crm.example.com)"
    assert not {"Cookie", "Referer", "Authorization"} & set(asked.headers)
    assert asked.words["accept-language"] == "nl"
    assert asked.words["viewbox"] == "-0.55,39.10,0.45,38.10"
    assert asked.words["key"] == "a key"


def test_the_user_agent_names_the_product_and_its_address(settings):
    told = settings.GEOCODER_USER_AGENT
    assert told == f"Tesoro CRM ({settings.PUBLIC_URL})"


@pytest.mark.parametrize("places", [[answers.SPANISH], []])
def test_the_same_question_is_asked_once(geocoder, places):
    geocoder.places = places
    first = search()

    geocoder.places = [answers.GERMAN]
    assert search() == first
    assert len(geocoder.asked) == 1


def test_another_language_is_another_question(geocoder, no_limit):
    search()
    search(language="de")
    assert len(geocoder.asked) == 2


def test_an_office_that_writes_down_one_more_address_asks_the_same(geocoder):
    search(near=Point(38.60112, -0.05))
    search(near=Point(38.59934, -0.0512))
    assert len(geocoder.asked) == 1


def test_an_answer_is_kept_for_thirty_days_under_a_name_that_tells_nothing(geocoder, settings, monkeypatch):
    kept = []
    monkeypatch.setattr(asking, "cache", SimpleNamespace(get=kept.append, set=lambda *words: kept.append(words)))
    settings.GEOCODER_KEY = "secret-key"
    search()

    looked_for, (name, _found, seconds) = kept
    assert seconds == 30 * 24 * 60 * 60
    assert looked_for == name
    assert re.fullmatch("places:[0-9a-f]{64}", name)


@pytest.fixture
def kept(monkeypatch):
    """What is put into the cache."""
    values = []
    empty = SimpleNamespace(get=lambda _name: None, set=lambda _name, value, _seconds: values.append(value))
    monkeypatch.setattr(asking, "cache", empty)
    return values


def test_of_an_answer_the_places_are_kept_and_no_more(geocoder, kept):
    extra = {"extratags": {"wikipedia": "a" * 10_000}}
    geocoder.places = [{**answers.nominatim(f"Place {number}", 38 + number, 0), **extra} for number in range(20)]
    found = search()

    (rows,) = kept
    assert (len(rows), len(found)) == (8, 8)
    assert len(json.dumps(rows)) < 3000
    assert [Place.of_kept(one) for one in json.loads(json.dumps(rows))] == found


@pytest.mark.parametrize("place", [answers.SPANISH, answers.nominatim("x", 38, 0, road="a" * 99)])
def test_what_was_kept_is_told_as_it_was_found(geocoder, place):
    geocoder.places = [place]
    first = search()
    assert (search(), len(geocoder.asked)) == (first, 1)


@pytest.mark.parametrize("nested", ['{"a":' * 900 + "1" + "}" * 900, "[" * 900 + "]" * 900])
def test_an_answer_nested_without_end_breaks_nothing(geocoder, nested):
    geocoder.says(f'[{{"lat": "38.5", "lon": "0", "display_name": "Altea", "address": {nested}}}]')
    assert [one.label for one in search()] == ["Altea"]


@pytest.mark.parametrize("fault_within", [TypeError, KeyError, RecursionError])
def test_whatever_is_odd_about_an_answer_is_told_in_a_line(geocoder, monkeypatch, fault_within):
    def read(_service, _answer):
        raise fault_within

    monkeypatch.setattr(Nominatim, "read", read)
    assert fault() == RIDDLE


@pytest.mark.parametrize("status", [500, 503, 429, 403, 301])
def test_a_failure_is_not_kept(geocoder, no_limit, monkeypatch, status):
    monkeypatch.setattr(asking, "REST_SECONDS", 0)
    for _once in range(2):
        geocoder.says("", status=status)
    fault()

    geocoder.answers, geocoder.places = [], [answers.SPANISH]
    assert search()[0].city == "l'Albir"


BUSY = "Many people are searching right now. Try again in a moment."
LATE = "The address service did not answer in time."
GONE = "The address service could not be reached."
BROKEN = "The address service is out of order."
REFUSED = "The address service refused the question."
TOO_MUCH = "The address service is asked too much. Try again in a while."
RIDDLE = "The answer of the address service could not be understood."
RESTING = "The address service has asked us to wait. Try again in a while."
MISTAKE = "The address service cannot be asked: its settings are wrong."
ENOUGH = "You have searched a lot within a minute. Wait a moment, then search again."
TOO_LONG = '["' + "a" * asking.MOST_BYTES + '"]'


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status": 400, "body": {"error": {"code": 400, "message": "Bad request"}}}, REFUSED),
        ({"status": 401, "body": "no key"}, REFUSED),
        ({"status": 403, "body": "<h1>Blocked</h1>"}, REFUSED),
        ({"status": 301, "Location": "/search?q=elsewhere"}, REFUSED),
        ({"status": 302, "Location": "http://127.0.0.1:9/"}, REFUSED),
        ({"status": 404, "body": "<h1>Not found</h1>"}, RIDDLE),
        ({"status": 429, "body": "Too many requests"}, TOO_MUCH),
        ({"status": 429, "Retry_After": "60"}, TOO_MUCH),
        ({"status": 500, "body": "trace"}, BROKEN),
        ({"body": "<html>Welcome</html>"}, RIDDLE),
        ({"body": '[{"lat": '}, RIDDLE),
        ({"body": ""}, RIDDLE),
        ({"body": b"\xff\xfe\x00"}, RIDDLE),
        ({"body": "[" * 100_000}, RIDDLE),
        ({"body": "9" * 5000}, RIDDLE),
        ({"body": {"places": []}}, RIDDLE),
        ({"body": "null"}, RIDDLE),
        ({"body": TOO_LONG}, RIDDLE),
        ({"body": gzip.compress(b" " * 50_000_000), "Content_Encoding": "gzip"}, RIDDLE),
    ],
)
def test_a_failure_that_stays_is_told_in_a_line_and_asked_once(geocoder, answer, told):
    geocoder.says(**answer)

    assert fault() == told
    assert len(geocoder.asked) == 1


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"status": 502}, BROKEN),
        ({"status": 503, "body": "Down for maintenance"}, BROKEN),
        ({"status": 504}, BROKEN),
        ({"way": "dropped"}, GONE),
        ({"body": [answers.SPANISH], "way": "cut"}, GONE),
        ({"body": "no gzip", "Content_Encoding": "gzip"}, GONE),
    ],
)
class TestWhatMayPassByItself:
    def test_it_is_asked_once_more(self, geocoder, waited, answer, told):
        geocoder.says(**answer)
        geocoder.places = [answers.SPANISH]

        assert search()[0].street == "Calle Bernia 14"
        assert len(geocoder.asked) == 2
        assert waited[0] == 0
        assert 0.5 < waited[1] <= APART

    def test_and_not_a_third_time(self, geocoder, answer, told):
        geocoder.says(**answer)
        geocoder.says(**answer)
        geocoder.places = [answers.SPANISH]

        assert fault() == told
        assert len(geocoder.asked) == 2


@pytest.mark.parametrize("way", ["silent", "drip"])
def test_a_service_that_takes_too_long_is_left(geocoder, monkeypatch, way):
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.3)
    geocoder.says(way=way)

    assert fault() == LATE
    assert len(geocoder.asked) == 1


@pytest.mark.parametrize("name", ["Tesoro – our CRM", "Tesoro 🏠"])
def test_a_user_agent_that_no_header_can_hold_is_told_in_a_line(geocoder, settings, name):
    settings.GEOCODER_USER_AGENT = name

    assert fault() == MISTAKE
    assert geocoder.asked == []


def test_who_has_no_question_left_is_told_what_is_known_already(geocoder):
    geocoder.places = [answers.SPANISH]
    search()

    assert asking.search(QUESTION, "es", None, lambda: False)[0].street == "Calle Bernia 14"
    with pytest.raises(asking.Unavailable, match="within a minute"):
        asking.search("Altea", "es", None, lambda: False)
    with pytest.raises(asking.Unavailable) as told:
        asking.at(POINT, "es", lambda: False)
    assert (str(told.value), len(geocoder.asked)) == (ENOUGH, 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://127.0.0.1:0", "127.0.0.1", "http://", "ftp://127.0.0.1"])
def test_a_service_that_is_not_there_is_told_in_a_line(geocoder, settings, url):
    settings.GEOCODER_URL = url
    assert fault() == GONE


def test_what_went_wrong_is_logged_without_address_and_key(geocoder, settings, caplog):
    settings.GEOCODER_KEY = "secret-key"
    geocoder.says("<html>", status=200)
    with caplog.at_level(logging.WARNING):
        fault()

    assert "nominatim answered with what is no JSON" in caplog.text
    assert "Bernia" not in caplog.text
    assert "secret-key" not in caplog.text


def test_a_question_waits_for_its_turn(geocoder, waited):
    search("Altea")
    search("Calpe")

    assert waited[0] == 0
    assert 0.5 < waited[1] <= APART


def test_who_would_wait_too_long_is_told_that_many_are_searching(geocoder):
    for town in ("Altea", "Calpe", "Denia"):
        search(town)

    assert fault() == BUSY
    assert len(geocoder.asked) == 3


def test_who_did_not_wait_takes_no_turn_from_others(geocoder):
    take_turn(geocoder.url, PATIENT)
    rest(geocoder.url, 100)
    before = Turn.objects.get().free_at

    assert fault() == RESTING
    assert Turn.objects.get().free_at == before


def test_an_answer_that_is_kept_needs_no_turn(geocoder):
    geocoder.places = [answers.SPANISH]
    search()
    rest(geocoder.url, 100)

    assert search()[0].street == "Calle Bernia 14"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({}, 10), ({"Retry_After": "60"}, 60), ({"Retry_After": "86400"}, 300), ({"Retry_After": "9" * 5000}, 300),
        ({"Retry_After": "Fri, 31 Dec 1999 23:59:59 GMT"}, 10), ({"Retry_After": "-5"}, 10), ({"Retry_After": ""}, 10),
        ({"Retry_After": "Fri, 31 Dec 9999 23:59:59 GMT"}, 300), ({"Retry_After": "Fri, 31 Dec"}, 10),
        ({"Retry_After": "Fri, 31 Dec 9999 99:99:99 GMT"}, 10),
        ({"Retry_After": "Fri, 31 Dec 9999 23:59:59 -0000"}, 300),
    ],
)  # fmt: skip
def test_a_service_that_is_asked_too_much_is_left_alone_for_as_long_as_it_says(geocoder, said, seconds):
    geocoder.says("Too many requests", status=429, **said)
    assert fault() == TOO_MUCH

    assert fault() == RESTING
    assert len(geocoder.asked) == 1
    assert seconds - 5 < take_turn(geocoder.url, PATIENT) <= seconds


def test_a_service_that_names_the_moment_is_left_alone_until_then(geocoder):
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    geocoder.says(status=429, Retry_After=until)
    fault()
    assert 90 < take_turn(geocoder.url, PATIENT) <= 100


def test_services_rest_each_for_itself(geocoder):
    rest("https://other.example.com", 100)

    assert search() == []
    assert len(geocoder.asked) == 1


def test_turns_are_more_than_a_second_apart():
    assert APART > 1
    first, second, third = (take_turn("https://maps.example.com", PATIENT) for _turn in range(3))

    assert first == 0
    assert 0.5 < second <= APART
    assert 1.5 < third <= 2 * APART


def test_a_long_rest_is_not_shortened_by_a_short_one():
    rest("https://maps.example.com", 100)
    rest("https://maps.example.com", 1)
    assert take_turn("https://maps.example.com", PATIENT) > 90


def test_a_service_at_a_long_address_has_its_turn_too():
    url = "https://maps.example.com/" + "a" * 300
    assert take_turn(url, PATIENT) == 0
    assert take_turn(url, PATIENT) > 0


def test_taking_a_turn_is_a_handful_of_queries():
    with CaptureQueriesContext(connection) as queries:
        take_turn("https://maps.example.com", PATIENT)
    own = [one for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(own) == 4


def test_a_turn_is_told_by_its_service():
    take_turn("https://maps.example.com", PATIENT)
    assert str(Turn.objects.get()) == "https://maps.example.com"
