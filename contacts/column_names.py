"""What other programs, and people, call the columns and values of a contact.

English, Spanish, German, Dutch and French; the exports of HubSpot, Pipedrive, Salesforce, Zoho, Google Contacts,
Outlook and Follow Up Boss. The most telling name first: where a file has several, it wins. Spelling is compared by
``contacts.imports.matching.plain``: case, accents, hyphens, underlines and dots do not count.
"""

from contacts.imports.values import by_name, names, spellings
from contacts.models.choices import Role, Salutation

# What stands before the name of a field: of any, or of those of an address.
PREFIXES = spellings("""
    Person, Contact, Client, Customer, Lead, Prospect, Kontakt, Kunde, Interessent, Contacto, Cliente, Interesado,
    Persona, Contact info, Contact details, Contact information, Personal info, Personal details, Personal, Klant,
    Personne, Contact data, Basic info, Profile
""")
ADDRESS = spellings("""
    Address, Addresses, Address info, Postal address, Mailing address, Home address, Primary address, Billing address,
    Location, Adresse, Anschrift, Dirección, Domicilio, Adres, Mailing, Home, Billing
""")
FIRST_NAME = names("""
    Given Name, Forename, Fname, First, Firstname, Christian name, Vorname, Rufname, Nombre, Nombre de pila,
    Primer nombre, Prénom, Prenom, Voornaam, Roepnaam, Nome, Contact First Name, Person - First name,
    First Name (Contact)
""")
LAST_NAME = names("""
    Family Name, Surname, Lname, Last, Lastname, Second name, Nachname, Familienname, Zuname, Apellido, Apellidos,
    Primer apellido, Nom, Nom de famille, Achternaam, Familienaam, Cognome, Person - Last name, Last Name (Contact)
""")
EMAIL = names("""
    E-mail, Email address, E-mail address, Mail, Mail address, Primary email, Email 1, E-mail 1, E-mail 1 - Value,
    Email 1 - Value, Email 1 address, Person - Email, Person - Email - Work, Person - Email - Home, Email (Work),
    Work email, Email - Work, Email - Home, Personal email, Home email, Business email, E-mailadres, Emailadres,
    E-Mail-Adresse, Mailadresse, Elektronische Post, Correo, Correo electrónico, Dirección de correo,
    Dirección de correo electrónico, Courriel, Adresse e-mail, Adresse email, Adresse mail, Adresse électronique,
    Contact email, Email Address 1, Emails 0, Email addresses 0
""")
PHONE = names("""
    Phone number, Primary phone, Mobile Phone, Mobile, Mobile number, Mobile phone number, Cell, Cell phone, Cellphone,
    Phone 1, Phone 1 - Value, Telephone, Telephone number, Phone (Mobile), Person - Phone, Person - Phone - Mobile,
    Person - Phone - Work, Person - Phone - Home, Phone - Mobile, Phone - Work, Phone - Home, Primary Phone Number,
    Telefon, Telefonnummer, Telefon mobil, Handy, Handynummer, Mobil, Mobilnummer, Mobiltelefon, Rufnummer, Tel, Tel.,
    Teléfono, Teléfono móvil, Móvil, Número de teléfono, Celular, Téléphone, Téléphone portable, Téléphone mobile,
    Numéro de téléphone, Portable, Telefoon, Telefoonnummer, Mobiel, Mobiel nummer, Gsm, Business Phone, Work phone,
    Home Phone, Other Phone, Festnetz, Fijo, Phones 0, Phone numbers 0, Mobilephone, Contact number
""")
OWNER_EMAIL = names("""
    Owner, Contact owner email, Contact owner, Record owner, Lead owner, Owner: Email, Owner's email, Owner Email
    address, Contact Owner Email, Person - Owner, Person - Owner email, Assigned to, Assigned to email, Assigned agent,
    Assigned user, Assignee, Agent, Agent email, Account manager, Sales rep, Responsible, Betreuer, Betreuer E-Mail,
    Zuständig, Ansprechpartner, Verantwortlich, Inhaber E-Mail, Makler, Asignado a, Agente, Agente asignado,
    Propietario, Propietario del contacto, Correo del propietario, Email del agente, Responsable, Comercial,
    Propriétaire, Propriétaire du contact, Assigné à, Email du propriétaire, Conseiller, Eigenaar, E-mail eigenaar,
    Toegewezen aan, Makelaar, Verantwoordelijke, Assigned agent email, Assigned user email, User email, Agent - Email
""")
ROLE = names("""
    Contact role, Contact type, Type, Client type, Category, Persona, Rolle, Typ, Kontaktart, Kontakttyp, Rol, Tipo,
    Tipo de contacto, Tipo de cliente, Rôle, Type de contact, Type de client, Soort, Contactsoort, Klanttype
""")
SALUTATION = names("""
    Title, Honorific, Prefix, Name prefix, Courtesy title, Anrede, Titel, Tratamiento, Título, Saludo, Civilité, Titre,
    Aanhef, Aanspreekvorm
""")
WHATSAPP = names("""
    WhatsApp, WhatsApp phone, WhatsApp phone number, Whats app, WhatsApp-Nummer, Número de WhatsApp, WhatsApp nummer,
    Numéro WhatsApp
""")
LANGUAGE = names("""
    Preferred language, Contact language, Correspondence language, Language name, Language code, Sprache,
    Idioma, Lengua, Langue, Taal, Locale
""")
RELATION = names("Relation name, Relation - Company, Beziehung, Relación, Relatie")
TAGS = names("""
    Tag, Labels, Label, Person - Label, Group Membership, Categories, Schlagworte, Schlagwörter, Etiketten, Etiquetas,
    Etiqueta, Étiquettes, Mots-clés, Contact tags
""")
DO_NOT_CONTACT = names("""
    DNC, Opted out, Opt out, Do not call, Nicht kontaktieren, Nicht anrufen, No contactar, No llamar,
    Ne pas contacter, Niet contacteren, Niet benaderen, Unsubscribed from all email
""")
STREET = names("""
    Street address, Address, Address 1, Address line 1, Street 1, Address 1 - Street, Mailing Street, Home Street,
    Home Address, Billing street, Primary Address Street, Person - Postal address, Business Street, Other street,
    Straße, Strasse, Straße und Hausnummer, Adresse, Anschrift, Calle, Dirección, Domicilio, Rue, Voie, Straat, Adres,
    Straatnaam, Straat en huisnummer
""")
ZIP_CODE = names("""
    Zip, Zipcode, Postal code, Postcode, Post code, Zip/Postal code, Zip/Postcode, Mailing Zip, Mailing Zip/Postal Code,
    Home Postal Code, Address 1 - Zip, Address 1 - Postal Code, Primary Address Postalcode, Billing zip,
    Business Postal Code, Other zip, PLZ, Postleitzahl, Código postal, Cod postal, CP, C.P., Code postal
""")
CITY = names("""
    Town, Town/City, Mailing City, Home City, Address 1 - City, Primary Address City, Billing city, Business City,
    Other city, Locality, Ort, Stadt, Wohnort, Ciudad, Localidad, Población, Municipio, Ville, Commune, Plaats, Stad,
    Woonplaats, Gemeente
""")
STATE = names("""
    State/Region, State/Province, Province, Region, County, Mailing State, Mailing State/Province, Home State,
    Address 1 - State, Address 1 - Region, Primary Address State, Billing state, Business State, Other state,
    Bundesland, Kanton, Provincia, Comunidad autónoma, Estado, Région, Département, Provincie, Provinz
""")
COUNTRY = names("""
    Country/Region, Country code, Country name, Mailing Country, Home Country, Home Country/Region, Address 1 - Country,
    Primary Address Country, Billing country, Business Country, Business Country/Region, Other country, Land, País,
    Pais, Pays, Nation
""")
LATITUDE = names("""
    Lat, Geo latitude, Map latitude, GPS latitude, Mailing Latitude, Breitengrad, Geografische Breite, Latitud,
    Breedtegraad
""")
LONGITUDE = names("""
    Lng, Lon, Long, Geo longitude, Map longitude, GPS longitude, Mailing Longitude, Längengrad, Geografische Länge,
    Longitud, Lengtegraad
""")
NOTES = names("""
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


# Who owns a property may be selling it or letting it: only the office knows.
OWNERS = spellings("Propietario, Propietaria, Eigentümer, Eigentümerin, Propriétaire, Eigenaar, Eigenaresse, Owner")
ROLES = by_name(_ROLE_NAMES, Role)
SALUTATIONS = by_name(_SALUTATION_NAMES, Salutation) | {"": ""}
