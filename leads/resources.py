"""The columns of leads: those of people but the role, and what is known of a prospect.

Each cell is read by the rule that its field has on the model; choices by their names in the languages of the house.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.column_names import OWNERS
from contacts.criteria.choices import PropertyType
from contacts.imports import values
from contacts.imports.columns import Column
from contacts.imports.matching import known_value
from contacts.models import Kind, Person
from contacts.resources import OWNER_ROLE, PersonResource
from leads import column_names as known_as
from leads.models import Lead, LeadType, Portal, Source, Stage, Status, Timing
from tesoro.money import plain_amount

NO_TYPE = _("There is no lead type “%(text)s”. Use Buyer, Seller, Tenant or Landlord.")
NO_STATUS = _("There is no status “%(text)s”. Use New, Contacted, Qualified, Unqualified or Lost.")
CONVERTED = _("Converted leads are contacts. Import this row as one.")
NO_STAGE = _("There is no stage “%(text)s”. Use Hot, Neutral or Cold.")
NO_SOURCE = _("There is no source “%(text)s”.")
NO_PORTAL = _("There is no portal “%(text)s”.")
NO_PROPERTY_TYPE = _("There is no property type “%(text)s”.")
NO_TIMING = _("There is no time “%(text)s”. Write it like “within 6 months”.")
TWO_PORTALS = _("The source names another portal than this.")


def _rule(name: str) -> Callable[[str], Any]:
    """Return the rule of a field of the lead, which normalises or raises ValidationError."""
    field: Any = Lead._meta.get_field(name)
    return lambda text: field.clean(text, None)


def _choice(known: Mapping[str, str], message: Any) -> Callable[[str], str | None]:
    """Return the rule of a field that is one of a list."""
    return lambda text: values.choice(text, known, message)


def _type(text: str) -> str | None:
    if known_value(text[:200]) in OWNERS:
        raise ValidationError(OWNER_ROLE, code="invalid_choice", params={"text": text.strip()[:60]})
    return values.choice(text, known_as.TYPES, NO_TYPE)


def _status(text: str) -> str | None:
    status = values.choice(text, known_as.STATUSES, NO_STATUS)
    if status == Status.CONVERTED:
        raise ValidationError(CONVERTED, code="converted")
    return status


def _property_types(text: str) -> str:
    """Return the kinds of property that a cell names, as they are stored; "" for an empty cell."""
    found = values.several(text, known_as.KINDS_OF_PROPERTY, NO_PROPERTY_TYPE)
    field: Any = Lead._meta.get_field("property_types")
    return field.clean(found, None) if found else ""


def _amount(name: str) -> Callable[[str], str | None]:
    """Return the rule of a price. The amount is kept as text: staged rows are JSON."""
    field: Any = Lead._meta.get_field(name)

    def rule(text: str) -> str | None:
        amount = field.clean(text, None) if text.strip() else None
        return None if amount is None else str(amount)

    return rule


def _number(name: str) -> Callable[[str], int | None]:
    """Return the rule of a number of rooms or metres."""
    field: Any = Lead._meta.get_field(name)
    return lambda text: field.clean(values.whole_number(text), None)


def _label(choices: Any) -> Callable[[Any], str]:
    return lambda value: str(choices(value).label) if value else ""


def combine(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Settle what source and portal say together: each portal may be named in either column.

    Returns the field and the message where they contradict one another.
    """
    source, portal = row.get("source"), row.get("portal")
    if source in Portal.values:
        row["source"], row["portal"] = Source.PORTALS.value, source
        if portal and portal != source:
            return [("portal", str(TWO_PORTALS))]
    elif portal and not source:
        row["source"] = Source.PORTALS.value
    return []


def fill(lead: Lead, row: Mapping[str, Any]) -> None:
    """Set on a lead what a row of cleaned values gives; what it leaves empty stays."""
    for name, attribute in ATTRIBUTES.items():
        if (value := row.get(name)) not in (None, ""):
            setattr(lead, attribute, Decimal(str(value)) if name in AMOUNTS else value)


def judge(lead: Lead) -> list[tuple[str, str]]:
    """Return what takes more than one field and is wrong: the field, as columns call it, and the message."""
    try:
        lead.clean()
    except ValidationError as error:
        return [(_column(name), message) for name, found in error.message_dict.items() for message in found]
    return []


class LeadResource(PersonResource):
    """Leads as rows of a file; ``default_type`` and ``default_property_type`` are those of rows without one."""

    lead_type = Column("Lead type", "lead__type", _type, listed=True, names=known_as.TYPE, example="Buyer",
                       render=_label(LeadType))  # fmt: skip
    status = Column("Status", "lead__status", _status, listed=True, names=known_as.STATUS, example="New",
                    render=_label(Status))  # fmt: skip
    stage = Column("Stage", "lead__stage", _choice(known_as.STAGES, NO_STAGE), listed=True, names=known_as.STAGE,
                   example="Hot", render=_label(Stage))  # fmt: skip
    source = Column("Source", "lead__source", _choice(known_as.SOURCES, NO_SOURCE), listed=True, names=known_as.SOURCE,
                    example="Portals", render=_label(Source))  # fmt: skip
    portal = Column("Portal", "lead__portal", _choice(known_as.PORTALS, NO_PORTAL), listed=True, names=known_as.PORTAL,
                    example="Idealista", render=_label(Portal))  # fmt: skip
    property_types = Column("Property types", "lead__property_types", _property_types, listed=True,
                            names=known_as.PROPERTY_TYPES, parents=known_as.CRITERIA, example="Villa, Penthouse",
                            render=lambda found: ", ".join(
                                str(PropertyType(one).label) for one in found.split(",") if one))  # fmt: skip
    locations = Column("Locations", "lead__locations", _rule("locations"), names=known_as.LOCATIONS,
                       parents=known_as.CRITERIA, example="Marbella, Estepona")  # fmt: skip
    price_from = Column("Price from", "lead__price_from", _amount("price_from"), names=known_as.PRICE_FROM, risky=True,
                        parents=known_as.CRITERIA, example="400000", render=plain_amount)  # fmt: skip
    price_to = Column("Price to", "lead__price_to", _amount("price_to"), names=known_as.PRICE_TO, risky=True,
                      parents=known_as.CRITERIA, example="650k", render=plain_amount)  # fmt: skip
    bedrooms = Column("Bedrooms", "lead__bedrooms", _number("bedrooms"), names=known_as.BEDROOMS,
                      parents=known_as.CRITERIA, example="3")  # fmt: skip
    bathrooms = Column("Bathrooms", "lead__bathrooms", _number("bathrooms"), names=known_as.BATHROOMS,
                       parents=known_as.CRITERIA, example="2")  # fmt: skip
    area_from = Column("Area from", "lead__area_from", _number("area_from"), names=known_as.AREA_FROM, risky=True,
                       parents=known_as.CRITERIA, example="120")  # fmt: skip
    area_to = Column("Area to", "lead__area_to", _number("area_to"), names=known_as.AREA_TO, risky=True,
                     parents=known_as.CRITERIA, example="200 m²")  # fmt: skip
    features = Column("Features", "lead__features", _rule("features"), names=known_as.FEATURES,
                      parents=known_as.CRITERIA, example="Pool, sea view")  # fmt: skip
    timing = Column("Timing", "lead__timing", _choice(known_as.TIMINGS, NO_TIMING), listed=True, names=known_as.TIMING,
                    parents=known_as.CRITERIA, example="within 6 months", render=_label(Timing))  # fmt: skip
    reason = Column("Reason", "lead__reason", _rule("reason"), names=known_as.REASON)

    class Meta(PersonResource.Meta):
        model: Any = Person
        fields: Any = (
            *PersonResource.Meta.fields[:5], "lead_type", "status", "stage", "source", "portal", "property_types",
            "locations", "price_from", "price_to", "bedrooms", "bathrooms", "area_from", "area_to", "features",
            "timing", "reason", *PersonResource.Meta.fields[5:],
        )  # fmt: skip

    def __init__(
        self, account: Any = None, *, default_type: str = "", default_property_type: str = "", **kwargs: Any
    ) -> None:
        super().__init__(account, **kwargs)
        self.default_type, self.default_property_type = default_type, default_property_type

    def init_instance(self, row: Mapping[str, Any] | None = None) -> Person:
        """Return a lead of the account with what a row may leave out."""
        by = self.by.pk if self.by else None
        person = Person(account=self.account, kind=Kind.LEAD, created_by_id=by, language=self.account.language)
        person.lead = Lead(
            account=self.account, type=self.default_type, property_types=self.default_property_type, person=person
        )
        return person

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Read the cells; a portal may be named as the source."""
        super().import_instance(instance, row, **kwargs)
        lead, given = instance.lead, {}
        for name in ("source", "portal"):
            cell = row.get(self.fields[name].column_name)
            given[name] = getattr(lead, name) if str(cell or "").strip() else ""
        if wrong := combine(given):
            raise ValidationError(dict(wrong))
        lead.source, lead.portal = given["source"] or lead.source, given["portal"]

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, *args: Any, **kwargs: Any) -> None:
        """Judge the person and the lead."""
        errors = dict(import_validation_errors or {})
        try:
            instance.lead.full_clean(exclude={"person", "account"} | {ATTRIBUTES.get(name, name) for name in errors})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        super().validate_instance(instance, errors, *args, **kwargs)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Store the lead beside the person, and tag."""
        instance.lead.person = instance
        instance.lead.save(force_insert=True)
        super().after_save_instance(instance, row, **kwargs)


# The fields of the model behind the columns.
ATTRIBUTES = {
    name: column.attribute.removeprefix("lead__")
    for name, column in LeadResource.fields.items()
    if column.attribute.startswith("lead__")
}
AMOUNTS = frozenset({"price_from", "price_to"})


def _column(field: str) -> str:
    return next((name for name, attribute in ATTRIBUTES.items() if attribute == field), field)


def missing_type() -> str:
    """Return what to say of a row without lead type."""
    return now_("Lead type is missing.")
