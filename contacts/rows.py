"""The cells of people in a list. What they are drawn with is looked up once a page."""

from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from contacts.cells import TAGS_SHOWN, name_cell, quiet, tags_cell, who_cell
from contacts.models import Kind, Role, Salutation
from contacts.models.choices import languages
from tesoro.addresses import countries
from tesoro.faces import avatar
from tesoro.links import by_key
from tesoro.phones import phone_text
from tesoro.templatetags.ui import badge, day, flag, since

__all__ = ["TAGS_SHOWN"]

RELATION = ("relation__name", "relation__deleted_at")
CREATOR = ("created_by__first_name", "created_by__last_name", "created_by__email", "created_by__photo")


class PeopleWords:
    """What cells of people are drawn with."""

    def __init__(self, kind: Kind, account: Any) -> None:
        self.account = account
        self.roles = {role.value: str(role.label) for role in Role}
        self.within = ""
        self._address = by_key(f"{kind}s:detail")

    def url(self, person: Any) -> str:
        """Return the address of a person's page, which takes along from where it was opened."""
        return self._address(person.pk) + self.within


@cache
def _language_names() -> dict[str, str]:
    return dict(languages())


@cache
def _country_names() -> dict[str, str]:
    return dict(countries())


def name(person: Any, words: PeopleWords) -> str:
    """Draw a contact's name; on a phone the role and the number stand below it."""
    beside = f"{words.roles.get(person.role, '')} · {phone_text(person, 'phone')}"
    face, country = avatar(person), flag(person.country)
    return name_cell(words.url(person), person.full_name, beside, face=face, flag=country)


def email(person: Any, words: Any) -> str:
    """Draw the email address."""
    return person.email


def phone(person: Any, words: Any) -> str:
    """Draw the phone number."""
    return phone_text(person, "phone")


def whatsapp(person: Any, words: Any) -> str:
    """Draw the number for WhatsApp, where it is another than the phone's."""
    return phone_text(person, "whatsapp")


def role(person: Any, words: PeopleWords) -> str:
    """Draw the role as a badge."""
    return badge(words.roles.get(person.role, ""), person.role)


def agent(person: Any, words: Any) -> str:
    """Draw the agent."""
    return who_cell(person.assigned_to)


def tags(person: Any, words: Any) -> str:
    """Draw the first tags."""
    return tags_cell(person.tags.all())


def last(record: Any, words: Any) -> str:
    """Draw how long ago something happened with the record."""
    return since(record.last_activity_at)


def created(record: Any, words: Any) -> str:
    """Draw the day on which the record was made."""
    return quiet(day(record.created_at))


def created_by(record: Any, words: Any) -> str:
    """Draw who made the record."""
    return who_cell(record.created_by)


def salutation(person: Any, words: Any) -> str:
    """Draw how the person is addressed."""
    return str(Salutation(person.salutation).label) if person.salutation else ""


def language(person: Any, words: Any) -> str:
    """Draw the language by its name."""
    return _language_names().get(person.language, "")


def country(record: Any, words: Any) -> str:
    """Draw the country by its name."""
    return _country_names().get(record.country, "")


def relation(person: Any, words: Any) -> str:
    """Draw the company, unless it lies in the trash."""
    company = person.relation
    return company.name if company is not None and company.deleted_at is None else ""


def do_not_contact(person: Any, words: Any) -> str:
    """Draw a word for those who asked not to be contacted."""
    return _("Yes") if person.do_not_contact else ""


def text(attribute: str) -> Any:
    """Return what draws a field of the record as it is."""
    return lambda record, words: str(getattr(record, attribute))
