"""The address of portals: who may hand in, what is read, what is refused and why, and that nothing comes in twice."""

import json
import logging

import pytest

from contacts.models import Person
from leads.enquiries.models import ApiToken, Enquiry
from leads.enquiries.views.api import MOST_BYTES
from tests.enquiries.conftest import API, deliver, errors_of, issue, payload
from tests.factories import ContactFactory, LeadFactory


def test_delivery_makes_a_lead_of_the_tokens_portal(token, account):
    answer = deliver(token.text, type="rent", property_types=["Flat", "chalet"], locations=["Altea"], price_to=1200.5)

    assert (answer.status_code, answer.json()["status"]) == (201, "received")
    person = Person.objects.get()
    assert (person.first_name, person.last_name, person.account) == ("Katharina", "von Hohenfels", account)
    lead = person.lead
    assert (lead.status, lead.source, lead.portal, lead.type) == ("new", "portals", "idealista", "tenant")
    assert (lead.property_types, lead.locations, str(lead.price_to)) == ("apartment,villa", "Altea", "1200.50")
    enquiry = Enquiry.objects.get()
    assert answer.json() == {"id": str(enquiry.uid), "status": "received"}
    assert (enquiry.reference, enquiry.property_url) == ("A-123", "https://portal.example.com/a-123")


def test_known_email_is_answered_as_any_other_and_made_no_duplicate(token, contact):
    answer = deliver(token.text, email=contact.email.upper())
    assert (answer.status_code, answer.json()["status"]) == (201, "received")
    assert list(Person.objects.all()) == [contact]
    assert str(contact.pk) not in answer.json()["id"].split("-")


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic dGVzdA==", "Token {}", "{}", "Bearer é"]
)
def test_without_a_token_that_works_nothing_comes_in(token, header):
    answer = deliver("", headers={"Authorization": header.format(token.text)})
    assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not Person.objects.exists()


def test_revoked_token_works_no_more(token):
    token.revoke()
    assert deliver(token.text).status_code == 401


def test_token_hands_in_for_its_own_office_alone(token, stranger):
    _theirs, text = issue(stranger.account)
    deliver(text, account=token.account_id, account_id=token.account_id)
    assert Person.objects.get().account == stranger.account


def test_email_known_to_another_office_is_new_here(token, stranger):
    ContactFactory(account=stranger.account, email="katharina@example.org")
    assert deliver(token.text).status_code == 201


def test_other_methods_are_refused_in_json(client, db):
    for method in ("get", "put", "delete", "patch", "head"):
        answer = getattr(client, method)(API)
        assert (answer.status_code, answer["Allow"]) == (405, "POST")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/json"])
def test_what_is_not_called_json_is_refused(token, kind):
    assert deliver(token.text, kind=kind).status_code == 415


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/vnd.portal+json"])
def test_what_is_called_json_is_taken(token, kind):
    assert deliver(token.text, kind=kind).status_code == 201


BROKEN = [" ", "{", "[]", '"text"', "7", "null", "[" * 50_000, '{"a":' * 10_000, '{"price_to": NaN}', '{"a": Infinity}',
          "9" * 5000, b"\xff\xfe\x00", b'{"name": "\xe9"}']  # fmt: skip


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_object_of_json_is_refused(token, body):
    answer = deliver(token.text, body)
    assert (answer.status_code, answer.json()["error"]) == (400, "broken_json")


def test_more_than_64_kb_are_refused(token):
    assert deliver(token.text, " " * (MOST_BYTES - 500) + json.dumps(payload())).status_code == 201
    answer = deliver(token.text, message="a" * MOST_BYTES)
    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")
    assert deliver(token.text, message="a" * 1_000_000).status_code == 413


def test_too_many_deliveries_are_told_when_to_come_back(token, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "enquiry_api": "2/m/key"}
    answers = [deliver(token.text, id=place) for place in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2]["Retry-After"] == "60"
    assert answers[2].json()["error"] == "too_many_requests"


def test_guessing_tokens_is_held_back_and_harms_no_good_one(token, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "enquiry_token": "2/m/ip"}
    assert [deliver("guess").status_code for _ in range(3)] == [401, 401, 429]
    assert deliver(token.text).status_code == 201


WRONG = [
    ({"email": None}, {"email": ["required"]}),
    ({"email": "nonsense"}, {"email": ["no_at"]}),
    ({"name": None}, {"first_name": ["required"], "last_name": ["required"]}),
    ({"name": " - "}, {"first_name": ["no_letter"]}),
    ({"name": "Katharina 3"}, {"last_name": ["digits"]}),
    ({"phone": None}, {"phone": ["required"]}),
    ({"phone": "612345678"}, {"phone": ["no_country_code"]}),
    ({"phone": ["+34612345678"]}, {"phone": ["wrong_kind"]}),
    ({"phone": {"number": "+34612345678"}}, {"phone": ["wrong_kind"]}),
    ({"email": True}, {"email": ["wrong_kind"]}),
    ({"name": {"first": "K"}}, {"name": ["wrong_kind"], "first_name": ["required"], "last_name": ["required"]}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "wrong"), WRONG, ids=range(len(WRONG)))
def test_who_asks_and_how_to_reach_them_is_demanded_and_nothing_stored_without(token, changes, wrong):
    found = errors_of(deliver(token.text, **changes))
    assert {name: codes for name, codes in found.items() if name in wrong} == {n: wrong[n] for n in found}
    assert not Person.objects.exists()


UNREAD = [
    ({"source": "The moon"}, "source: The moon"),
    ({"portal": "pisos.com"}, "portal: pisos.com"),
    ({"type": "viewing"}, "type: viewing"),
    ({"price_to": "POA"}, "price_to: POA"),
    ({"price_to": -1}, "price_to: -1"),
    ({"price_to": 1e300}, "price_to: 1e+300"),
    ({"price_from": 2, "price_to": 1}, "price_to: 1"),
    ({"bedrooms": "many"}, "bedrooms: many"),
    ({"bedrooms": 10**300}, "bedrooms: 1000"),
    ({"locations": ["Altea"] * 51}, 'locations: ["Altea", "Altea"'),
    ({"locations": [["Altea"]]}, 'locations: [["Altea"]]'),
    ({"property": [7]}, "reference: [7]"),
    ({"property": {"url": "javascript:alert(1)"}}, "property_url: javascript:alert(1)"),
    ({"property": {"reference": "x" * 101}}, "reference: xxx"),
    ({"message": {"text": "Hello"}}, 'message: {"text": "Hello"}'),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "told"), UNREAD, ids=range(len(UNREAD)))
def test_what_makes_no_sense_beside_it_is_handed_on_and_nobody_is_lost(token, changes, told):
    assert deliver(token.text, **changes).status_code == 201
    assert f"Not read: {told}" in Enquiry.objects.get().message


READ = [
    ({"portal": "pisos.com"}, {"source": "portals", "portal": "other"}),
    ({"source": "The moon"}, {"source": "portals", "portal": "idealista"}),
    ({"bedrooms": "3+"}, {"bedrooms": 3}),
    ({"bedrooms": "3-4", "bathrooms": "2 or more"}, {"bedrooms": 3, "bathrooms": 2}),
    ({"budget": "400k - 500k"}, {"price_from": 400_000, "price_to": 500_000}),
    ({"price_to": "1.200 – 1.500"}, {"price_from": 1_200, "price_to": 1_500}),
    ({"operation": "compra"}, {"type": "buyer"}),
    ({"operation": "Alquiler"}, {"type": "tenant"}),
    ({"price_from": 2, "price_to": 1}, {"price_from": 2, "price_to": None}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "known"), READ, ids=range(len(READ)))
def test_side_details_are_read_as_far_as_they_can_be(token, changes, known):
    deliver(token.text, **changes)
    lead = Person.objects.get().lead
    assert {name: getattr(lead, name) for name in known} == known


PAGES = [
    ("https://example.com/" + "a" * 100 + "?utm=" + "b" * 600, "https://example.com/" + "a" * 100),
    ("android-app://com.google", ""),
    ("about:blank", ""),
    ("ftp://example.com", ""),
]


@pytest.mark.parametrize(("page", "stored"), PAGES, ids=range(len(PAGES)))
def test_a_page_that_nobody_typed_is_kept_as_far_as_it_is_one(token, page, stored):
    assert deliver(token.text, page=page).status_code == 201
    assert (Enquiry.objects.get().page, Enquiry.objects.get().message) == (stored, "Is it still for sale?")


@pytest.mark.parametrize(
    ("message", "stored"), [("a" * 6000, "a" * 4999 + "…"), ("a\0b\x1bc\ud800d", "a b c d"), ("a\r\nb", "a\nb")]
)
def test_a_message_is_kept_as_far_as_it_can_be(token, message, stored):
    assert deliver(token.text, message=message).status_code == 201
    assert Enquiry.objects.get().message == stored


def test_a_long_message_leaves_room_for_what_was_not_read(token):
    deliver(token.text, message="a" * 6000, price_to="POA")
    message = Enquiry.objects.get().message
    assert len(message) == 5000
    assert message.endswith("…\n\nNot read: price_to: POA")


def test_a_delivery_named_by_anything_is_known_again(token):
    assert [deliver(token.text, id=[1]).status_code for _time in range(2)] == [201, 201]
    assert Enquiry.objects.count() == 1


def test_number_without_code_is_read_by_the_tokens_country(account, admin):
    _token, text = issue(account, country="ES")
    deliver(text, phone="612 34 56 78")
    assert Person.objects.get().phone.as_e164 == "+34612345678"
    assert errors_of(deliver(text, phone="12")) == {"phone": ["too_short"]}


ALIASES = [
    {"name": None, "first_name": "Ana", "last_name": "Ruiz"},
    {"name": None, "firstname": "Ana", "surname": "Ruiz"},
    {"name": None, "FirstName": "Ana", "family_name": "Ruiz"},
    {"name": None, "full_name": "  Ana   Ruiz "},
    {"name": "Somebody Else", "first_name": "Ana", "last_name": "Ruiz"},
]


@pytest.mark.parametrize("changes", ALIASES, ids=range(len(ALIASES)))
def test_names_are_read_however_they_are_called(token, changes):
    assert deliver(token.text, **changes).status_code == 201
    assert Person.objects.get().full_name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("changes", "stored"),
    [
        ({"name": "Katharina"}, "Katharina Unknown"),
        ({"name": None, "first_name": "Katharina"}, "Katharina Unknown"),
        ({"name": None, "last_name": "Ruiz"}, "Unknown Ruiz"),
        ({"name": "Katharina", "last_name": "Ruiz"}, "Katharina Ruiz"),
    ],
)
def test_name_of_one_word_loses_nobody(token, changes, stored):
    assert deliver(token.text, **changes).status_code == 201
    assert Person.objects.get().full_name == stored


def test_other_fields_have_other_names_too(token):
    other = {"email": None, "email_address": "ana@example.org", "phone": None, "telephone": "+34612345678",
             "message": None, "comments": "Hello", "property": None, "ref": "B-7", "url": "https://example.com/b",
             "budget": "450k", "operation": "sale"}  # fmt: skip
    assert deliver(token.text, **other).status_code == 201
    enquiry = Enquiry.objects.get()
    assert (enquiry.message, enquiry.reference, enquiry.property_url) == ("Hello", "B-7", "https://example.com/b")
    assert (str(enquiry.person.lead.price_to), enquiry.person.lead.type) == ("450000.00", "buyer")


@pytest.mark.parametrize(
    ("said", "source", "portal"),
    [
        ({}, "portals", "idealista"),
        ({"source": "Website"}, "website", ""),
        ({"source": "social media"}, "social_media", ""),
        ({"portal": "A Place in the Sun"}, "portals", "place_in_the_sun"),
        ({"source": "Portals", "portal": "think-spain"}, "portals", "think_spain"),
        ({"source": "portals"}, "portals", "idealista"),
    ],
)
def test_source_and_portal_are_the_tokens_unless_the_delivery_says_otherwise(token, said, source, portal):
    assert deliver(token.text, **said).status_code == 201
    lead = Person.objects.get().lead
    assert (lead.source, lead.portal) == (source, portal)


def test_kind_of_property_that_is_not_known_is_another(token):
    deliver(token.text, property={"type": "lighthouse, villa"})
    assert Person.objects.get().lead.property_types == "villa,other"


@pytest.mark.parametrize("repeated", [{"id": 7}, {"lead_id": "x" * 5000}, {"headers": {"Idempotency-Key": "abc"}}])
def test_delivery_that_is_repeated_gets_the_same_answer_and_stores_nothing_twice(token, repeated):
    first, second = deliver(token.text, **repeated), deliver(token.text, **repeated)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert first.status_code == 201
    assert Enquiry.objects.count() == 1


def test_deliveries_without_a_name_are_each_an_enquiry(token):
    assert [deliver(token.text).status_code for _ in range(2)] == [201, 201]


def test_two_senders_may_count_alike(token, account, stranger):
    other, of_another_office = issue(account)[1], issue(stranger.account)[1]
    assert [deliver(text, id=1).status_code for text in (token.text, other, of_another_office)] == [201, 201, 201]


def test_header_names_the_delivery_before_the_payload_does(token):
    for place in range(2):
        deliver(token.text, id=1, headers={"Idempotency-Key": str(place)})
    assert Enquiry.objects.count() == 2


def test_use_and_refusal_are_noted_with_the_token(token):
    deliver(token.text, phone="612345678")
    token.refresh_from_db()
    assert token.used_at is not None
    assert token.refusal == "phone: No country code. Start with + or 00."


def test_only_a_digest_is_stored(token):
    row = ApiToken.objects.values().get()
    assert token.text not in str(row)
    assert len(row["token_digest"]) == 64


def test_token_is_never_logged(token, caplog):
    caplog.set_level(logging.DEBUG)
    for answer in (deliver(token.text), deliver(token.text, "{"), deliver(token.text + "x")):
        assert token.text not in answer.content.decode()
    assert token.text not in caplog.text


def test_answer_is_kept_by_nobody_and_sets_no_cookie(token):
    answer = deliver(token.text)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_session_of_a_user_opens_nothing_here(as_admin, account):
    answer = as_admin.post(API, json.dumps(payload()), content_type="application/json")
    assert answer.status_code == 401


def test_queries_are_as_many_with_many_people(token, account, agent, django_assert_max_num_queries):
    LeadFactory.create_batch(5, account=account, assigned_to=agent)
    with django_assert_max_num_queries(45):
        deliver(token.text)
