"""What other programs, and people, call the columns and values of a lead; see ``contacts.column_names``."""

from contacts.criteria.choices import PropertyType
from contacts.imports.values import by_name, names, spellings
from leads.models.choices import LeadType, Portal, Source, Stage, Status, Timing

# What stands before the name of a field of the search: "search_criteria.price_from".
CRITERIA = spellings("""
    Search criteria, Criteria, Search, Search profile, Property details, Property, Preferences, Property preferences,
    Requirements, Wish, Wishes, Looking for, Interest, Property interest, Demand, Details, Suchprofil, Suchkriterien,
    Criterios, Criterios de búsqueda, Preferencias, Búsqueda, Zoekcriteria, Zoekprofiel, Critères, Critères de recherche
""")
TYPE = names("""
    Type of lead, Type, Client type, Contact type, Customer type, Interest type, Intent, Intention, Operation, Role,
    Lead-Typ, Typ, Kundentyp, Tipo de lead, Tipo, Tipo de cliente, Operación, Tipo de operación, Type de lead,
    Type de client, Soort lead, Soort, Klanttype
""")
STATUS = names("""
    Lead status, Pipeline status, Status name, Pipeline stage, Lead state, Estado, Estado del lead, Statut,
    Statut du lead, Leadstatus
""")
STAGE = names("""
    Lead stage, Temperature, Lead temperature, Rating, Lead rating, Warmth, Heat, Hot/Neutral/Cold, Temperatur,
    Temperatura, Température, Temperatuur, Fase
""")
SOURCE = names("""
    Lead source, Original source, Source name, Lead origin, Origin, Channel, Lead channel, How did you hear about us,
    Quelle, Herkunft, Leadquelle, Lead-Quelle, Fuente, Origen, Fuente del lead, Origen del lead, Procedencia, Bron,
    Herkomst, Leadbron, Source du lead, Origine, Provenance
""")
PORTAL = names("""
    Portal name, Property portal, Source portal, Listing portal, Lead portal, Immobilienportal, Portal inmobiliario,
    Portail, Portail immobilier, Portaal
""")
PROPERTY_TYPES = names("""
    Property type, Property types, Property details type, Property details types, Property kind, Type of property,
    Types of property, Property category, Real estate type, Criteria type, Search criteria type, Preferences type,
    Looking for, Immobilienart, Objektart, Objekttyp, Immobilientyp, Tipo de propiedad, Tipo de inmueble,
    Tipos de propiedad, Tipo inmueble, Type de bien, Type de propriété, Woningtype, Type woning, Soort woning
""")
LOCATIONS = names("""
    Location, Preferred location, Preferred locations, Desired location, Preferred area, Preferred areas, Areas, Zone,
    Zones, Areas of interest, Area of interest, Search area, Property location, Property city, Places, Neighbourhoods,
    Neighborhood, Neighborhoods, Lage, Wunschlage, Wunschort, Orte, Zona, Zonas, Ubicación, Ubicaciones,
    Zonas de interés, Localidades, Locatie, Locaties, Gewenste locatie, Wijk, Secteur, Secteurs, Emplacement,
    Localisation
""")
PRICE_FROM = names("""
    Min price, Price min, Minimum price, Price minimum, Lowest price, Budget from, Min budget, Budget min,
    Minimum budget, Price range min, Price range from, Preis von, Mindestpreis, Preis ab, Budget von, Precio desde,
    Precio mínimo, Precio min, Presupuesto mínimo, Presupuesto desde, Prijs van, Prijs vanaf, Minimumprijs, Prix de,
    Prix min, Prix minimum, Budget minimum
""")
PRICE_TO = names("""
    Max price, Price max, Maximum price, Price maximum, Highest price, Budget to, Max budget, Budget max,
    Maximum budget, Budget, Price range max, Price range to, Preis bis, Höchstpreis, Budget bis, Precio hasta,
    Precio máximo, Precio max, Presupuesto, Presupuesto máximo, Presupuesto hasta, Prijs tot, Maximumprijs, Prix à,
    Prix max, Prix maximum, Budget maximum, Price
""")
BEDROOMS = names("""
    Beds, Min bedrooms, Bedrooms min, Minimum bedrooms, Bedrooms from, Number of bedrooms, Bedrooms at least, Min beds,
    Schlafzimmer, Zimmer, Anzahl Schlafzimmer, Habitaciones, Dormitorios, Número de habitaciones, Slaapkamers,
    Aantal slaapkamers, Chambres, Nombre de chambres
""")
BATHROOMS = names("""
    Baths, Min bathrooms, Bathrooms min, Minimum bathrooms, Bathrooms from, Number of bathrooms, Bathrooms at least,
    Min baths, Badezimmer, Bäder, Anzahl Badezimmer, Baños, Número de baños, Badkamers, Aantal badkamers,
    Salles de bain, Salles de bains, Nombre de salles de bain
""")
AREA_FROM = names("""
    Area from m², Min area, Area min, Minimum area, Min size, Size min, Size from, Minimum size, Living area from,
    Min surface, Surface from, Surface min, Min m2, m2 from, Living area, Size, Surface, Fläche von,
    Wohnfläche von, Wohnfläche ab, Mindestfläche, Superficie desde, Superficie mínima, Metros desde, m2 desde,
    Oppervlakte van, Oppervlakte vanaf, Minimale oppervlakte, Surface de, Surface minimum, Superficie min
""")
AREA_TO = names("""
    Area to m², Max area, Area max, Maximum area, Max size, Size max, Size to, Maximum size, Living area to,
    Max surface, Surface to, Surface max, Max m2, m2 to, Fläche bis, Wohnfläche bis, Superficie hasta,
    Superficie máxima, Metros hasta, m2 hasta, Oppervlakte tot, Maximale oppervlakte, Surface à, Surface maximum,
    Superficie max
""")
FEATURES = names("""
    Feature, Amenities, Property features, Must have, Must haves, Extras, Ausstattung, Merkmale, Características,
    Equipamiento, Comodidades, Kenmerken, Voorzieningen, Équipements, Caractéristiques, Prestations
""")
TIMING = names("""
    Timeframe, Time frame, Timeline, Looking to move, Move date, Purchase timeframe, Buying timeframe, When, Urgency,
    Looking to buy within, Zeitrahmen, Zeitraum, Zeithorizont, Plazo, Cuándo, Plazo de compra, Termijn, Wanneer, Délai,
    Échéance, Quand
""")
REASON = names("""
    Lost reason, Reason lost, Loss reason, Reason for loss, Closed reason, Disqualification reason,
    Unqualified reason, Reason (Lost, Unqualified), Grund, Verlustgrund, Motivo, Motivo de pérdida, Reden,
    Reden verlies, Raison, Motif
""")

_TYPES = {
    LeadType.BUYER: "Buyers, Buy, Buying, Purchase, Purchaser, To buy, Comprador, Compradora, Compra, Comprar, Käufer, "
    "Käuferin, Kauf, Kaufen, Kaufinteressent, Interessent, Koper, Koop, Kopen, Acheteur, Acheteuse, Achat, Acheter",
    LeadType.SELLER: "Sellers, Sell, Selling, Sale, Vendor, To sell, Vendedor, Vendedora, Venta, Vender, Verkäufer, "
    "Verkäuferin, Verkauf, Verkaufen, Verkoper, Verkoop, Verkopen, Vendeur, Vendeuse, Vente, Vendre",
    LeadType.TENANT: "Tenants, Rent, Renting, Renter, To rent, Lessee, Inquilino, Inquilina, Arrendatario, Alquiler, "
    "Alquilar, Mieter, Mieterin, Miete, Mieten, Mietinteressent, Huurder, Huur, Huren, Locataire, Location, Louer",
    LeadType.LANDLORD: "Landlords, Rent out, Renting out, Let, To let, Letting, Lessor, Landlady, Arrendador, "
    "Arrendadora, Casero, Poner en alquiler, Vermieter, Vermieterin, Vermieten, Vermietung, Verhuurder, Verhuren, "
    "Verhuur, Bailleur, Mettre en location",
}
_STATUSES = {
    Status.NEW: "Open, Not contacted, Uncontacted, Fresh, Nuevo, Nueva, Neu, Offen, Nieuw, Nouveau, Nouvelle",
    Status.CONTACTED: "In contact, Attempted to contact, Contact made, Connected, Working, In progress, Contactado, "
    "Contactada, Kontaktiert, In Bearbeitung, Gecontacteerd, Contacté, Contactée",
    Status.QUALIFIED: "Cualificado, Cualificada, Calificado, Qualifiziert, Gekwalificeerd, Qualifié, Qualifiée",
    Status.CONVERTED: "Customer, Client, Closed won, Won, Convertido, Convertida, Konvertiert, Umgewandelt, "
    "Geconverteerd, Converti, Convertie",
    Status.UNQUALIFIED: "Not qualified, Disqualified, Junk, No cualificado, No calificado, Descartado, "
    "Nicht qualifiziert, Unqualifiziert, Niet gekwalificeerd, Non qualifié",
    Status.LOST: "Closed lost, Dead, Perdido, Perdida, Verloren, Perdu, Perdue",
}
_STAGES = {
    Stage.HOT: "Caliente, Heiß, Heiss, Heet, Chaud, Chaude, High",
    Stage.NEUTRAL: "Warm, Medium, Neutro, Templado, Tibio, Lau, Neutraal, Neutre, Tiède",
    Stage.COLD: "Frío, Fría, Kalt, Koud, Froid, Froide, Low",
}
_SOURCES = {
    Source.COLD_CALLING: "Cold call, Llamada en frío, Kaltakquise, Koude acquisitie, "
    "Démarchage, Démarchage téléphonique",
    Source.INCOMING_CALL: "Phone, Phone call, Call, Inbound call, Telephone, Llamada, Llamada entrante, Teléfono, "
    "Anruf, Eingehender Anruf, Telefon, Inkomende oproep, Telefoon, Appel entrant, Téléphone",
    Source.REFERRAL: "Recommendation, Word of mouth, Employee referral, External referral, Referido, Recomendación, "
    "Empfehlung, Aanbeveling, Verwijzing, Recommandation, Bouche à oreille",
    Source.WEBSITE: "Web, Web site, Website form, Web form, Organic search, Direct traffic, Online, Internet, "
    "Página web, Sitio web, Webseite, Homepage, Site web, Site internet",
    Source.SOCIAL_MEDIA: "Facebook, Instagram, LinkedIn, TikTok, X (Twitter), Organic social, Paid social, "
    "Facebook Ads, Redes sociales, Soziale Medien, Social Media Marketing, Sociale media, Réseaux sociaux",
    Source.EMAIL_CAMPAIGN: "Email marketing, Newsletter, Mailing, Campaña de email, Campaña de correo, Boletín, "
    "E-Mail-Kampagne, E-mailcampagne, Nieuwsbrief, Campagne email, Campagne e-mail",
    Source.INCOMING_MAIL: "Email, E-mail, Incoming email, Correo, Correo entrante, Eingehende E-Mail, "
    "Inkomende e-mail, Mail, Courriel, Email entrant",
    Source.BY_PERSON: "In person, Walk in, Walk-in, Office visit, Visit, En persona, Visita, Oficina, Persönlich, "
    "Laufkundschaft, Persoonlijk, En personne, Visite",
    Source.PORTALS: "Portal, Property portal, Property portals, Portales, Portal inmobiliario, Immobilienportal, "
    "Immobilienportale, Portale, Portaal, Woningportaal, Portail, Portails, Portail immobilier",
    Source.NETWORKING: "Networking, Event, Events, Networking event, Trade show, Fair, Exhibition, Evento, Eventos, "
    "Feria, Veranstaltung, Messe, Evenement, Beurs, Événement, Salon",
    Source.PRINT: "Print, Print ad, Newspaper, Magazine, Flyer, Prensa, Revista, Periódico, Folleto, Zeitung, Anzeige, "
    "Printwerbung, Krant, Gedrukte advertentie, Presse, Journal",
    Source.PARTNERS: "Partner, Partners, Partner agency, Collaborator, Collaborators, Agency, Colaborador, "
    "Colaboradores, Socio, Agencia colaboradora, Kooperationspartner, Samenwerkingspartner, Partenaire, Partenaires",
    Source.OUTDOOR: "Outdoor, Billboard, For sale sign, Sign, Board, Valla, Cartel, Publicidad exterior, Außenwerbung, "
    "Schild, Buitenreclame, Bord, Affichage, Panneau",
    Source.RADIO_TV: "Radio, TV, Television, Radio TV, Televisión, Fernsehen, Rundfunk, Televisie, Télévision",
}
_PORTALS = {
    Portal.IDEALISTA: "Idealista.com, www.idealista.com",
    Portal.FOTOCASA: "Fotocasa.es, www.fotocasa.es",
    Portal.KYERO: "Kyero.com, www.kyero.com",
    Portal.THINK_SPAIN: "ThinkSpain, ThinkSpain.com, www.thinkspain.com",
    Portal.PLACE_IN_THE_SUN: "Place in the Sun, APITS, A Place in the Sun.com, aplaceinthesun.com",
    Portal.LUXURY_ESTATE: "LuxuryEstate, LuxuryEstate.com",
    Portal.GREEN_ACRES: "GreenAcres, Green-Acres.com, Green-acres.es",
    Portal.RIGHTMOVE: "Right move, Rightmove.co.uk, Rightmove Overseas",
    Portal.ZOOPLA: "Zoopla.co.uk",
    Portal.OTHER: "Others, Other portal, Otro, Otros, Andere, Anderes, Sonstige, Overig, Overige, Autre, Autres",
}
_PROPERTY_TYPES = {
    PropertyType.APARTMENT: "Apartments, Flat, Flats, Condo, Condominium, Apartamento, Apartamentos, Piso, Pisos, "
    "Wohnung, Wohnungen, Etagenwohnung, Appartement, Appartementen, Appartements",
    PropertyType.PENTHOUSE: "Penthouses, Ático, Áticos, Attic, Dachwohnung",
    PropertyType.DUPLEX: "Duplexes, Maisonette, Dúplex, Maisonettewohnung, Maisonnette",
    PropertyType.STUDIO: "Studios, Estudio, Estudios, Loft, Einzimmerwohnung",
    PropertyType.HOUSE: "Houses, Detached house, Single-family house, Casa, Casas, Chalet pareado, Haus, Häuser, "
    "Einfamilienhaus, Huis, Huizen, Woonhuis, Maison, Maisons",
    PropertyType.TOWNHOUSE: "Town house, Townhouses, Terraced house, Row house, Semi-detached, Semi-detached house, "
    "Adosado, Casa adosada, Pareado, Casa de pueblo, Reihenhaus, Doppelhaushälfte, Rijtjeshuis, Geschakelde woning, "
    "Maison mitoyenne, Maison de ville",
    PropertyType.VILLA: "Villas, Chalet, Chalets, Villa independiente, Villen, Villa's",
    PropertyType.FINCA: "Fincas, Country house, Cortijo, Masía, Finca rústica, Casa rural, Casa de campo, Farmhouse, "
    "Landhaus, Landhuis, Mas, Maison de campagne",
    PropertyType.PLOT: "Plots, Land, Building plot, Building land, Parcela, Parcelas, Terreno, Terrenos, Solar, "
    "Grundstück, Grundstücke, Baugrundstück, Perceel, Bouwgrond, Bouwkavel, Terrain, Terrains, Terrain à bâtir",
    PropertyType.COMMERCIAL: "Commercial property, Office, Offices, Shop, Retail, Business, Local, Local comercial, "
    "Locales, Oficina, Negocio, Nave, Gewerbe, Gewerbeimmobilie, Büro, Laden, Bedrijfspand, Bedrijfsruimte, Kantoor, "
    "Winkel, Commerce, Local commercial, Bureau",
    PropertyType.GARAGE: "Garages, Parking, Parking space, Carport, Garaje, Garajes, Plaza de garaje, Aparcamiento, "
    "Stellplatz, Tiefgarage, Parkeerplaats, Place de parking",
    PropertyType.OTHER: "Others, Otro, Otra, Otros, Andere, Sonstige, Sonstiges, Overig, Overige, Anders, "
    "Autre, Autres",
}
_TIMINGS = {
    Timing.NOW: "Now, Immediately, ASAP, As soon as possible, Immediate, Ya, Ahora, Inmediato, Inmediatamente, Sofort, "
    "Ab sofort, Nu, Meteen, Direct, Maintenant, Immédiat, Immédiatement, Tout de suite",
    Timing.MONTHS_3: "3 months, Up to 3 months, 0-3 months, 1-3 months, Three months, 3 meses, En 3 meses, 3 Monate, "
    "In 3 Monaten, Innerhalb von 3 Monaten, 3 maanden, Binnen 3 maanden, 3 mois, Dans 3 mois",
    Timing.MONTHS_6: "6 months, Up to 6 months, 3-6 months, Six months, Half a year, 6 meses, En 6 meses, 6 Monate, "
    "In 6 Monaten, Innerhalb von 6 Monaten, 6 maanden, Binnen 6 maanden, 6 mois, Dans 6 mois",
    Timing.MONTHS_12: "12 months, within 12 months, Up to 12 months, 6-12 months, A year, One year, 1 year, 12 meses, "
    "Un año, 1 año, 12 Monate, Ein Jahr, 1 Jahr, 12 maanden, Een jaar, 1 jaar, 12 mois, Un an, 1 an",
    Timing.LATER: "Later, More than a year, More than 12 months, 12+ months, 1+ year, Next year, Más tarde, "
    "Más de un año, Später, Mehr als ein Jahr, Meer dan een jaar, Plus tard, Plus d'un an",
    Timing.OPEN: "Open, No date, Not sure, Just looking, Flexible, Unknown, Sin fecha, No lo sabe, Offen, Unbestimmt, "
    "Flexibel, Geen datum, Onbekend, Ouvert, Pas de date",
}

TYPES = by_name(_TYPES, LeadType)
STATUSES = by_name(_STATUSES, Status)
STAGES = by_name(_STAGES, Stage)
PORTALS = by_name(_PORTALS, Portal)
# A portal that is named as the source is the source Portals, and that portal; "other" says nothing of a source.
SOURCES = {name: value for name, value in PORTALS.items() if value != Portal.OTHER} | by_name(_SOURCES, Source)
KINDS_OF_PROPERTY = by_name(_PROPERTY_TYPES, PropertyType)
TIMINGS = by_name(_TIMINGS, Timing)
