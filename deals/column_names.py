"""What other systems call the columns of a deal, and what files write in them."""

from collections.abc import Mapping

from contacts.criteria.choices import PropertyType
from contacts.imports.values import by_name
from deals.models.choices import DealType, Stage

NAME = ("Deal name", "Deal title", "Title", "Deal", "Opportunity", "Opportunity name", "Nombre", "Titel")
TYPE = ("Deal type", "Pipeline", "Tipo", "Typ", "Art")
STAGE = ("Deal stage", "Etapa", "Fase", "Phase", "Status")
REASON = ("Lost reason", "Closed lost reason", "Loss reason", "Motivo", "Grund")
CONTACTS = ("Contact emails", "Associated contacts", "Contact", "Client email", "Person", "Contactos", "Kontakte")
VALUE = ("Amount", "Deal value", "Price", "Importe", "Valor", "Betrag", "Wert")
COMMISSION = ("Commission", "Fee", "Comisión", "Provision")
CLOSING_ON = ("Close date", "Expected close date", "Closing", "Fecha de cierre", "Abschlussdatum")
DESCRIPTION = ("Description", "Property", "Descripción", "Beschreibung")
PROPERTY_TYPES = ("Property type", "Tipo de inmueble", "Immobilienart")
LOCATIONS = ("Location", "Area", "Zona", "Lage")

_TYPE_WORDS: Mapping[str, str] = {
    DealType.BUY: "Purchase, Buyer, Compra, Kauf, Achat",
    DealType.SELL: "Sale, Seller, Venta, Verkauf, Vente",
    DealType.RENT: "Rental, Tenant, Alquiler, Miete",
    DealType.RENT_OUT: "Letting, Landlord, Vermietung",
}
TYPES = by_name(_TYPE_WORDS, DealType)
STAGES = by_name({Stage.WON: "Closed won, Ganado, Gewonnen", Stage.LOST: "Closed lost, Perdido, Verloren"}, Stage)
KINDS_OF_PROPERTY = by_name({}, PropertyType)
