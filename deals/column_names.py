"""What other programs, and people, call the columns and values of a deal; see ``contacts.column_names``."""

from collections.abc import Mapping

from contacts.column_names import ADDRESS
from contacts.criteria.choices import PropertyType
from contacts.imports.values import by_name, names, spellings
from deals.models.choices import DealType, Stage

# What stands before the name of any field: "deal.name", "Opportunity - Stage".
PREFIXES = spellings("""
    Deal, Opportunity, Potential, Transaction, Deal info, Deal details, Geschäft, Abschluss, Verkaufschance, Negocio,
    Oportunidad, Transactie, Affaire, Opportunité
""")
# What stands before the address of the property, what it costs, and what is looked for.
PROPERTY = spellings("""
    Property, Property details, Property info, Property address, Listing, Immobilie, Objekt, Inmueble, Propiedad,
    Woning, Bien
""")
PLACE = ADDRESS | PROPERTY
CRITERIA = PROPERTY | spellings("""
    Search criteria, Criteria, Search, Search profile, Preferences, Requirements, Wish, Looking for, Suchprofil,
    Suchkriterien, Criterios, Criterios de búsqueda, Zoekcriteria, Zoekprofiel, Critères, Critères de recherche
""")
PARTIES = spellings("Contacts, Contact, Parties, Clients, Client, Person, People, Kontakt, Contacto, Cliente")

NAME = names("""
    Deal name, Deal title, Title, Deal, Opportunity, Opportunity name, Transaction name, Subject, Titel, Bezeichnung,
    Nombre, Nombre del negocio, Título, Naam, Nom, Titre, Nom de l'affaire
""")
TYPE = names("""
    Deal type, Transaction type, Type of deal, Kind, Operation, Pipeline, Tipo, Tipo de operación, Operación, Typ, Art,
    Geschäftsart, Vermarktungsart, Soort, Soort transactie, Type d'affaire
""")
STAGE = names("""
    Deal stage, Pipeline stage, Stage name, Opportunity stage, Status, Etapa, Etapa del negocio, Fase, Phase, Stadium,
    Estado, Étape, Statut
""")
REASON = names("""
    Lost reason, Closed lost reason, Loss reason, Reason lost, Reason for loss, Motivo, Motivo de pérdida, Grund,
    Verlustgrund, Reden, Reden verlies, Raison, Motif
""")
CONTACTS = names("""
    Contact emails, Contact email, Parties, Associated contact, Associated contacts, Associated contact emails,
    Client email, Client emails, Clients, Client, Customer email, Email, E-mail, Email address, Person email, Contact,
    Contacts 0 email, Person, Contactos, Correo electrónico, Email del cliente, Kontakte, Kontakt E-Mail,
    E-Mail-Adresse, Kunde, Contacten, E-mailadres, Adresse e-mail
""")
VALUE = names("""
    Amount, Deal value, Deal amount, Price, Sale price, Selling price, Asking price, Importe, Valor, Precio,
    Precio de venta, Betrag, Wert, Preis, Kaufpreis, Verkaufspreis, Bedrag, Waarde, Prijs, Montant, Valeur, Prix
""")
COMMISSION = names("""
    Commission, Commission rate, Commission percent, Fee, Fee %, Comisión, Honorarios, Provision, Courtage, Commissie,
    Makelaarscourtage
""")
CLOSING_ON = names("""
    Close date, Expected close date, Expected closing, Closing, Closing on, Deal close date, Completion date,
    Fecha de cierre, Cierre, Abschlussdatum, Abschluss, Sluitingsdatum, Date de clôture, Date de signature
""")
CLOSED_ON = names("""
    Won or lost, Won or lost at, Won on, Won at, Won date, Won time, Date won, Lost on, Lost at, Lost date, Lost time,
    Date lost, Closed on, Closed at, Closed date, Date closed, Deal closed on, Actual close date, Actual closing date,
    Ganado o perdido el, Ganada o perdida el, Ganado el, Perdido el, Cerrado el, Fecha de ganado, Fecha de pérdida,
    Fecha de cierre real, Gewonnen oder verloren am, Gewonnen am, Verloren am, Abgeschlossen am, Geschlossen am,
    Tatsächliches Abschlussdatum, Gewonnen of verloren op, Gagné ou perdu le
""")
DESCRIPTION = names("""
    Description, Property, Notes, Note, Remarks, Descripción, Descripción del inmueble, Beschreibung,
    Objektbeschreibung, Omschrijving, Beschrijving
""")
PROPERTY_TYPES = names("""
    Property type, Property kind, Type of property, Tipo de inmueble, Tipo de propiedad, Immobilienart, Objektart,
    Type de bien, Woningtype, Property details type, Criteria type, Search criteria type
""")
LOCATIONS = names("""
    Location, Area, Areas, Preferred location, Preferred locations, Zone, Zona, Zonas, Ubicación, Lage, Wunschlage,
    Locatie, Locaties, Emplacement, Secteur
""")
PRICE_FROM = names("""
    Min price, Price min, Minimum price, Budget from, Min budget, Preis von, Precio desde, Precio mínimo, Prijs vanaf,
    Prix de, Prix minimum
""")
PRICE_TO = names("""
    Max price, Price max, Maximum price, Budget, Budget to, Max budget, Preis bis, Precio hasta, Precio máximo,
    Presupuesto, Prijs tot, Prix maximum
""")
BEDROOMS = names("Beds, Min bedrooms, Bedrooms min, Schlafzimmer, Habitaciones, Dormitorios, Slaapkamers, Chambres")
BATHROOMS = names("Baths, Min bathrooms, Bathrooms min, Badezimmer, Bäder, Baños, Badkamers, Salles de bain")
AREA_FROM = names(
    "Min area, Area min, Area from m², Living area, Size, Fläche von, Superficie desde, Oppervlakte vanaf"
)
AREA_TO = names("Max area, Area max, Area to m², Fläche bis, Superficie hasta, Oppervlakte tot")
FEATURES = names("Feature, Amenities, Property features, Extras, Ausstattung, Características, Kenmerken, Équipements")

_TYPES: Mapping[str, str] = {
    DealType.BUY: "Buying, Buyer, Buyers, Purchase, Acquisition, Compra, Comprar, Comprador, Kauf, Kaufen, Käufer, "
    "Koop, Kopen, Koper, Achat, Acheter, Acheteur",
    DealType.SELL: "Selling, Seller, Sellers, Sale, Vendor, Venta, Vender, Vendedor, Verkauf, Verkaufen, Verkäufer, "
    "Verkoop, Verkopen, Verkoper, Vente, Vendre, Vendeur",
    DealType.RENT: "Renting, Rental, Tenant, Tenants, To rent, Alquiler, Alquilar, Inquilino, Miete, Mieten, Mieter, "
    "Huur, Huren, Huurder, Location, Louer, Locataire",
    DealType.RENT_OUT: "Renting out, Letting, Let, To let, Landlord, Landlords, Poner en alquiler, Arrendador, "
    "Vermietung, Vermieten, Vermieter, Verhuur, Verhuren, Verhuurder, Mettre en location, Bailleur",
}
_STAGES: Mapping[str, str] = {
    Stage.KNOWING: "Knowing, Knowing the property, Conociendo, Kennenlernen",
    Stage.FIRST_VISIT: "1st visit, First viewing, Primera visita, Erste Besichtigung, Eerste bezichtiging, "
    "Première visite",
    Stage.MORE_VISITS: "More visits, Several visits, Multiple viewings, Varias visitas, Mehrere Besichtigungen, "
    "Meerdere bezichtigingen, Plusieurs visites",
    Stage.MANDATE: "Listing agreement, Mandato, Encargo, Auftrag, Maklerauftrag, Opdracht, Mandat",
    Stage.ONLINE: "Published, Listed, Publicado, Veröffentlicht, Gepubliceerd, Publié, En ligne",
    Stage.VISITS: "Viewings, Visitas, Besichtigungen, Bezichtigingen, Visites",
    Stage.OFFER: "Offers, Oferta, Angebot, Bod, Offre",
    Stage.RESERVATION: "Reserved, Reserva, Reservado, Reservierung, Reserviert, Reservering, Réservation",
    Stage.CONTRACT: "10 percent contract, Private contract, Arras, Contrato de arras, Contrato privado, "
    "Privatvertrag, Anzahlungsvertrag, Voorlopig koopcontract, Compromis",
    Stage.DEPOSIT: "Señal, Fianza, Anzahlung, Kaution, Aanbetaling, Borg, Acompte, Dépôt",
    Stage.DEED: "Deed, Signing, Notary, Escritura, Firma, Notartermin, Beurkundung, Akte, Acte",
    Stage.WON: "Closed won, Success, Ganado, Ganada, Gewonnen, Gagné, Gagnée",
    Stage.LOST: "Closed lost, Dead, Perdido, Perdida, Verloren, Perdu, Perdue",
}
TYPES = by_name(_TYPES, DealType)
STAGES = by_name(_STAGES, Stage)
# Whoever the deal is made for: as what, its type says.
CLIENTS = spellings("Client, Clients, Customer, Main contact, Primary, Cliente, Kunde, Kundin, Klant")
_PROPERTY_TYPES: Mapping[str, str] = {
    PropertyType.APARTMENT: "Apartments, Flat, Flats, Condo, Apartamento, Piso, Pisos, Wohnung, Wohnungen, Appartement",
    PropertyType.PENTHOUSE: "Penthouses, Ático, Áticos, Dachwohnung",
    PropertyType.DUPLEX: "Duplexes, Dúplex, Maisonette",
    PropertyType.STUDIO: "Studios, Estudio, Loft",
    PropertyType.HOUSE: "Houses, Detached house, Casa, Casas, Haus, Häuser, Einfamilienhaus, Huis, Woonhuis, Maison",
    PropertyType.TOWNHOUSE: "Town house, Townhouses, Terraced house, Adosado, Casa adosada, Pareado, Reihenhaus, "
    "Rijtjeshuis, Maison mitoyenne",
    PropertyType.VILLA: "Villas, Chalet, Chalets, Villen",
    PropertyType.FINCA: "Fincas, Country house, Cortijo, Masía, Landhaus, Landhuis, Mas",
    PropertyType.PLOT: "Plots, Land, Parcela, Terreno, Solar, Grundstück, Perceel, Bouwgrond, Terrain",
    PropertyType.COMMERCIAL: "Commercial property, Office, Shop, Local, Local comercial, Oficina, Gewerbe, Büro, "
    "Bedrijfspand, Kantoor, Local commercial, Bureau",
    PropertyType.GARAGE: "Garages, Parking, Garaje, Plaza de garaje, Stellplatz, Parkeerplaats",
    PropertyType.OTHER: "Others, Otro, Andere, Sonstige, Overig, Autre",
}
KINDS_OF_PROPERTY = by_name(_PROPERTY_TYPES, PropertyType)
