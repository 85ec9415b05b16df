"""Cells that name a role, a country, a language, a yes: in the languages of the office's clients."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from contacts.imports import values
from contacts.imports.columns import Column
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


@pytest.mark.parametrize(
    ("cell", "said"), [("", None), (" ", None), ("None", ""), ("keine", ""), ("no", "no"), ("Norwegian", "no")]
)
def test_to_say_that_there_is_no_language_is_not_to_leave_it_out(cell, said):
    assert read("language", cell) == said


LANGUAGES = """
    en: English inglés Englisch Engels anglais
    es: Spanish español Spanisch Spaans espagnol
    de: German alemán Deutsch Duits allemand
    nl: Dutch neerlandés holandés Niederländisch Holländisch Nederlands néerlandais
    fr: French francés Französisch Frans français
    it: Italian italiano Italienisch Italiaans italien
    pt: Portuguese portugués Portugiesisch Portugees portugais
    ca: Catalan catalán Katalanisch Catalaans valenciano
    gl: Galician gallego Galizisch Galicisch galicien
    eu: Basque euskera vasco Baskisch
    ru: Russian ruso Russisch russe
    uk: Ukrainian ucraniano Ukrainisch Oekraïens ukrainien
    pl: Polish polaco Polnisch Pools polonais
    cs: Czech checo Tschechisch Tsjechisch tchèque
    sk: Slovak eslovaco Slowakisch Slowaaks slovaque
    hu: Hungarian húngaro Ungarisch Hongaars hongrois
    ro: Romanian rumano Rumänisch Roemeens roumain
    bg: Bulgarian búlgaro Bulgarisch Bulgaars bulgare
    el: Greek griego Griechisch Grieks grec
    tr: Turkish turco Türkisch Turks turc
    sv: Swedish sueco Schwedisch Zweeds suédois
    no: Norwegian noruego Norwegisch Noors norvégien
    da: Danish danés Dänisch Deens danois
    fi: Finnish finés finlandés Finnisch Fins finnois
    et: Estonian estonio Estnisch Ests estonien
    lv: Latvian letón Lettisch Lets letton
    lt: Lithuanian lituano Litauisch Litouws lituanien
    hr: Croatian croata Kroatisch croate
    sr: Serbian serbio Serbisch Servisch serbe
    sl: Slovenian esloveno Slowenisch Sloveens slovène
    is: Icelandic islandés Isländisch IJslands islandais
    ga: Irish irlandés Irisch Iers irlandais
"""


@pytest.mark.parametrize("line", LANGUAGES.strip().splitlines())
def test_a_language_of_europe_is_known_in_five_languages(line):
    code, names = line.strip().split(": ")

    assert {name: values.language(name) for name in names.split()} == dict.fromkeys(names.split(), code)


@pytest.mark.parametrize("cell", ["propietario", "Propietaria", "Eigentümer", "propriétaire", "eigenaar", "Owner"])
def test_who_owns_may_be_seller_or_landlord_and_the_message_says_what_to_write(cell):
    with pytest.raises(ValidationError) as refusal:
        read("role", cell)

    assert refusal.value.messages == [f"There is no role “{cell}”. Write Seller or Landlord."]


@pytest.mark.parametrize(
    ("cell", "role"),
    [("Vermieter", "landlord"), ("arrendador", "landlord"), ("casero", "landlord"), ("vendedora", "seller"),
     ("Verkäufer", "seller"), ("Käuferin", "buyer"), ("Interessent", "buyer"), ("inquilina", "tenant"),
     ("arrendatario", "tenant"), ("Mieterin", "tenant"), ("Bauträger", "contractor")],
)  # fmt: skip
def test_the_roles_of_clients_are_known_in_their_languages(cell, role):
    assert read("role", cell) == role


@pytest.mark.parametrize(
    ("cell", "salutation"),
    [("D.", "mr"), ("Don", "mr"), ("Sr.", "mr"), ("Herrn", "mr"), ("Herr", "mr"), ("Dhr.", "mr"), ("M.", "mr"),
     ("Dña.", "mrs"), ("Doña", "mrs"), ("Sra.", "mrs"), ("Frau", "mrs"), ("Mevr.", "mrs"), ("Mme", "mrs")],
)  # fmt: skip
def test_a_salutation_is_known_by_its_abbreviations(cell, salutation):
    assert read("salutation", cell) == salutation


@pytest.mark.parametrize(
    ("cell", "code"), [("D", "DE"), ("E", "ES"), ("Deutschland", "DE"), ("Escocia", "GB"), ("Scotland", "GB")]
)
def test_a_country_is_known_by_its_number_plate_and_by_its_parts(cell, code):
    assert values.country(cell) == code


def test_a_cell_holds_as_many_tags_as_the_form_takes():
    assert len(read("tags", ", ".join(f"tag {n}" for n in range(50)))) == 50
    with pytest.raises(ValidationError, match="A contact has at most 50 tags"):
        read("tags", ", ".join(f"tag {n}" for n in range(51)))


@pytest.mark.parametrize(("cell", "answer"), [("Yes", True), ("sí", True), ("1", True), ("nein", False), ("", None)])
def test_yes_and_no_are_known(cell, answer):
    assert values.yes_or_no(cell) is answer


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        ("38.5987", 38.5987), ("-38,5987", -38.5987), (" +0.05° ", 0.05), ("\u22120.05", -0.05), ("90", 90), ("0", 0),
        ("38.59870000000000123", 38.5987), ("0.00000004", 0), ("-0", 0), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_decimal_degrees_are_read_as_the_location_picker_keeps_them(cell, degrees):
    assert values.latitude(cell) == values.longitude(cell) == degrees


@pytest.mark.parametrize(
    "cell", ["38° 35' 55\" N", "N 38.5", "38.5, -0.05", "1e1", "NaN", "90.0000001", "-91", "x" * 90]
)
def test_what_is_no_latitude_is_an_error(cell):
    with pytest.raises(ValidationError):
        values.latitude(cell)


def test_a_longitude_goes_to_180():
    assert values.longitude("-180") == -180
    with pytest.raises(ValidationError, match="between -180 and 180"):
        values.longitude("180.1")


@given(st.floats(-180, 180).map(lambda degrees: round(degrees, 7)))
def test_an_exported_coordinate_is_the_same_again_and_no_formula(degrees):
    cell = Column("Longitude", "longitude", values.longitude, render=values.told_degrees).widget.render(degrees)
    assert values.longitude(cell) == degrees
    assert not cell.startswith("'")


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


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2027-03-31", dt.date(2027, 3, 31)), ("31.3.2027", dt.date(2027, 3, 31)), ("01/02/2027", dt.date(2027, 2, 1)),
     ("2027/03/31", dt.date(2027, 3, 31)), ("31-03-2027 14:30", dt.date(2027, 3, 31)), (" ", None)],
)  # fmt: skip
def test_a_day_is_read_in_the_order_of_europe(cell, day):
    assert values.day(cell) == day


@pytest.mark.parametrize(
    "cell", ["31.02.2027", "03/31/2027", "2027", "tomorrow", "1.1.27", "0000-01-01", "٣١.٠٣.٢٠٢٧x"]
)
def test_what_is_no_day_is_refused_with_the_ways_to_write_one(cell):
    with pytest.raises(ValidationError) as refusal:
        values.day(cell)

    assert refusal.value.messages == [f"“{cell}” is no date. Write it like 2027-03-31 or 31.03.2027."]
