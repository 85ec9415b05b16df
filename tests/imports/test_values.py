"""Cells that name a role, a country, a language, a yes: in the languages of the office's clients."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from contacts.imports import values
from contacts.imports.formulas import as_typed, harmless
from contacts.resources import ContactResource


def read(name, cell):
    return ContactResource.fields[name].widget.clean(cell)


@pytest.mark.parametrize(
    ("cell", "role"),
    [("Buyer", "buyer"), ("KÄUFER", "buyer"), ("kaufer", "buyer"), ("compradora", "buyer"), ("koper", "buyer"),
     ("Acquéreur", "buyer"), ("tax_adviser", "tax_adviser"), ("Steuerberater", "tax_adviser"), ("Notaría", "notary"),
     ("Propriétaire bailleur", "landlord"), ("External agent", "external_agent"), ("", None)],
)  # fmt: skip
def test_a_role_is_known_by_its_names(cell, role):
    assert read("role", cell) == role


def test_an_unknown_role_is_told_with_those_there_are():
    with pytest.raises(ValidationError) as refusal:
        read("role", "King")

    assert refusal.value.messages[0].startswith("There is no role “King”. Use one of: Buyer, Seller, Tenant, Landlord,")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("ES", "ES"), ("esp", "ES"), ("Spain", "ES"), ("España", "ES"), ("espana", "ES"), ("Spanien", "ES"),
     ("Espagne", "ES"), ("Spanje", "ES"), ("Vereinigtes Königreich", "GB"), ("UK", "GB"), ("Holland", "NL"),
     ("Países Bajos", "NL"), ("Czechia", "CZ"), ("Russland", "RU"), ("", "")],
)  # fmt: skip
def test_a_country_is_known_by_its_names(cell, code):
    assert values.country(cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("de", "de"), ("deu", "de"), ("ger", "de"), ("German", "de"), ("Deutsch", "de"), ("alemán", "de"),
     ("allemand", "de"), ("Duits", "de"), ("de-AT", "de"), ("en_GB", "en"), ("Castellano", "es"), ("", "")],
)  # fmt: skip
def test_a_language_is_known_by_its_names(cell, code):
    assert values.language(cell) == code


@pytest.mark.parametrize(("cell", "answer"), [("Yes", True), ("sí", True), ("1", True), ("nein", False), ("", None)])
def test_yes_and_no_are_known(cell, answer):
    assert values.yes_or_no(cell) is answer


@pytest.mark.parametrize("name", ["country", "language", "do_not_contact", "salutation"])
def test_what_is_not_known_is_an_error(name):
    with pytest.raises(ValidationError):
        read(name, "Xyzzy")


@given(st.text(max_size=30).map(lambda text: text) | st.from_regex(r"'*[=+@-]\w*", fullmatch=True))
def test_a_cell_made_harmless_reads_back_as_typed(cell):
    assert as_typed(harmless(cell)) == cell


@given(st.from_regex(r"[=+@\t-].*", fullmatch=True))
def test_no_cell_leaves_as_a_formula(cell):
    assert harmless(cell).startswith("'")
