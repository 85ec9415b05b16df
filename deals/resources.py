"""The columns of deals: one definition for the exports and the import.

Each cell is read by the rule that its field has on the model.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts import column_names as known_as
from contacts.criteria.choices import PropertyType
from contacts.criteria.models import Criteria
from contacts.imports import values
from contacts.imports.columns import Column
from contacts.imports.resources import RecordResource
from contacts.resources import split_tags, told_tags
from contacts.tasks.models.due import validate_day
from deals import column_names as called
from deals.models import Deal, DealType, Stage
from deals.models.choices import pipeline_of, stages_of
from deals.naming import People, told
from tesoro.fields import missing
from tesoro.money import plain_amount

NO_TYPE = _("There is no type of deal “%(text)s”. Use Buy, Sell, Rent or Rent out.")
NO_STAGE = _("There is no stage “%(text)s”. Use one of: %(stages)s.")
NO_PROPERTY_TYPE = _("There is no property type “%(text)s”.")
IN_FUTURE = _("A deal cannot have been won or lost in the future.")
NOT_CLOSED = _("The deal is neither won nor lost. Leave this empty, or give it the stage Won or Lost.")
OTHER_PIPELINE = _("A deal of type %(type)s has no stage “%(stage)s”. Use one of: %(stages)s.")


def _rule(name: str) -> Callable[[Any], Any]:
    """Return the rule of a field of the deal, which normalises or raises ValidationError."""
    field: Any = Deal._meta.get_field(name)
    return lambda text: field.clean(text, None)


def _amount(name: str) -> Callable[[str], str | None]:
    """Return the rule of an amount or a share. It is kept as text: staged rows are JSON."""
    field: Any = Deal._meta.get_field(name)

    def rule(text: str) -> str | None:
        amount = field.clean(text, None) if text.strip() else None
        return None if amount is None else str(amount)

    return rule


def _number(name: str) -> Callable[[str], int | None]:
    """Return the rule of a number of rooms or metres."""
    field: Any = Deal._meta.get_field(name)
    return lambda text: field.clean(values.whole_number(text), None)


def _day(text: str) -> str | None:
    """Return the closing date in a cell as text: staged rows are JSON."""
    day = _rule("closing_on")(values.day(text))
    return None if day is None else day.isoformat()


def closed_on(text: str, account: Any) -> str | None:
    """Return when a deal was won or lost, as text, of the day in a cell: its noon by the clock of the account.

    Of today no later than now. Raises ValidationError for a day that is still to come, or that nobody means.
    """
    day = values.day(text)
    if day is None:
        return None
    now = timezone.localtime(timezone=account.zone)
    if day > now.date():
        raise ValidationError(IN_FUTURE, code="future")
    validate_day(day)
    noon = datetime.combine(day, time(12), account.zone)
    return min(noon, now).isoformat()


def _stage(text: str) -> str | None:
    try:
        return values.choice(text, called.STAGES, NO_STAGE)
    except ValidationError as refusal:
        told = {**(refusal.params or {}), "stages": _labels(Stage)}
        raise ValidationError(NO_STAGE, code="invalid_choice", params=told) from None


def _labels(stages: Any) -> str:
    return ", ".join(str(stage.label) for stage in stages)


def _property_types(text: str) -> str:
    found = values.several(text, called.KINDS_OF_PROPERTY, NO_PROPERTY_TYPE)
    field: Any = Deal._meta.get_field("property_types")
    return str(field.clean(found, None)) if found else ""


def _kinds(found: str) -> str:
    return ", ".join(str(PropertyType(one).label) for one in found.split(",") if one)


def typed(name: str, value: Any) -> Any:
    """Return a staged value of a field as the model has it: an amount, a day, a moment."""
    if name in AMOUNTS:
        return Decimal(value)
    if name == "closed_on":
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name == "closing_on" else value


def fill(deal: Deal, row: Mapping[str, Any]) -> None:
    """Set on a deal what a row of cleaned values gives of its own fields; what it leaves empty stays."""
    for name in OWN:
        if (value := row.get(name)) not in (None, ""):
            setattr(deal, name, typed(name, value))


def judge(deal: Deal, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Settle what takes more than one field of a deal, as ``Deal.clean`` does but for its agent, who is a cell's.

    ``row`` has set the fields of the deal; it may say when a closed one was closed. Returns the field and the message
    of each that is wrong. What the stage has no room for is gone from the deal.
    """
    wrong = []
    deal.pipeline = pipeline_of(deal.type)
    stages = stages_of(deal.pipeline)
    if deal.stage not in stages:
        words = {"type": DealType(deal.type).label, "stage": Stage(deal.stage).label, "stages": _labels(stages)}
        wrong.append(("stage", str(OTHER_PIPELINE % words)))
    if deal.stage != Stage.LOST:
        deal.reason = ""
    elif not deal.reason:
        wrong.append(("reason", missing(Deal._meta.get_field("reason")).messages[0]))
    if row.get("closed_on") and not deal.is_closed:
        wrong.append(("closed_on", str(NOT_CLOSED)))
    try:
        Criteria.clean(deal)
    except ValidationError as error:
        wrong += [(name, message) for name, found in error.message_dict.items() for message in found]
    return wrong


def missing_type() -> str:
    """Return what to say of a row without type."""
    return now_("Type is missing.")


class DealResource(RecordResource):
    """Deals as rows of a file. Contacts are named by their email, with their role in the deal behind it."""

    name = Column("Name", "name", _rule("name"), required=True, risky=True, names=called.NAME,
                  example="Villa Altea Hills")  # fmt: skip
    type = Column("Type", "type", lambda text: values.choice(text, called.TYPES, NO_TYPE), listed=True,
                  names=called.TYPE, example="Buy", render=lambda kind: str(DealType(kind).label))  # fmt: skip
    stage = Column("Stage", "stage", _stage, listed=True, names=called.STAGE, example="Offer",
                   render=lambda stage: str(Stage(stage).label))  # fmt: skip
    reason = Column("Reason", "reason", _rule("reason"), names=called.REASON)
    contacts = Column("Contacts", "who", People(None).read, required=True, risky=True, names=called.CONTACTS,
                      parents=called.PARTIES, example="ines@example.com (Buyer)", render=told)  # fmt: skip
    owner_email = Column("Owner email", "assigned_to", str, risky=True, names=("Deal owner", *known_as.OWNER_EMAIL),
                         example="agent@example.com", render=lambda user: str(user.email))  # fmt: skip
    value = Column("Value", "value", _amount("value"), names=called.VALUE, parents=called.PROPERTY, risky=True,
                   example="450000", render=plain_amount)  # fmt: skip
    commission = Column("Commission, %", "commission", _amount("commission"), names=called.COMMISSION, risky=True,
                        example="3.5", render=plain_amount)  # fmt: skip
    closing_on = Column("Closing date", "closing_on", _day, names=called.CLOSING_ON, risky=True,
                        example="2027-03-31", render=lambda day: str(day.isoformat()))  # fmt: skip
    closed_on = Column("Won or lost on", "closed_at", str, names=called.CLOSED_ON, risky=True)
    tags = Column("Tags", "tags", split_tags, names=known_as.TAGS, example="sea view", render=told_tags)
    description = Column("Property description", "description", _rule("description"), names=called.DESCRIPTION,
                         parents=called.PROPERTY)  # fmt: skip
    street = Column("Street", "street", _rule("street"), names=known_as.STREET, parents=called.PLACE,
                    example="Calle Bernia 14")  # fmt: skip
    zip_code = Column("Zip code", "zip_code", _rule("zip_code"), names=known_as.ZIP_CODE, parents=called.PLACE,
                      example="03590")  # fmt: skip
    city = Column("City", "city", _rule("city"), names=known_as.CITY, parents=called.PLACE, example="Altea")
    state = Column("State", "state", _rule("state"), names=known_as.STATE, parents=called.PLACE, example="Alicante")
    country = Column("Country", "country", values.country, listed=True, names=known_as.COUNTRY,
                     parents=called.PLACE, example="Spain")  # fmt: skip
    latitude = Column("Latitude", "latitude", values.latitude, risky=True, names=known_as.LATITUDE,
                      parents=called.PLACE, example="38.5987", render=values.told_degrees)  # fmt: skip
    longitude = Column("Longitude", "longitude", values.longitude, risky=True, names=known_as.LONGITUDE,
                       parents=called.PLACE, example="-0.0512", render=values.told_degrees)  # fmt: skip
    property_types = Column("Property types", "property_types", _property_types, listed=True,
                            names=called.PROPERTY_TYPES, parents=called.CRITERIA, example="Villa, Penthouse",
                            render=_kinds)  # fmt: skip
    locations = Column("Locations", "locations", _rule("locations"), names=called.LOCATIONS, parents=called.CRITERIA,
                       example="Altea, Calpe")  # fmt: skip
    price_from = Column("Price from", "price_from", _amount("price_from"), names=called.PRICE_FROM, risky=True,
                        parents=called.CRITERIA, example="400000", render=plain_amount)  # fmt: skip
    price_to = Column("Price to", "price_to", _amount("price_to"), names=called.PRICE_TO, risky=True,
                      parents=called.CRITERIA, example="650k", render=plain_amount)  # fmt: skip
    bedrooms = Column("Bedrooms", "bedrooms", _number("bedrooms"), names=called.BEDROOMS, parents=called.CRITERIA,
                      example="3")  # fmt: skip
    bathrooms = Column("Bathrooms", "bathrooms", _number("bathrooms"), names=called.BATHROOMS, parents=called.CRITERIA,
                       example="2")  # fmt: skip
    area_from = Column("Area from", "area_from", _number("area_from"), names=called.AREA_FROM, risky=True,
                       parents=called.CRITERIA, example="120")  # fmt: skip
    area_to = Column("Area to", "area_to", _number("area_to"), names=called.AREA_TO, risky=True,
                     parents=called.CRITERIA, example="200 m²")  # fmt: skip
    features = Column("Features", "features", _rule("features"), names=called.FEATURES, parents=called.CRITERIA,
                      example="Pool, sea view")  # fmt: skip

    class Meta(RecordResource.Meta):
        model = Deal
        fields: Any = (
            "name", "type", "stage", "reason", "contacts", "owner_email", "value", "commission", "closing_on",
            "closed_on", "tags", "description", "street", "zip_code", "city", "state", "country", "latitude",
            "longitude", "property_types", "locations", "price_from", "price_to", "bedrooms", "bathrooms", "area_from",
            "area_to", "features",
        )  # fmt: skip

    def __init__(self, account: Any = None, **kwargs: Any) -> None:
        super().__init__(account, **kwargs)
        if account is not None:
            self.rule_of("owner_email", self._owner)
            self.rule_of("closed_on", lambda text: closed_on(text, account))

    def dehydrate_closed_on(self, deal: Deal) -> str:
        """Return the day on which a deal was won or lost, by the clock of its account."""
        if deal.closed_at is None:
            return ""
        return timezone.localtime(deal.closed_at, deal.account.zone).date().isoformat()

    def look_up(self, cells: Callable[[str], Sequence[str]]) -> None:
        """Load what cells are looked up in: active users of the account, and the people named, in two queries.

        A third one looks in the trash for those who are not found.
        """
        self.look_up_owners()
        self.rule_of("contacts", People(self.account, cells("contacts")).read)

    def _owner(self, text: str) -> int | None:
        """Return the colleague of a cell; a deal without one is made by whoever imports, as in a new form."""
        return self.owner(text) if text.strip() else None


AMOUNTS = frozenset({"value", "commission", "price_from", "price_to"})
# The columns that are fields of the deal by their own name.
OWN = [name for name in DealResource._meta.fields if DealResource.fields[name].attribute == name and name != "tags"]
