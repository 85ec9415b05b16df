"""Columns find their fields by the names that people and programs give them."""

import pytest

from contacts.imports import kinds
from contacts.imports.matching import How, fingerprint


def match(*labels, remembered=None, kind="contact"):
    found = kinds.get(kind).vocabulary.match(labels, remembered)
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


LEADS = {
    "HubSpot": {
        "First Name": "first_name", "Last Name": "last_name", "Email": "email", "Phone Number": "phone",
        "Contact owner": "owner_email", "Lead Status": "status", "Original Source": "source", "Lifecycle Stage": "",
    },
    "Salesforce": {
        "First Name": "first_name", "Last Name": "last_name", "Email": "email", "Mobile": "phone",
        "Lead Owner": "owner_email", "Lead Status": "status", "Lead Source": "source", "Rating": "stage",
        "Country": "country", "Description": "notes",
    },
    "Follow Up Boss": {
        "First Name": "first_name", "Last Name": "last_name", "Email 1": "email", "Phone 1": "phone", "Stage": "stage",
        "Source": "source", "Assigned To": "owner_email", "Timeframe": "timing", "Price": "price_to", "Tags": "tags",
    },
    "a form of the office": {
        "Budget": "price_to", "Min. budget": "price_from", "Beds": "bedrooms", "Baths": "bathrooms",
        "Min size (m²)": "", "Property type": "property_types", "Preferred location": "locations",
        "Move date": "timing", "Lost reason": "reason", "Portal": "portal", "Operation": "lead_type",
    },
    "German": {
        "Vorname": "first_name", "Objektart": "property_types", "Preis von": "price_from", "Preis bis": "price_to",
        "Schlafzimmer": "bedrooms", "Wohnfläche ab": "area_from", "Wunschort": "locations", "Quelle": "source",
        "Ausstattung": "features", "Ort": "city",
    },
    "Spanish": {
        "Tipo": "lead_type", "Estado": "status", "Fuente": "source", "Tipo de inmueble": "property_types",
        "Zona": "locations", "Precio mínimo": "price_from", "Presupuesto máximo": "price_to", "Dormitorios": "bedrooms",
        "Baños": "bathrooms", "Superficie desde": "area_from", "Motivo": "reason",
    },
    "Dutch": {"Bron": "source", "Woningtype": "property_types", "Slaapkamers": "bedrooms", "Prijs tot": "price_to"},
    "French": {"Statut": "status", "Type de bien": "property_types", "Chambres": "bedrooms", "Prix max": "price_to"},
}  # fmt: skip
RELATIONS = {
    "HubSpot": {
        "Company name": "name", "Company Domain Name": "website", "Phone Number": "phone", "Industry": "type",
        "City": "city", "Record ID": "", "Create Date": "",
    },
    "Pipedrive": {"Organization - Name": "name", "Organization - Phone": "phone", "Organization - Email": "email"},
    "Salesforce": {"Account Name": "name", "Website": "website", "Billing Street": "street", "Billing City": "city"},
    "German": {"Firma": "name", "Branche": "type", "Webseite": "website", "Zahlungsziel": "credit_terms"},
    "Spanish": {"Razón social": "name", "Tipo": "type", "Página web": "website", "Población": "city"},
    "nested": {
        "company.name": "name", "company.address.city": "city", "address.zip": "zip_code", "contact.name": "",
        "contactInfo.email": "email", "data.website": "website",
    },
}  # fmt: skip
DEALS = {
    "HubSpot": {
        "Record ID": "", "Deal Name": "name", "Deal Stage": "stage", "Close Date": "closing_on",
        "Deal owner": "owner_email", "Amount": "value", "Associated Contact": "contacts",
        "Closed Lost Reason": "reason",
    },
    "Pipedrive": {
        "Deal - Title": "name", "Deal - Value": "value", "Deal - Stage": "stage", "Deal - Owner": "owner_email",
        "Deal - Lost reason": "reason", "Deal - Expected close date": "closing_on", "Person - Email": "contacts",
    },
    "Salesforce": {
        "Opportunity Name": "name", "Stage": "stage", "Amount": "value", "Close Date": "closing_on", "Type": "type",
        "Loss Reason": "reason", "Description": "description",
    },
    "German": {
        "Bezeichnung": "name", "Vermarktungsart": "type", "Phase": "stage", "Verlustgrund": "reason",
        "Kunde": "contacts",
        "Betreuer E-Mail": "owner_email", "Kaufpreis": "value", "Provision": "commission", "PLZ": "zip_code",
        "Abschlussdatum": "closing_on", "Objektbeschreibung": "description", "Wunschlage": "locations",
    },
    "Spanish": {
        "Nombre del negocio": "name", "Operación": "type", "Etapa": "stage", "Contactos": "contacts", "Precio": "value",
        "Comisión": "commission", "Fecha de cierre": "closing_on", "Tipo de inmueble": "property_types",
        "Zona": "locations",
    },
}  # fmt: skip
NESTED = {
    "contact": {
        "contact.first_name": "first_name", "contact.lastName": "last_name", "contact.emails[0].value": "email",
        "contact.emails[1].value": "", "phone_numbers.0": "phone", "contact.address.city": "city",
        "address.postal_code": "zip_code", "address/state": "state", "address > street": "street",
        "postalAddress__country": "country", "contact.relation.name": "relation", "owner.email": "owner_email",
        "owner.first_name": "", "company.phone": "", "address.type": "", "address.id": "",
        "data.attributes.notes": "notes", "contact.role": "role",
    },
    "lead": {
        "lead.source": "source", "lead.type": "lead_type", "lead.status": "status", "lead[stage]": "stage",
        "lead.portal.name": "portal", "lead.owner.email": "owner_email", "contact.first_name": "first_name",
        "contact.last_name": "last_name", "contact.email": "email", "contact.phone": "phone", "address.city": "city",
        "property_details.type": "property_types", "propertyDetails.bedrooms": "bedrooms",
        "search_criteria.price_from": "price_from", "search_criteria.price.max": "price_to",
        "search_criteria.locations": "locations", "search_criteria.area_from": "area_from",
        "search.criteria.bathrooms": "bathrooms", "preferences.features": "features", "criteria.timing": "timing",
        "preferences.language": "language", "property.id": "", "search_criteria.email": "", "lead.id": "",
    },
    "deal": {
        "deal.name": "name", "deal.stage": "stage", "opportunity.amount": "value", "property.city": "city",
        "property.address.street": "street", "property_details.type": "property_types", "property.bedrooms": "bedrooms",
        "search_criteria.price_from": "price_from", "criteria.locations": "locations",
        "deal.owner.email": "owner_email",
        "deal.contacts[0].email": "contacts", "property.description": "description", "deal.id": "", "property.id": "",
        "deal.lostReason": "reason", "expected_close_date": "closing_on", "data.attributes.commission": "commission",
        "contact.first_name": "", "deal.tags": "tags",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        *(pytest.param("lead", wanted, id=f"leads: {name}") for name, wanted in LEADS.items()),
        *(pytest.param("relation", wanted, id=f"relations: {name}") for name, wanted in RELATIONS.items()),
        *(pytest.param("deal", wanted, id=f"deals: {name}") for name, wanted in DEALS.items()),
        *(pytest.param(kind, wanted, id=f"nested: {kind}") for kind, wanted in NESTED.items()),
    ],
)
def test_the_columns_of_leads_and_relations_are_understood_and_nested_ones(kind, wanted):
    assert match(*wanted, kind=kind) == {label: field for label, field in wanted.items() if field}


def test_each_field_is_used_once_and_the_more_telling_name_wins():
    assert match("Home Phone", "Phone", "Mobile Phone") == {"Phone": "phone"}
    assert match("Work email", "Email", "Email (2)") == {"Email": "email"}


@pytest.mark.parametrize("kind", ["contact", "lead", "relation", "deal"])
def test_every_own_label_and_field_name_is_known(kind):
    columns = kinds.get(kind).columns
    labels = {column.label: name for name, column in columns.items()}

    assert match(*labels, kind=kind) == labels
    assert match(*columns, kind=kind) == {name: name for name in columns}


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


def test_what_wraps_a_record_in_the_answer_of_a_program_says_nothing():
    assert match("properties.firstname", "data.attributes.email") == {
        "properties.firstname": "first_name",
        "data.attributes.email": "email",
    }
