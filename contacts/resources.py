"""The columns of people: one definition for the import, the exports and Django admin.

Each cell is read by the very function that is the rule of its field on the model, so that form, import, admin and
django-import-export give one verdict.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import column_names as known_as
from contacts.forms import MOST_TAGS
from contacts.imports import values
from contacts.imports.columns import Column
from contacts.imports.matching import known_value
from contacts.imports.resources import NO_OWNER, RecordResource
from contacts.models import Contact, Role, Salutation, Tag
from contacts.relations.naming import clean_name, known_names, name_key
from tesoro.phones import clean_phone, format_phone
from tesoro.words import joined, words

NO_ROLE = gettext_lazy("There is no role “%(text)s”. Use one of: %(roles)s.")
OWNER_ROLE = gettext_lazy("There is no role “%(text)s”. Write Seller or Landlord.")
NO_SALUTATION = gettext_lazy("There is no salutation “%(text)s”. Use Mrs., Mr., Ms., Mx., Dr., Prof. or none.")
NO_RELATION = gettext_lazy("No relation of this account has this name.")
NONE_WORDS = values.spellings("None, Keine, Ninguno, Ninguna, Aucun, Aucune, Geen")  # "no" is Norwegian
NAME_READ = 200  # letters of a cell that a company's name is looked for in


def _rule(name: str) -> Callable[[str], str]:
    """Return the rule of a model field, which normalises or raises ValidationError."""
    field: Any = Contact._meta.get_field(name)
    return lambda text: field.clean(text, None)


def clean_role(text: str) -> str | None:
    """Return the role that a cell names, None for an empty one, or raise ValidationError that names them all."""
    if known_value(text[:200]) in known_as.OWNERS:
        raise ValidationError(OWNER_ROLE, code="invalid_choice", params={"text": text.strip()[:60]})
    try:
        return values.choice(text, known_as.ROLES, NO_ROLE)
    except ValidationError as refusal:
        roles = ", ".join(str(role.label) for role in Role)
        raise ValidationError(
            NO_ROLE, code="invalid_choice", params={**(refusal.params or {}), "roles": roles}
        ) from None


def _salutation(text: str) -> str | None:
    return values.choice(text, known_as.SALUTATIONS, NO_SALUTATION)


def split_tags(text: str) -> list[str]:
    """Return the tags of a cell, which stand between commas, semicolons, bars or line breaks; see ``tesoro.words``."""
    field: Any = Tag._meta.get_field("name")
    names = words(text)
    if len(names) > MOST_TAGS:
        raise ValidationError(_("A contact has at most 50 tags."), code="too_many")
    return [field.clean(name, None) for name in names]


def told_tags(tags: Any) -> str:
    """Return the tags of a record as a cell, from which ``split_tags`` reads them."""
    return joined(tag.name for tag in tags.all())


def _language(text: str) -> str | None:
    """Return the language that a cell names, "" where it says that there is none; None for an empty cell."""
    if not text.strip():
        return None
    return "" if known_value(text[:200]) in NONE_WORDS else values.language(text)


def told_relation(relation: Any) -> str:
    """Return the company of a person as a cell; one in the trash is nobody's."""
    return "" if relation.deleted_at else str(relation.name)


def _unknown(message: Any) -> Callable[[str], Any]:
    """Return the rule of a column that looks things up, for a resource that has no account to look in."""

    def rule(text: str) -> None:
        if text.strip():
            raise ValidationError(message, code="unknown")

    return rule


class PersonResource(RecordResource):
    """People as rows of a file. With ``new_relations`` a company that is not known is taken by its name."""

    first_name = Column("First name", "first_name", _rule("first_name"), required=True, risky=True,
                        names=known_as.FIRST_NAME, example="Katharina")  # fmt: skip
    last_name = Column("Last name", "last_name", _rule("last_name"), required=True, risky=True,
                       names=known_as.LAST_NAME, example="Hohenfels")  # fmt: skip
    email = Column("Email", "email", _rule("email"), required=True, risky=True,
                   names=known_as.EMAIL, example="k.hohenfels@example.org")  # fmt: skip
    phone = Column("Phone", "phone", clean_phone, required=True, risky=True, names=known_as.PHONE,
                   example="+49 1512 3456789", render=lambda number: format_phone(str(number)))  # fmt: skip
    owner_email = Column("Owner email", "assigned_to", _unknown(NO_OWNER), required=True, risky=True,
                         names=known_as.OWNER_EMAIL, render=lambda user: user.email)  # fmt: skip
    salutation = Column("Salutation", "salutation", _salutation, listed=True, names=known_as.SALUTATION, example="Mrs.",
                        render=lambda value: str(Salutation(value).label))  # fmt: skip
    whatsapp = Column("WhatsApp number", "whatsapp", lambda text: clean_phone(text) if text.strip() else "", risky=True,
                      names=known_as.WHATSAPP, render=lambda number: format_phone(str(number or "")))  # fmt: skip
    language = Column("Language", "language", _language, listed=True, names=known_as.LANGUAGE, example="de",
                      render=lambda code: code or "none")  # fmt: skip
    relation = Column("Relation", "relation", _unknown(NO_RELATION), risky=True, names=known_as.RELATION,
                      render=told_relation)  # fmt: skip
    tags = Column("Tags", "tags", split_tags, names=known_as.TAGS, example="sea view, cash",
                  render=told_tags)  # fmt: skip
    do_not_contact = Column("Do not contact", "do_not_contact", values.yes_or_no, risky=True,
                            names=known_as.DO_NOT_CONTACT, render=lambda flag: "yes" if flag else "no")  # fmt: skip
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
    notes = Column("Notes", "notes", _rule("notes"), names=known_as.NOTES, example="Looks for a view of the sea.")

    class Meta(RecordResource.Meta):
        model: Any = Contact
        fields: Any = (
            "first_name", "last_name", "email", "phone", "owner_email", "salutation", "whatsapp", "language",
            "relation", "tags", "do_not_contact", "street", "zip_code", "city", "state", "country", "latitude",
            "longitude", "notes",
        )  # fmt: skip

    def __init__(self, account: Any = None, *, new_relations: bool = False, **kwargs: Any) -> None:
        super().__init__(account, **kwargs)
        self.new_relations = new_relations
        self.relations: dict[str, int] = {}
        if account is not None:
            self.rule_of("phone", lambda text: clean_phone(text, self.region or None))
            self.rule_of("whatsapp", self.phone_if_any)
            self.rule_of("owner_email", self.owner)
            self.rule_of("relation", self._relation)

    def look_up(self, cells: Callable[[str], Sequence[str]]) -> None:
        """Load what cells are looked up in: active users of the account, and the companies named, in two queries."""
        self.look_up_owners()
        self.relations = known_names(self.account, [text[:NAME_READ] for text in cells("relation")])

    def _relation(self, text: str) -> int | str | None:
        """Return the company of this name; one that is not known, where that is asked for, as its name."""
        if not text.strip():
            return None
        found = self.relations.get(name_key(text[:NAME_READ]))
        if found is None and not self.new_relations:
            raise ValidationError(NO_RELATION, code="no_relation")
        return found or clean_name(text)


class ContactResource(PersonResource):
    """Contacts as rows of a file. ``default_role`` is the role of rows without one."""

    role = Column("Role", "role", clean_role, listed=True, names=known_as.ROLE, example="Buyer",
                  render=lambda role: str(Role(role).label) if role else "")  # fmt: skip

    class Meta(PersonResource.Meta):
        model = Contact
        fields: Any = (*PersonResource.Meta.fields[:5], "role", *PersonResource.Meta.fields[5:])

    def __init__(self, account: Any = None, *, default_role: str = "", **kwargs: Any) -> None:
        super().__init__(account, **kwargs)
        self.default_role = default_role

    def init_instance(self, row: Mapping[str, Any] | None = None) -> Contact:
        """Return a contact of the account with what a row may leave out."""
        by = self.by.pk if self.by else None
        spoken = self.account.language
        return Contact(account=self.account, created_by_id=by, language=spoken, role=self.default_role)
