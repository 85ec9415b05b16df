"""Folding, collapsing, digits and free text."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tesoro.text import clean_text, collapse, describe, digits, fold, natural_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("García", "garcia"),
        ("GARCI\u0301A", "garcia"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("Sørensen", "sorensen"),
        ("Łukasz", "lukasz"),
        ("Işık", "isik"),
        ("İstanbul", "istanbul"),
        ("Æther", "aether"),
        ("O’Brien", "o'brien"),
        ("O´Brien", "o'brien"),
        ("Anne‑Marie", "anne-marie"),
        ("Col·legi", "collegi"),
        ("Coŀlegi", "collegi"),
        ("ﬁnca", "finca"),
        ("１２３", "123"),
        ("三", "三"),
        ("", ""),
    ],
)
def test_folding_forgets_case_accents_and_kinds_of_punctuation(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("text", ["Nuñez", "straße", "ǅ", "ΐ", "é", "ﬀ"])
def test_upper_and_lower_case_fold_alike(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    ("text", "collapsed"),
    [
        ("  Ana   María ", "Ana María"),
        ("Ana\u00a0María", "Ana María"),
        ("Ana\u202f\u2009\u3000María", "Ana María"),
        ("Ana\r\n\tMaría", "Ana María"),
        ("Jose\u0301", "José"),
        ("\u2028", ""),
    ],
)
def test_white_space_of_every_kind_is_trimmed_and_collapsed(text: str, collapsed: str) -> None:
    assert collapse(text) == collapsed


@given(st.text())
def test_collapsing_twice_is_collapsing_once(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("+34 612-34", "3461234"), ("none", ""), ("٠١٢ and ３", "0123"), ("x²", "")],
)
def test_digits_of_every_script_come_back_as_ascii(text: str, found: str) -> None:
    assert digits(text) == found


@pytest.mark.parametrize(("char", "shown"), [("@", "“@”"), ("\u200b", "ZERO WIDTH SPACE"), ("\x00", "U+0000")])
def test_a_character_that_cannot_be_seen_is_shown_by_its_name(char: str, shown: str) -> None:
    assert describe(char) == shown


@pytest.mark.parametrize(
    ("cell", "cleaned"),
    [
        (None, ""),
        ("", ""),
        ("  Calle Mayor 12, 3º  ", "Calle Mayor 12, 3º"),
        ("Calle Mayor 12\r\nPiso 3", "Calle Mayor 12 Piso 3"),
        ("\ufeffCalle\tMayor\u200b", "Calle Mayor"),
        ("Co\u0301rdoba", "Córdoba"),
        ("=1+1", "=1+1"),
    ],
)
def test_a_line_of_text_is_trimmed_and_stays_one_line(cell: str | None, cleaned: str) -> None:
    assert clean_text(cell, 60) == cleaned


def test_a_text_of_several_lines_keeps_them_with_one_kind_of_break() -> None:
    assert clean_text(" one\r\ntwo\rthree\u2028\tfour \n", 60, multiline=True) == "one\ntwo\nthree\n\tfour"


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x1f", "\x7f", "\x96", "\ud800", "\uffff"])
@pytest.mark.parametrize("multiline", [False, True])
def test_control_characters_are_refused_by_name(char: str, multiline: bool) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_text(f"Calle{char}Mayor", 60, multiline=multiline)
    assert refused.value.code == "control_character"
    assert f"U+{ord(char):04X}" in refused.value.messages[0]


def test_the_limit_counts_characters_after_cleaning_and_says_both_numbers() -> None:
    assert clean_text("  " + "ñ" * 60 + "  ", 60) == "ñ" * 60
    assert clean_text("n\u0303" * 60, 60) == "ñ" * 60
    with pytest.raises(ValidationError) as refused:
        clean_text("😀" * 61, 60)
    assert refused.value.code == "max_length"
    assert refused.value.messages == ["At most 60 characters; this has 61."]


@given(st.text(), st.booleans())
def test_cleaned_text_is_clean(text: str, multiline: bool) -> None:
    try:
        cleaned = clean_text(text, 10_000, multiline=multiline)
    except ValidationError:
        return
    assert clean_text(cleaned, 10_000, multiline=multiline) == cleaned


@pytest.mark.parametrize(
    ("last", "first", "key"),
    [
        ("Núñez de Arce", "José", "nunez de arce jose"),
        ("O’Brien", "Anne-Marie", "obrien anne marie"),
        ("D'Angelo, Jr.", "Al", "dangelo jr al"),
        ("三", "四", "三 四"),
    ],
)
def test_a_natural_key_is_the_folded_last_name_then_the_first(last: str, first: str, key: str) -> None:
    assert natural_key(last, first) == key


def test_natural_keys_sort_by_bytes_as_people_expect() -> None:
    people = [("Zapata", "A"), ("Álvarez", "B"), ("alvarez", "A"), ("Alvarez Gil", "A"), ("Alvarezo", "A")]
    in_order = sorted(people, key=lambda person: natural_key(*person).encode())
    assert [last for last, _first in in_order] == ["alvarez", "Álvarez", "Alvarez Gil", "Alvarezo", "Zapata"]


@given(st.text(max_size=100), st.text(max_size=100))
def test_a_natural_key_fits_its_column(last: str, first: str) -> None:
    assert len(natural_key(last, first)) <= 200


def test_a_natural_key_is_cut_where_folding_makes_a_name_longer() -> None:
    assert len(natural_key("ﷺ" * 100, "ß" * 100)) <= 200
