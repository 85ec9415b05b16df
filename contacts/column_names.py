"""What other programs, and people, call the columns and values of a contact.

English, Spanish, German, Dutch and French; the exports of HubSpot, Pipedrive, Salesforce, Zoho, Google Contacts,
Outlook and Follow Up Boss. The most telling name first: where a file has several, it wins. Spelling is compared by
``contacts.imports.matching.plain``: case, accents, hyphens, underlines and dots do not count.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from contacts.imports.matching import plain
from contacts.models.choices import Role, Salutation


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("\n", " ").split(",") if name.strip())


FIRST_NAME = _names("""
    Given Name, Forename, Fname, First, Christian name, Vorname, Rufname, Nombre, Nombre de pila, Primer nombre, Prénom,
    Prenom, Voornaam, Roepnaam, Nome, Contact First Name, Person - First name, First Name (Contact)
""")
LAST_NAME = _names("""
    Family Name, Surname, Lname, Last, Second name, Nachname, Familienname, Zuname, Apellido, Apellidos,
    Primer apellido, Nom, Nom de famille, Achternaam, Familienaam, Cognome, Person - Last name, Last Name (Contact)
""")
EMAIL = _names("""
    E-mail, Email address, E-mail address, Mail, Mail address, Primary email, Email 1, E-mail 1, E-mail 1 - Value,
    Email 1 - Value, Email 1 address, Person - Email, Person - Email - Work, Person - Email - Home, Email (Work),
    Work email, Email - Work, Email - Home, Personal email, Home email, Business email, E-mailadres, Emailadres,
    E-Mail-Adresse, Mailadresse, Elektronische Post, Correo, Correo electrónico, Dirección de correo,
    Dirección de correo electrónico, Courriel, Adresse e-mail, Adresse email, Adresse mail, Adresse électronique,
    Contact email, Email Address 1
""")
PHONE = _names("""
    Phone number, Primary phone, Mobile Phone, Mobile, Mobile number, Mobile phone number, Cell, Cell phone, Cellphone,
    Phone 1, Phone 1 - Value, Telephone, Telephone number, Phone (Mobile), Person - Phone, Person - Phone - Mobile,
    Person - Phone - Work, Person - Phone - Home, Phone - Mobile, Phone - Work, Phone - Home, Primary Phone Number,
    Telefon, Telefonnummer, Telefon mobil, Handy, Handynummer, Mobil, Mobilnummer, Mobiltelefon, Rufnummer, Tel, Tel.,
    Teléfono, Teléfono móvil, Móvil, Número de teléfono, Celular, Téléphone, Téléphone portable, Téléphone mobile,
    Numéro de téléphone, Portable, Telefoon, Telefoonnummer, Mobiel, Mobiel nummer, Gsm, Business Phone, Work phone,
    Home Phone, Other Phone, Festnetz, Fijo
""")
OWNER_EMAIL = _names("""
    Owner, Contact owner email, Contact owner, Record owner, Lead owner, Owner: Email, Owner's email, Owner Email
    address, Contact Owner Email, Person - Owner, Person - Owner email, Assigned to, Assigned to email, Assigned agent,
    Assigned user, Assignee, Agent, Agent email, Account manager, Sales rep, Responsible, Betreuer, Betreuer E-Mail,
    Zuständig, Ansprechpartner, Verantwortlich, Inhaber E-Mail, Makler, Asignado a, Agente, Agente asignado,
    Propietario, Propietario del contacto, Correo del propietario, Email del agente, Responsable, Comercial,
    Propriétaire, Propriétaire du contact, Assigné à, Email du propriétaire, Conseiller, Eigenaar, E-mail eigenaar,
    Toegewezen aan, Makelaar, Verantwoordelijke
""")
ROLE = _names("""
    Contact role, Contact type, Type, Client type, Category, Persona, Rolle, Typ, Kontaktart, Kontakttyp, Rol, Tipo,
    Tipo de contacto, Tipo de cliente, Rôle, Type de contact, Type de client, Soort, Contactsoort, Klanttype
""")
SALUTATION = _names("""
    Title, Honorific, Prefix, Name prefix, Courtesy title, Anrede, Titel, Tratamiento, Título, Saludo, Civilité, Titre,
    Aanhef, Aanspreekvorm
""")
WHATSAPP = _names("""
    WhatsApp, WhatsApp phone, WhatsApp phone number, Whats app, WhatsApp-Nummer, Número de WhatsApp, WhatsApp nummer,
    Numéro WhatsApp
""")
LANGUAGE = _names("""
    Preferred language, Contact language, Correspondence language, Sprache, Idioma, Lengua, Langue, Taal, Locale
""")
RELATION = _names("Relation name, Beziehung, Relación, Relatie")
TAGS = _names("""
    Tag, Labels, Label, Person - Label, Group Membership, Categories, Schlagworte, Schlagwörter, Etiketten, Etiquetas,
    Etiqueta, Étiquettes, Mots-clés, Contact tags
""")
DO_NOT_CONTACT = _names("""
    DNC, Opted out, Opt out, Do not call, Nicht kontaktieren, Nicht anrufen, No contactar, No llamar,
    Ne pas contacter, Niet contacteren, Niet benaderen, Unsubscribed from all email
""")
STREET = _names("""
    Street address, Address, Address 1, Address line 1, Street 1, Address 1 - Street, Mailing Street, Home Street,
    Home Address, Billing street, Primary Address Street, Person - Postal address, Business Street, Other street,
    Straße, Strasse, Straße und Hausnummer, Adresse, Anschrift, Calle, Dirección, Domicilio, Rue, Voie, Straat, Adres,
    Straatnaam, Straat en huisnummer
""")
ZIP_CODE = _names("""
    Zip, Postal code, Postcode, Post code, Zip/Postal code, Zip/Postcode, Mailing Zip, Mailing Zip/Postal Code,
    Home Postal Code, Address 1 - Zip, Address 1 - Postal Code, Primary Address Postalcode, Billing zip,
    Business Postal Code, Other zip, PLZ, Postleitzahl, Código postal, Cod postal, CP, C.P., Code postal
""")
CITY = _names("""
    Town, Town/City, Mailing City, Home City, Address 1 - City, Primary Address City, Billing city, Business City,
    Other city, Locality, Ort, Stadt, Wohnort, Ciudad, Localidad, Población, Municipio, Ville, Commune, Plaats, Stad,
    Woonplaats, Gemeente
""")
STATE = _names("""
    State/Region, State/Province, Province, Region, County, Mailing State, Mailing State/Province, Home State,
    Address 1 - State, Address 1 - Region, Primary Address State, Billing state, Business State, Other state,
    Bundesland, Kanton, Provincia, Comunidad autónoma, Estado, Région, Département, Provincie, Provinz
""")
COUNTRY = _names("""
    Country/Region, Country code, Mailing Country, Home Country, Home Country/Region, Address 1 - Country,
    Primary Address Country, Billing country, Business Country, Business Country/Region, Other country, Land, País,
    Pais, Pays, Nation
""")
NOTES = _names("""
    Note, Comment, Comments, Remarks, Description, Background, Message, Additional information, Bemerkung, Bemerkungen,
    Notiz, Notizen, Anmerkung, Anmerkungen, Kommentar, Notas, Nota, Observaciones, Comentarios, Remarque, Remarques,
    Commentaire, Commentaires, Notities, Notitie, Opmerking, Opmerkingen
""")

_ROLE_NAMES = {
    Role.BUYER: "Buyers, Purchaser, Client buyer, Comprador, Compradora, Käufer, Käuferin, Kaufinteressent, "
    "Kaufinteressentin, Interessent, Interessentin, Interesado, Interesada, Koper, Kopers, Acheteur, "
    "Acheteuse, Acquéreur",
    Role.SELLER: "Sellers, Vendor, Vendedor, Vendedora, Verkäufer, Verkäuferin, Verkoper, Vendeur, Vendeuse",
    Role.TENANT: "Tenants, Renter, Lessee, Inquilino, Inquilina, Arrendatario, Arrendataria, Mieter, Mieterin, "
    "Mietinteressent, Huurder, Huurster, Locataire",
    Role.LANDLORD: "Landlords, Landlady, Lessor, Property owner, Arrendador, Arrendadora, Casero, Vermieter, "
    "Vermieterin, Verhuurder, Verhuurster, Bailleur, Propriétaire bailleur",
    Role.LAWYER: "Lawyers, Attorney, Solicitor, Abogado, Abogada, Anwalt, Anwältin, Rechtsanwalt, Rechtsanwältin, "
    "Advocaat, Avocat, Avocate",
    Role.NOTARY: "Notary public, Notaries, Notario, Notaria, Notar, Notarin, Notaris, Notaire",
    Role.ARCHITECT: "Architects, Arquitecto, Arquitecta, Architekt, Architektin, Architecte",
    Role.EXTERNAL_AGENT: "External estate agent, Partner agent, Co-agent, Broker, Agente externo, Agente externa, "
    "Colaborador, Externer Makler, Makler, Externe makelaar, Makelaar, Agent externe, Agent immobilier",
    Role.MORTGAGE_ADVISER: "Mortgage advisor, Mortgage broker, Asesor hipotecario, Asesora hipotecaria, "
    "Finanzierungsberater, Hypothekenberater, Hypotheekadviseur, Courtier, Conseiller hypothécaire",
    Role.TAX_ADVISER: "Tax advisor, Accountant, Asesor fiscal, Asesora fiscal, Gestor, Gestoría, Steuerberater, "
    "Steuerberaterin, Belastingadviseur, Conseiller fiscal, Expert-comptable",
    Role.SURVEYOR: "Surveyors, Valuer, Appraiser, Tasador, Tasadora, Gutachter, Gutachterin, Taxateur, Expert, "
    "Géomètre, Topógrafo",
    Role.PROPERTY_MANAGER: "Property managers, Administrator, Administrador de fincas, Administrador, "
    "Administradora, Hausverwalter, Hausverwaltung, Verwalter, Vastgoedbeheerder, Beheerder, Syndic, "
    "Gestionnaire immobilier, Gestionnaire",
    Role.PHOTOGRAPHER: "Photographers, Fotógrafo, Fotógrafa, Fotograf, Fotografin, Fotograaf, Photographe",
    Role.CONTRACTOR: "Contractors, Builder, Constructor, Contratista, Bauunternehmer, "
    "Bauträger, Promotor, Promotora, Developer, Handwerker, Aannemer, "
    "Entrepreneur",
    Role.OTHER: "Others, Otro, Otra, Otros, Andere, Anderer, Sonstige, Sonstiges, Overig, Overige, Anders, Autre, "
    "Autres",
}
_SALUTATION_NAMES = {
    Salutation.MRS: "Mrs, Madam, Señora, Sra, Doña, Dña, Dª, D.ª, Frau, Mevrouw, Mevr, Mw, Madame, Mme, F, Female",
    Salutation.MR: "Mr, Mister, Sir, Señor, Sr, Don, D, Herr, Herrn, De heer, Heer, Dhr, Monsieur, M, Male",
    Salutation.MS: "Ms, Miss, Señorita, Srta, Fräulein, Mademoiselle, Mlle, Mejuffrouw",
    Salutation.MX: "Mx, Divers, X",
    Salutation.DR: "Dr, Doctor, Doctora, Dra, Doktor, Docteur",
    Salutation.PROF: "Prof, Professor, Profesor, Profesora, Professeur",
    Salutation.NONE: "None, No, Keine, Ninguno, Ninguna, Aucun, Aucune, Geen",
}


def _by_name(choices: Mapping[Any, str], members: type[TextChoices]) -> dict[str, str]:
    """Return values by what spellings of their names have in common; codes and labels are names too."""
    found: dict[str, str] = {}
    for member in members:
        for name in (member.value, str(member.label), *_names(choices[member])):
            if known := plain(name):
                found.setdefault(known, member.value)
    return found


# Who owns a property may be selling it or letting it: only the office knows.
OWNERS = frozenset(
    map(plain, _names("Propietario, Propietaria, Eigentümer, Eigentümerin, Propriétaire, Eigenaar, Eigenaresse, Owner"))
)
ROLES = _by_name(_ROLE_NAMES, Role)
SALUTATIONS = _by_name(_SALUTATION_NAMES, Salutation) | {"": ""}
