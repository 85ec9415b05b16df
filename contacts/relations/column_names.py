"""What other programs, and people, call the columns and values of a company; see ``contacts.column_names``."""

from contacts.imports.values import by_name, names, spellings
from contacts.relations.models import Channel, RelationType, Status

# What stands before the name of any field: "company.name", "Organization - Phone".
PREFIXES = spellings("""
    Relation, Company, Organisation, Organization, Firm, Business, Account, Partner, Agency, Firma, Unternehmen, Büro,
    Empresa, Compañía, Sociedad, Despacho, Bedrijf, Onderneming, Kantoor, Entreprise, Société, Company info,
    Company details, Contact info, Contact details, Relation info
""")
NAME = names("""
    Company name, Company, Relation name, Organisation name, Organization name, Organisation, Organization,
    Organization - Name, Account name, Business name, Firm, Firm name, Legal name, Trading name, Firma, Firmenname,
    Firmenbezeichnung, Unternehmen, Unternehmensname, Nombre, Nombre de la empresa, Empresa, Razón social,
    Nombre comercial, Denominación social, Bedrijf, Bedrijfsnaam, Naam, Onderneming, Entreprise, Société,
    Nom de l'entreprise, Nom de la société, Raison sociale, Dénomination, Nom, Relation
""")
TYPE = names("""
    Company type, Relation type, Kind, Category, Industry, Sector, Business type, Organization type, Typ, Art, Branche,
    Firmentyp, Tipo, Tipo de empresa, Categoría, Soort, Soort bedrijf, Type d'entreprise, Catégorie, Secteur
""")
STATUS = names(
    "Company status, Relation status, State of relation, Active, Estado, Activo, Aktiv, Actief, Statut, Actif"
)
WEBSITE = names("""
    Web, Web site, Website URL, Web address, URL, Homepage, Company domain name, Domain, Webseite, Webadresse,
    Internetseite, Sitio web, Página web, Webadres, Site web, Site internet
""")
CHANNEL = names("""
    Channel, Contact channel, Preferred contact, Preferred contact method, Contact preference, Bevorzugter Kanal,
    Kontaktweg, Canal preferido, Canal, Voorkeurskanaal, Canal préféré
""")
CREDIT_TERMS = names("""
    Payment terms, Terms, Terms of payment, Credit, Zahlungsbedingungen, Zahlungsziel, Condiciones de crédito,
    Condiciones de pago, Forma de pago, Betalingsvoorwaarden, Betalingstermijn, Conditions de crédit,
    Conditions de paiement
""")

_TYPES = {
    RelationType.LAW_FIRM: "Law firms, Lawyer, Lawyers, Solicitor, Solicitors, Legal, Attorney, Bufete, "
    "Bufete de abogados, Despacho de abogados, Abogado, Abogados, Kanzlei, Anwaltskanzlei, Rechtsanwalt, "
    "Rechtsanwälte, Advocatenkantoor, Advocaten, Cabinet d'avocats, Avocats, Avocat",
    RelationType.NOTARY: "Notary, Notaries, Notary office, Notaría, Notario, Notariat, Notar, Notariskantoor, Notaris, "
    "Étude notariale, Étude de notaire, Notaire",
    RelationType.BANK: "Banks, Banking, Lender, Mortgage lender, Banco, Caja, Sparkasse, Banque, Kreditinstitut",
    RelationType.CONSTRUCTION: "Construction, Builder, Builders, Building company, Constructora, Empresa constructora, "
    "Construcción, Constructor, Bauunternehmen, Baufirma, Bauunternehmer, Bouwbedrijf, Aannemer, "
    "Entreprise de construction, Constructeur",
    RelationType.AGENCY: "Real estate agency, Estate agency, Estate agent, Agency, External agency, Agencia, "
    "Agencia inmobiliaria, Inmobiliaria, Immobilienbüro, Immobilienmakler, Maklerbüro, Makler, Makelaar, "
    "Makelaarskantoor, Agence immobilière, Agence",
    RelationType.ARCHITECT: "Architect, Architects, Architecture firm, Architects office, Estudio de arquitectura, "
    "Arquitecto, Arquitectos, Architekturbüro, Architekt, Architectenbureau, Cabinet d'architecture, Architecte",
    RelationType.DEVELOPER: "Developer, Developers, Promoter, Promotora, Promotor, Promotora inmobiliaria, Bauträger, "
    "Projektentwickler, Projectontwikkelaar, Promoteur, Promoteur immobilier",
    RelationType.INSURANCE: "Insurer, Insurance company, Aseguradora, Seguros, Compañía de seguros, Versicherung, "
    "Versicherungsgesellschaft, Verzekering, Verzekeraar, Assurance, Assureur",
    RelationType.OTHER: "Others, Otro, Otra, Otros, Andere, Sonstige, Sonstiges, Overig, Overige, Anders, "
    "Autre, Autres",
}
_STATUSES = {
    Status.ACTIVE: "Yes, True, 1, Current, Activo, Activa, Sí, Aktiv, Ja, Actief, Actif, Active, Oui",
    Status.INACTIVE: "No, False, 0, Former, Inactivo, Inactiva, Inaktiv, Nein, Inactief, Nee, Inactif, Inactive, Non",
}
_CHANNELS = {
    Channel.EMAIL: "E-mail, Mail, Correo, Correo electrónico, E-Mail-Adresse, Courriel",
    Channel.PHONE: "Telephone, Call, Mobile, Teléfono, Llamada, Telefon, Anruf, Telefoon, Téléphone, Appel",
    Channel.WHATSAPP: "Whats app, WA",
    Channel.SMS: "Text, Text message, Mensaje, Textnachricht, Texto",
}

TYPES = by_name(_TYPES, RelationType)
STATUSES = by_name(_STATUSES, Status)
CHANNELS = by_name(_CHANNELS, Channel)
