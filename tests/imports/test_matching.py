"""Columns find their fields by the names that people and programs give them."""

import pytest

from contacts.imports import kinds
from contacts.imports.matching import How, fingerprint


def match(*labels, remembered=None):
    found = kinds.get("contact").vocabulary.match(labels, remembered)
    return {entry.label: entry.field for entry in found if entry.field}


EXPORTS = {
    "HubSpot": {
        "Record ID": "", "First Name": "first_name", "Last Name": "last_name", "Email": "email",
        "Phone Number": "phone", "Contact owner": "owner_email", "City": "city", "State/Region": "state",
        "Postal Code": "zip_code", "Country/Region": "country", "Street Address": "street", "Lead Status": "",
    },
    "Pipedrive": {
        "Person - First name": "first_name", "Person - Last name": "last_name", "Person - Email - Work": "email",
        "Person - Phone - Work": "phone", "Person - Owner": "owner_email", "Person - Label": "tags",
    },
    "Salesforce": {
        "Salutation": "salutation", "First Name": "first_name", "Last Name": "last_name", "Email": "email",
        "Mobile": "phone", "Mailing Street": "street", "Mailing City": "city", "Mailing State/Province": "state",
        "Mailing Zip/Postal Code": "zip_code", "Mailing Country": "country", "Contact Owner": "owner_email",
    },
    "Zoho": {
        "First Name": "first_name", "Last Name": "last_name", "Email": "email", "Mobile": "phone",
        "Contact Owner": "owner_email", "Mailing Street": "street", "Mailing Zip": "zip_code", "Tag": "tags",
        "Description": "notes",
    },
    "Google Contacts": {
        "Given Name": "first_name", "Family Name": "last_name", "E-mail 1 - Type": "", "E-mail 1 - Value": "email",
        "Phone 1 - Value": "phone", "Address 1 - Street": "street", "Address 1 - City": "city",
        "Address 1 - Postal Code": "zip_code", "Address 1 - Country": "country", "Notes": "notes",
        "Group Membership": "tags", "E-mail 2 - Value": "",
    },
    "Outlook": {
        "Title": "salutation", "First Name": "first_name", "Last Name": "last_name", "E-mail Address": "email",
        "E-mail 2 Address": "", "Mobile Phone": "phone", "Home Phone": "", "Business Phone": "",
        "Home Street": "street", "Home City": "city", "Home Postal Code": "zip_code", "Home Country/Region": "country",
        "Categories": "tags",
    },
    "Follow Up Boss": {
        "First Name": "first_name", "Last Name": "last_name", "Email 1": "email", "Phone 1": "phone",
        "Assigned To": "owner_email", "Address 1 - Street": "street", "Address 1 - Zip": "zip_code", "Tags": "tags",
        "Notes": "notes", "Email 1 - Type": "",
    },
    "German": {
        "Vorname": "first_name", "Nachname": "last_name", "E-Mail-Adresse": "email", "Telefon mobil": "phone",
        "Betreuer": "owner_email", "Typ": "role", "Straße": "street", "PLZ": "zip_code", "Ort": "city",
        "Bemerkung": "notes", "Geburtsdatum": "", "Kundennr.": "", "Anrede": "salutation", "Sprache": "language",
    },
    "Spanish": {
        "NOMBRE": "first_name", "APELLIDOS": "last_name", "CORREO ELECTRONICO": "email", "TELÉFONO": "phone",
        "Agente": "owner_email", "Provincia": "state", "Código postal": "zip_code", "Población": "city",
        "País": "country", "Observaciones": "notes", "Idioma": "language", "Etiquetas": "tags",
    },
    "Dutch": {
        "Voornaam": "first_name", "Achternaam": "last_name", "E-mailadres": "email", "Telefoonnummer": "phone",
        "Makelaar": "owner_email", "Postcode": "zip_code", "Woonplaats": "city", "Opmerkingen": "notes",
    },
    "French": {
        "Prénom": "first_name", "Nom": "last_name", "Adresse e-mail": "email", "Téléphone portable": "phone",
        "Conseiller": "owner_email", "Ville": "city", "Code postal": "zip_code", "Pays": "country",
    },
    "by hand": {"Fname": "first_name", "Lname": "last_name", "e_mail": "email", "Cell": "phone",
                "ownerEmail": "owner_email"},
}  # fmt: skip


@pytest.mark.parametrize("program", EXPORTS)
def test_the_export_of_a_program_is_understood(program):
    wanted = EXPORTS[program]

    assert match(*wanted) == {label: field for label, field in wanted.items() if field}


def test_each_field_is_used_once_and_the_more_telling_name_wins():
    assert match("Home Phone", "Phone", "Mobile Phone") == {"Phone": "phone"}
    assert match("Work email", "Email", "Email (2)") == {"Email": "email"}


def test_every_own_label_and_field_name_is_known():
    columns = kinds.get("contact").columns

    assert match(*(column.label for column in columns.values())) == {c.label: name for name, c in columns.items()}
    assert match(*columns) == {name: name for name in columns}


def test_what_is_only_alike_is_a_suggestion():
    found = kinds.get("contact").vocabulary.match(["Observacions"])[0]

    assert (found.field, found.how) == ("notes", How.SUGGESTED)
    assert 80 <= found.score < 100


@pytest.mark.parametrize("label", ["Emial", "Phones", "Owner emails", "WhatsAp", "Error", "Firstt name"])
def test_a_required_or_risky_field_is_never_guessed(label):
    assert match(label) == {}


def test_a_remembered_mapping_wins_over_names():
    assert match("Email", "Phone", remembered={"0": "notes"}) == {"Email": "notes"}


def test_a_header_is_recognised_in_another_spelling_of_case_and_dots():
    assert fingerprint(["E-Mail", "Tel."]) == fingerprint(["e mail", "TEL"])
    assert fingerprint(["E-Mail", "Tel."]) != fingerprint(["Tel.", "E-Mail"])
