"""The columns of companies: one definition for the import, the exports and Django admin."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts import column_names as known_as
from contacts.imports import values
from contacts.imports.columns import Column
from contacts.imports.resources import RecordResource
from contacts.relations import column_names as called
from contacts.relations.models import Channel, Relation, RelationType, Status
from contacts.relations.naming import clean_name
from contacts.resources import split_tags, told_tags
from tesoro.phones import format_phone

NO_TYPE = _("There is no type of company “%(text)s”.")
NO_STATUS = _("There is no status “%(text)s”. Write Active or Inactive.")
NO_CHANNEL = _("There is no channel “%(text)s”. Use one of: Email, Phone, WhatsApp, SMS.")


def _rule(name: str) -> Callable[[str], str]:
    """Return the rule of a model field, which normalises or raises ValidationError."""
    field: Any = Relation._meta.get_field(name)
    return lambda text: field.clean(text, None)


def _choice(known: Mapping[str, str], message: Any) -> Callable[[str], str | None]:
    return lambda text: values.choice(text, known, message)


class RelationResource(RecordResource):
    """Companies as rows of a file."""

    name = Column("Name", "name", clean_name, required=True, risky=True, names=called.NAME,
                  example="Bufete Echeverría")  # fmt: skip
    type = Column("Type", "type", _choice(called.TYPES, NO_TYPE), listed=True, names=called.TYPE, example="Law firm",
                  render=lambda kind: str(RelationType(kind).label))  # fmt: skip
    status = Column("Status", "status", _choice(called.STATUSES, NO_STATUS), listed=True, names=called.STATUS,
                    example="Active", render=lambda status: str(Status(status).label))  # fmt: skip
    email = Column("Email", "email", _rule("email"), risky=True, names=known_as.EMAIL, example="office@example.com")
    phone = Column("Phone", "phone", _rule("phone"), risky=True, names=known_as.PHONE, example="+34 912 34 56 78",
                   render=lambda number: format_phone(str(number or "")))  # fmt: skip
    website = Column("Website", "website", _rule("website"), names=called.WEBSITE, example="https://www.example.com")
    preferred_channel = Column("Preferred channel", "preferred_channel", _choice(called.CHANNELS, NO_CHANNEL),
                               listed=True, names=called.CHANNEL, example="Email",
                               render=lambda one: str(Channel(one).label) if one else "")  # fmt: skip
    credit_terms = Column(
        "Credit terms", "credit_terms", _rule("credit_terms"), names=called.CREDIT_TERMS, example="30 days"
    )
    tags = Column("Tags", "tags", split_tags, names=known_as.TAGS, example="conveyancing",
                  render=told_tags)  # fmt: skip
    street = Column("Street", "street", _rule("street"), names=known_as.STREET, parents=known_as.ADDRESS,
                    example="Calle Bernia 14")  # fmt: skip
    zip_code = Column("Zip code", "zip_code", _rule("zip_code"), names=known_as.ZIP_CODE, parents=known_as.ADDRESS,
                      example="03590")  # fmt: skip
    city = Column("City", "city", _rule("city"), names=known_as.CITY, parents=known_as.ADDRESS, example="Altea")
    state = Column("State", "state", _rule("state"), names=known_as.STATE, parents=known_as.ADDRESS, example="Alicante")
    country = Column("Country", "country", values.country, listed=True, names=known_as.COUNTRY,
                     parents=known_as.ADDRESS, example="Spain")  # fmt: skip
    latitude = Column("Latitude", "latitude", values.latitude, risky=True, names=known_as.LATITUDE,
                      parents=known_as.ADDRESS, example="38.5987", render=values.told_degrees)  # fmt: skip
    longitude = Column("Longitude", "longitude", values.longitude, risky=True, names=known_as.LONGITUDE,
                       parents=known_as.ADDRESS, example="-0.0512", render=values.told_degrees)  # fmt: skip
    note = Column("Note", "note", _rule("note"), names=known_as.NOTES, example="Speaks German and Dutch.")

    class Meta(RecordResource.Meta):
        model = Relation
        fields: Any = (
            "name", "type", "status", "email", "phone", "website", "preferred_channel", "credit_terms", "tags",
            "street", "zip_code", "city", "state", "country", "latitude", "longitude", "note",
        )  # fmt: skip

    def __init__(self, account: Any = None, **kwargs: Any) -> None:
        super().__init__(account, **kwargs)
        if account is not None:
            self.rule_of("phone", self.phone_if_any)

    def init_instance(self, row: Mapping[str, Any] | None = None) -> Relation:
        """Return a company of the account with what a row may leave out."""
        return Relation(account=self.account, created_by_id=self.by.pk if self.by else None)
