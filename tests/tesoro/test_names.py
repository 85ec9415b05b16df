"""What is a name and what is not."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tesoro.names import _clean, clean_name, validate_name

NAMES = [
    "Ana",
    "O’Brien",
    "O'Brien",
    "D`Angelo",
    "Núñez de Arce",
    "Anne-Marie",
    "Anne‑Marie",
    "Jean–Luc",
    "Gal·la",
    "Sørensen",
    "Dvořák",
    "Łukasz",
    "Nguyễn",
    "Mª José",
    "J. R.",
    "Sammy Davis, Jr.",
    "三",
    "山田・太郎",
    "Παπαδόπουλος",
    "Фёдор",
    "محمد عبدالله",
    "דָּוִד",
    "צ׳רצ׳יל",
    "สมศักดิ์",
    "राम",
    "கார்த்திக்",
    "می\u200cخواهم",
    "ශ්\u200dරී",
    "Kealiʻi",
    "Ng",
    "Y",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_are_names(name: str) -> None:
    assert clean_name(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Ana   María ", "Ana María"),
        ("Ana\u00a0María", "Ana María"),
        ("Ana\tMaría\n", "Ana María"),
        ("Jose\u0301", "José"),
        ("\ufeffAna", "Ana"),
        ("\u202bمحمد\u202c", "محمد"),
        ("Ana\u200b", "Ana"),
        ("Sor\u00adensen", "Sorensen"),
        ("\u200dAna\u200c", "Ana"),
        ("Ana\u200c María", "Ana María"),
    ],
)
def test_what_pasting_leaves_behind_is_cleaned_away(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize("typed", ["José3", "3", "Luis ٣", "Ⅳ", "m²", "½", "〇", "Ana 1º"])
def test_a_name_has_no_digits(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_name(typed)
    assert refused.value.code == "digits"
    assert refused.value.messages == ["A name has no digits."]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ana@example.com", "“@”"),
        ("<b>Ana</b>", "“<”"),
        ("Ana/Luis", "“/”"),
        ("Ana 😀", "“😀”"),
        ("Ana_", "“_”"),
        ("Ana\x00", "U+0000"),
        ("Ana\x1fMaría", "U+001F"),
        ("A\x96B", "U+0096"),
        ("Ana\ud800", "U+D800"),
        ("Ana\ue000", "U+E000"),
        ("=CMD", "“=”"),
        ("100%", None),
    ],
)
def test_a_character_that_is_in_no_name_is_refused_and_shown(typed: str, shown: str | None) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_name(typed)
    if shown:
        assert refused.value.code == "character"
        assert refused.value.messages == [f"{shown} does not belong in a name."]


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0", "\u200b", "\ufeff\u202e", "\u200d"])
def test_a_name_that_is_empty_to_the_eye_is_missing(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_name(typed)
    assert refused.value.code == "required"
    assert refused.value.messages == ["A name is missing."]


@pytest.mark.parametrize("typed", ["...", "-", "'", ", .", "\u0301"])
def test_a_name_has_at_least_one_letter(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_name(typed)
    assert refused.value.code == "no_letter"


@pytest.mark.parametrize("letter", ["x", "ñ", "三", "n\u0303", "ж"])
def test_a_hundred_characters_are_a_name_and_one_more_is_too_many(letter: str) -> None:
    assert len(clean_name(f"  {letter * 100}  ")) == 100
    with pytest.raises(ValidationError) as refused:
        clean_name(letter * 101)
    assert refused.value.code == "max_length"
    assert refused.value.messages == ["A name has at most 100 characters; this one has 101."]


def test_a_cell_of_megabytes_is_refused_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        clean_name("é " * 2_500_000)
    assert refused.value.code == "max_length"


def test_the_validator_of_the_field_gives_the_same_verdict() -> None:
    validate_name("Ana")
    with pytest.raises(ValidationError, match="A name has no digits"):
        validate_name("Ana 2")


@given(st.text(max_size=120))
def test_a_clean_name_is_clean(typed: str) -> None:
    try:
        name = clean_name(typed)
    except ValidationError:
        return
    assert clean_name(name) == name
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(char).startswith("N") for char in name)


@given(st.text(alphabet="abÉñžŉſ '’-.\u0301\u200d", min_size=1, max_size=110))
def test_the_fast_way_agrees_with_the_slow_way(typed: str) -> None:
    def verdict(clean: object) -> str:
        try:
            return str(clean(typed))  # type: ignore[operator]
        except ValidationError as error:
            return str(error.code)

    assert verdict(clean_name) == verdict(_clean.__wrapped__)
