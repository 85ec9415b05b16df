"""Phone numbers: how people write them, what is refused and why."""

import re
from collections.abc import Callable, Iterator
from unittest import mock

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from phonenumber_field.phonenumber import PhoneNumber

from tesoro import phones
from tesoro.phones import clean_phone, format_phone, validate_phone, warm_patterns

SPANISH = "+34612345678"
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@pytest.mark.parametrize(
    "typed",
    [
        "+34612345678",
        "+34 612 34 56 78",
        "+34-612-345-678",
        "+34.612.345.678",
        "+34 612·345·678",
        "(+34) 612 345 678",
        "+(34) 612 345 678",
        "[+34] 612 345 678",
        "+34 612/345678",
        "+ 34 612345678",
        "0034612345678",
        "00 34 612 34 56 78",
        "(0034) 612345678",
        "+0034 612345678",
        "  +34612345678\n",
        "+34\u00a0612\u202f345\u2009678",
        "\u202a+34 612 345 678\u202c",
        "\u200e+34612345678\u200b\ufeff",
        "+34\u2011612\u2013345\u2014678",
        "tel:+34612345678",
        "TEL: +34-612-345-678",
        "tel://+34612345678",
        "callto:+34612345678",
        "'+34612345678",
        "’+34 612 345 678",
        '"+34612345678"',
        '="+34612345678"',
        "=+34612345678",
        "＋３４６１２３４５６７８",
        "＋３４（６１２）３４５－６７８",
        "٠٠٣٤٦١٢٣٤٥٦٧٨",
        "+34 (0) 612345678",
    ],
)
def test_every_way_of_writing_a_number_gives_the_same_e164(typed: str) -> None:
    assert clean_phone(typed) == SPANISH


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("+44 (0) 20 7946 0958", "+442079460958"),
        ("+44 020 7946 0958", "+442079460958"),
        ("0044 (0)20 7946 0958", "+442079460958"),
        ("+49 (0)30/123456", "+4930123456"),
        ("+49 30 / 1234567", "+49301234567"),
        ("+39 06 1234 5678", "+390612345678"),
        ("+39 (0)6 1234 5678", "+390612345678"),
        ("+39 (0) 347 123 4567", "+393471234567"),
        ("+1 (212) 555-0123", "+12125550123"),
        ("+54 9 11 2345-6789", "+5491123456789"),
        ("+7 495 123-45-67", "+74951234567"),
        ("+800 1234 5678", "+80012345678"),
    ],
)
def test_habits_of_countries_are_understood(typed: str, e164: str) -> None:
    assert clean_phone(typed) == e164


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("", "required", "Phone is missing."),
        (" \u200e'", "required", "Phone is missing."),
        ("tel:", "required", "Phone is missing."),
        ("612 345 678", "no_country_code", "No country code. Start with + or 00."),
        ("34612345678", "no_country_code", "No country code. Start with + or 00."),
        ("020 7946 0958", "no_country_code", "No country code. Start with + or 00."),
        ("+999 123456789", "unknown_country_code", "There is no country code that begins with +999."),
        ("+0 612345678", "unknown_country_code", "There is no country code that begins with +0."),
        ("call me", "letters", "A phone has no letters: “call”."),
        ("+34 612 345 678 (mobile)", "letters", "A phone has no letters: “mobile”."),
        ("+1 800 FLOWERS", "letters", "A phone has no letters: “FLOWERS”."),
        ("+34 6l2 345 678", "letters", "A phone has no letters: “l2”."),
        ("+34 612345678 ext 12", "extension", "Leave out the extension “ext 12”."),
        ("+34 612345678 Ext. 12", "extension", "Leave out the extension “Ext. 12”."),
        ("+34612345678x12", "extension", "Leave out the extension “x12”."),
        ("+34612345678;ext=12", "extension", "Leave out the extension “ext=12”."),
        ("+34612345678 #12", "extension", "Leave out the extension “#12”."),
        ("+34612345678; +34698765432", "several", "There are two numbers. Give one."),
        ("+34612345678, 698765432", "several", "There are two numbers. Give one."),
        ("+34612345678 / 698765432", "several", "There are two numbers. Give one."),
        ("+34612345678/+34698765432", "several", "There are two numbers. Give one."),
        ("+34612345678 or 698765432", "several", "There are two numbers. Give one."),
        ("+34612345678 y 698765432", "several", "There are two numbers. Give one."),
        ("+34612345678+34698765432", "several", "There are two numbers. Give one."),
        ("+34 612 345 678\n+34 698 765 432", "several", "There are two numbers. Give one."),
        ("0034612345678 0034698765432", "several", "There are two numbers. Give one."),
        ("+34612345678 34698765432", "several", "There are two numbers. Give one."),
        ("+34*612345678", "character", "“*” does not belong in a phone."),
        ("+34 612_345_678", "character", "“_” does not belong in a phone."),
        ("+34\x00612345678", "character", "U+0000 does not belong in a phone."),
        ("☎ +34612345678", "character", "“☎” does not belong in a phone."),
        ("++34612345678", "character", "A + stands only once, at the beginning."),
        ("34+612345678", "character", "A + stands only once, at the beginning."),
        ("---", "too_short", "There are no digits."),
        ("+", "too_short", "There are no digits."),
        ("00", "too_short", "There are too few digits."),
        ("+34", "too_short", "There are too few digits."),
        ("+34 61234567", "too_short", "There are too few digits for +34."),
        ("+34 6123456789", "too_long", "There are too many digits for +34."),
        ("+3461234567890123456789", "too_long", "There are too many digits."),
        ("1" * 5_000_000, "too_long", "This is too long for a phone."),
        ("+34 012 345 678", "invalid", "There is no such number in +34. Check the digits."),
        ("+1 123 456 7890", "invalid", "There is no such number in +1. Check the digits."),
    ],
)
def test_a_refusal_says_what_is_wrong(typed: str, code: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_phone(typed)
    assert (refused.value.code, refused.value.messages) == (code, [message])


@pytest.mark.parametrize("damaged", ["3,46123E+11", "3.46123E+11", "3.46E11", "34612345678.0", "612345678,00"])
@pytest.mark.parametrize("region", [None, "ES"])
def test_what_a_spreadsheet_has_damaged_is_told_as_such(damaged: str, region: str | None) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_phone(damaged, region)
    assert refused.value.code == "spreadsheet"
    assert damaged in refused.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "region", "e164"),
    [
        ("612 345 678", "ES", SPANISH),
        ("34612345678", "ES", SPANISH),
        ("0034 612345678", "ES", SPANISH),
        ("020 7946 0958", "GB", "+442079460958"),
        ("(0)20 7946 0958", "GB", "+442079460958"),
        ("06 1234 5678", "IT", "+390612345678"),
        ("011 34 612345678", "US", SPANISH),
        ("+44 20 7946 0958", "ES", "+442079460958"),
    ],
)
def test_with_a_region_national_numbers_are_read_as_of_that_country(typed: str, region: str, e164: str) -> None:
    assert clean_phone(typed, region) == e164


@pytest.mark.parametrize(
    ("typed", "code"), [("12", "too_short"), ("612345678 / 698765432", "several"), ("x", "letters")]
)
def test_a_region_does_not_make_everything_a_number(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_phone(typed, "ES")
    assert refused.value.code == code


@pytest.mark.parametrize("region", REGIONS)
def test_the_example_number_of_every_country_is_accepted_in_each_of_its_spellings(region: str) -> None:
    number = phonenumbers.example_number(region)
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    international = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert {clean_phone(e164), clean_phone(international), clean_phone(f"00{e164[1:]}")} == {e164}
    assert clean_phone(national, region) == e164


def read_by_the_library(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return e164 if phonenumbers.is_valid_number(parsed) and len(e164) <= 16 else None


CODES = st.sampled_from(["34", "44", "49", "39", "1", "52", "54", "55", "7", "33", "379", "599", "262", "800", "999"])
NATIONAL = st.text(alphabet="0123456789", min_size=3, max_size=14)
EXAMPLES = st.sampled_from([phonenumbers.example_number(region) for region in REGIONS])


@given(st.one_of(CODES.flatmap(lambda code: NATIONAL.map(lambda rest: f"+{code}{rest}"))))
def test_digits_with_a_plus_get_the_verdict_and_the_form_of_the_library(number: str) -> None:
    try:
        verdict = clean_phone(number)
    except ValidationError:
        verdict = None
    assert verdict == read_by_the_library(number)


@given(EXAMPLES, st.integers(min_value=-5000, max_value=5000), st.sampled_from(["", "0", "1", "8", "9"]))
def test_numbers_near_real_ones_get_the_verdict_and_the_form_of_the_library(
    number: phonenumbers.PhoneNumber, shift: int, trunk: str
) -> None:
    typed = f"+{number.country_code}{trunk}{abs(number.national_number + shift)}"
    try:
        verdict = clean_phone(typed)
    except ValidationError:
        verdict = None
    assert verdict == read_by_the_library(typed)


@given(st.text(alphabet="+0123456789 -", min_size=8, max_size=22).map(lambda rest: f"+34 {rest}"))
def test_the_fast_way_agrees_with_the_slow_way(typed: str) -> None:
    def verdict() -> str:
        try:
            return clean_phone(typed)
        except ValidationError as error:
            return str(error.code)

    fast = verdict()
    with mock.patch.object(phones, "_is_valid_as_it_stands", return_value=False):
        assert verdict() == fast


@given(st.text(max_size=30), st.sampled_from([None, "ES", "US"]))
def test_any_text_is_a_number_or_refused_and_a_clean_number_is_clean(typed: str, region: str | None) -> None:
    try:
        number = clean_phone(typed, region)
    except ValidationError:
        return
    assert clean_phone(number, region) == number


@pytest.mark.parametrize(
    ("e164", "shown"),
    [(SPANISH, "+34 612 34 56 78"), ("+442079460958", "+44 20 7946 0958"), ("none", "none"), ("", "")],
)
def test_a_number_is_shown_in_international_format(e164: str, shown: str) -> None:
    assert format_phone(e164) == shown


def test_the_validator_gives_the_same_verdict_for_text_and_number() -> None:
    validate_phone(SPANISH)
    validate_phone(PhoneNumber.from_string(SPANISH))
    with pytest.raises(ValidationError, match="No country code"):
        validate_phone("612345678")
    with pytest.raises(ValidationError, match="Leave out the extension"):
        validate_phone(PhoneNumber.from_string("+34612345678 ext 12"))


@pytest.fixture
def patterns() -> Iterator[Callable[[], bool]]:
    """Return a function that says whether `re` still holds a pattern after 600 others; put its limit back."""
    kept = re._MAXCACHE  # type: ignore[attr-defined]

    def is_kept() -> bool:
        re.purge()
        first = re.compile("the first")
        for number in range(600):
            re.compile(f"another {number}")
        return re.compile("the first") is first

    yield is_kept
    re._MAXCACHE = kept  # type: ignore[attr-defined]
    re.purge()


def test_warm_patterns_lets_python_keep_the_patterns_of_many_countries(patterns: Callable[[], bool]) -> None:
    re._MAXCACHE = 512  # type: ignore[attr-defined]
    assert not patterns()
    assert warm_patterns()
    assert patterns()


def test_warm_patterns_never_lowers_the_limit(patterns: Callable[[], bool]) -> None:
    warm_patterns(30_000)
    warm_patterns(1_000)
    assert re._MAXCACHE == 30_000  # type: ignore[attr-defined]


def test_warm_patterns_says_when_python_has_no_such_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(re, "_MAXCACHE")
    assert warm_patterns() is False
