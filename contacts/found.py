"""Contacts as the search from every page finds and shows them; leads are shown like them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.finder.groups import Group, Hit
from contacts.models import Kind, Person, Role
from tesoro.faces import avatar
from tesoro.phones import phone_text
from tesoro.templatetags.ui import badge

COLUMNS = [
    "account", "kind", "first_name", "last_name", "email", "phone", "whatsapp", "role", "avatar", "relation__name",
    "relation__deleted_at",
]  # fmt: skip


def people_of(account: Any, kind: Kind) -> Any:
    """Return the live people of one section."""
    return Person.objects.for_account(account).filter(kind=kind)


def loaded(people: Any, *beside: str) -> Any:
    """Load what a hit shows, and the rows ``beside`` the person, in one query."""
    return people.select_related("relation", *beside).only(*COLUMNS, *beside)


def person_hit(person: Any, about: str = "", badge: str = "") -> Hit:
    """Return a person as a hit; ``about`` follows email, phone and company."""
    company = person.relation.name if person.relation and not person.relation.in_trash else ""
    return Hit(
        key=person.pk,
        url=person.get_absolute_url(),
        title=person.full_name,
        face=avatar(person),
        about=[person.email, phone_text(person, "phone"), company, about],
        beside=[] if person.whatsapp == person.phone else [phone_text(person, "whatsapp")],
        badge=badge,
    )


def contact_hit(person: Any) -> Hit:
    """Return a contact as a hit, with their role."""
    return person_hit(person, badge=badge(str(Role(person.role).label), person.role))


CONTACTS = Group(
    name="contacts",
    title=_("Contacts"),
    rows=lambda account: people_of(account, Kind.CONTACT),
    loaded=loaded,
    hit=contact_hit,
    place=10,
    list_name="contacts:list",
    in_list=_("Search contacts for"),
    recent=True,
)
