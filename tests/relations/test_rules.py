"""What a company may be: the rules of its fields, wherever they are filled in."""

import pytest
from django.core.exceptions import ValidationError

from contacts.relations.models import Relation
from tesoro.tenancy import CrossAccountError
from tesoro.websites import clean_website
from tests.factories import AccountFactory, RelationFactory, UserFactory


def _wrong(account, **fields):
    relation = Relation(account=account, **{"name": "Bufete", **fields})
    with pytest.raises(ValidationError) as refusal:
        relation.full_clean()
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "  ", "Name is missing."),
        ("name", " ab ", "A company's name has at least 3 characters."),
        ("name", "a" * 101, "At most 100 characters; this has 101."),
        ("type", "circus", "not a valid choice"),
        ("status", "asleep", "not a valid choice"),
        ("email", "office(at)example.com", "There is no @ sign."),
        ("phone", "912 345 678", "country code"),
        ("website", "ftp://example.com", "This is no web address."),
        ("website", "javascript:alert(1)", "This is no web address."),
        ("preferred_channel", "pigeon", "not a valid choice"),
        ("credit_terms", "a" * 201, "At most 200 characters; this has 201."),
        ("note", "a" * 10_001, "At most 10,000 characters; this has 10,001."),
        ("street", "a" * 61, "At most 60 characters; this has 61."),
        ("country", "XX", "not a valid choice"),
        ("latitude", 91, "less than or equal to 90"),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused_at_its_field(account, field, value, told):
    assert told in _wrong(account, **{field: value})[field][0]


def test_what_is_typed_is_normalised(account):
    relation = Relation(
        account=account, name=" Kanzlei  Groß ", email="Office@EXAMPLE.com ", phone="0034 912-345-678",
        website="www.example.com/office ", credit_terms=" 30  days ",
    )  # fmt: skip
    relation.full_clean()
    relation.save()

    assert (relation.name, relation.email, relation.credit_terms) == ("Kanzlei Groß", "Office@example.com", "30 days")
    assert relation.phone.as_e164 == "+34912345678"
    assert relation.website == "https://www.example.com/office"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("example.com", "https://example.com"),
        ("example.com:8080/a", "https://example.com:8080/a"),
        ("//example.com", "https://example.com"),
        ("http://example.com/?a=b#c", "http://example.com/?a=b#c"),
        ("HTTPS://EXAMPLE.com", "HTTPS://EXAMPLE.com"),
        ("https://müller.example.com", "https://müller.example.com"),
    ],
)
def test_a_web_address_gets_its_beginning(typed, stored):
    assert clean_website(typed) == stored
    assert clean_website(stored) == stored


@pytest.mark.parametrize(
    "typed", ["file:///etc/passwd", "data:text/html,x", "mailto:a@example.com", "https://", "example", "a b.com",
              "https://" + "a" * 200 + ".com", "javascript://example.com/%0aalert(1)"]
)  # fmt: skip
def test_what_is_no_web_address_is_refused(typed):
    with pytest.raises(ValidationError):
        clean_website(typed)


def test_two_companies_may_share_an_email(account):
    RelationFactory.create_batch(2, account=account, email="info@example.com", name="Same name")

    assert Relation.objects.filter(email="info@example.com").count() == 2


def test_a_company_cannot_point_into_another_office(account):
    with pytest.raises(CrossAccountError):
        RelationFactory(account=account, created_by=UserFactory(account=AccountFactory()))


def test_search_finds_by_name_email_and_phone(account, relation):
    RelationFactory(account=account, name="Caja del Litoral")

    for query in ("echeverria", "bufete.example", "912 34", "fete off"):
        found = Relation.objects.for_account(account).matching(account, query)
        assert [one.name for one in found] == ["Bufete Echeverría"], query
