"""The columns of deals: one definition for the exports, Django admin and the import.

Each cell is read by the rule that its field has on the model.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts import column_names as known_as
from contacts.criteria.choices import PropertyType
from contacts.imports import values
from contacts.imports.columns import Column
from contacts.imports.resources import RecordResource
from contacts.resources import split_tags
from deals import column_names as called
from deals.models import Deal, DealType, Party, Stage
from tesoro.money import plain_amount

NO_TYPE = _("There is no type of deal “%(text)s”. Use Buy, Sell, Rent or Rent out.")
NO_STAGE = _("There is no stage “%(text)s”.")
NO_PROPERTY_TYPE = _("There is no property type “%(text)s”.")


def _rule(name: str) -> Callable[[str], Any]:
    """Return the rule of a field of the deal, which normalises or raises ValidationError."""
    field: Any = Deal._meta.get_field(name)
    return lambda text: field.clean(text, None) if text.strip() else None


def _number(name: str) -> Callable[[str], int | None]:
    """Return the rule of a number of rooms or metres."""
    field: Any = Deal._meta.get_field(name)
    return lambda text: field.clean(values.whole_number(text), None)


def _property_types(text: str) -> str:
    found = values.several(text, called.KINDS_OF_PROPERTY, NO_PROPERTY_TYPE)
    field: Any = Deal._meta.get_field("property_types")
    return str(field.clean(found, None)) if found else ""


def _kinds(found: str) -> str:
    return ", ".join(str(PropertyType(one).label) for one in found.split(",") if one)


def told(parties: Iterable[Party]) -> str:
    """Return who takes part, as a cell: "ines@example.com (Buyer), ada@example.org (Lawyer)"."""
    return ", ".join(f"{party.person.email} ({party.role_label})" for party in parties)


class DealResource(RecordResource):
    """Deals as rows of a file. Contacts are named by their email, with their role in the deal behind it."""

    name = Column("Name", "name", _rule("name"), required=True, risky=True, names=called.NAME,
                  example="Villa Altea Hills")  # fmt: skip
    type = Column("Type", "type", lambda text: values.choice(text, called.TYPES, NO_TYPE), listed=True,
                  names=called.TYPE, example="Buy", render=lambda kind: str(DealType(kind).label))  # fmt: skip
    stage = Column("Stage", "stage", lambda text: values.choice(text, called.STAGES, NO_STAGE), listed=True,
                   names=called.STAGE, example="Offer", render=lambda stage: str(Stage(stage).label))  # fmt: skip
    reason = Column("Reason", "reason", _rule("reason"), names=called.REASON)
    contacts = Column("Contacts", "who", str, required=True, names=called.CONTACTS,
                      example="ines@example.com (Buyer)", render=told)  # fmt: skip
    owner_email = Column("Owner email", "assigned_to", str, names=known_as.OWNER_EMAIL, example="agent@example.com",
                         render=lambda user: str(user.email))  # fmt: skip
    value = Column("Value", "value", _rule("value"), names=called.VALUE, example="450000", render=plain_amount)
    commission = Column("Commission, %", "commission", _rule("commission"), names=called.COMMISSION, example="3.5",
                        render=plain_amount)  # fmt: skip
    closing_on = Column("Closing date", "closing_on", _rule("closing_on"), names=called.CLOSING_ON,
                        example="2027-03-31", render=lambda day: str(day.isoformat()))  # fmt: skip
    tags = Column("Tags", "tags", split_tags, names=known_as.TAGS, example="sea view",
                  render=lambda tags: ", ".join(tag.name for tag in tags.all()))  # fmt: skip
    description = Column("Property description", "description", _rule("description"), names=called.DESCRIPTION)
    street = Column("Street", "street", _rule("street"), names=known_as.STREET, parents=known_as.ADDRESS,
                    example="Calle Bernia 14")  # fmt: skip
    zip_code = Column("Zip code", "zip_code", _rule("zip_code"), names=known_as.ZIP_CODE, parents=known_as.ADDRESS,
                      example="03590")  # fmt: skip
    city = Column("City", "city", _rule("city"), names=known_as.CITY, parents=known_as.ADDRESS, example="Altea")
    state = Column("State", "state", _rule("state"), names=known_as.STATE, parents=known_as.ADDRESS, example="Alicante")
    country = Column("Country", "country", values.country, listed=True, names=known_as.COUNTRY,
                     parents=known_as.ADDRESS, example="Spain")  # fmt: skip
    property_types = Column("Property types", "property_types", _property_types, listed=True,
                            names=called.PROPERTY_TYPES, example="Villa, Penthouse", render=_kinds)  # fmt: skip
    locations = Column("Locations", "locations", _rule("locations"), names=called.LOCATIONS, example="Altea, Calpe")
    price_from = Column("Price from", "price_from", _rule("price_from"), risky=True, example="400000",
                        render=plain_amount)  # fmt: skip
    price_to = Column("Price to", "price_to", _rule("price_to"), risky=True, example="650k", render=plain_amount)
    bedrooms = Column("Bedrooms", "bedrooms", _number("bedrooms"), example="3")
    bathrooms = Column("Bathrooms", "bathrooms", _number("bathrooms"), example="2")
    area_from = Column("Area from", "area_from", _number("area_from"), risky=True, example="120")
    area_to = Column("Area to", "area_to", _number("area_to"), risky=True, example="200 m²")
    features = Column("Features", "features", _rule("features"), example="Pool, sea view")

    class Meta(RecordResource.Meta):
        model = Deal
        fields: Any = (
            "name", "type", "stage", "reason", "contacts", "owner_email", "value", "commission", "closing_on", "tags",
            "description", "street", "zip_code", "city", "state", "country", "property_types", "locations",
            "price_from", "price_to", "bedrooms", "bathrooms", "area_from", "area_to", "features",
        )  # fmt: skip
