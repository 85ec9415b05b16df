"""Contact Info: what is known of a person, in groups; each field is shown, and changed, where it stands."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import Person
from contacts.models.revising import holder, shown
from contacts.record import Record

GROUPS: dict[str, tuple[Any, list[str]]] = {
    "person": (_("Person"), ["salutation", "language", "first_name", "last_name"]),
    "reach": (_("Reach"), ["email", "phone", "whatsapp", "do_not_contact"]),
    "office": (_("Office"), ["assigned_to", "role", "relation", "tags"]),
    "address": (_("Address"), ["street", "zip_code", "city", "state", "country"]),
    "about": (_("About"), ["notes"]),
}
LABELS: dict[str, Any] = {
    "salutation": _("Salutation"),
    "language": _("Language"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("Email"),
    "phone": _("Phone"),
    "whatsapp": _("WhatsApp number"),
    "do_not_contact": _("Do not contact"),
    "assigned_to": _("Assigned agent"),
    "role": _("Role"),
    "relation": _("Relation"),
    "tags": _("Tags"),
    "street": _("Street"),
    "zip_code": _("Zip code"),
    "city": _("City"),
    "state": _("State"),
    "country": _("Country"),
    "notes": _("Notes"),
}
# What the people of a section have beside these: rooms above add their groups, names and words.
MORE: dict[str, dict[str, tuple[Any, list[str]]]] = {}
# Changed where several belong together: in the panel.
IN_PANEL: set[str] = set()
ABSENT: dict[str, Any] = {
    "whatsapp": _("As phone"),
    "assigned_to": _("Nobody"),
    "relation": _("None"),
    "tags": _("None"),
}
WIDE = {"email", "tags", "street", "notes"}


@dataclass(frozen=True)
class Fact:
    """One field of a person as the tab shows it. ``url`` opens it to be changed."""

    record: Record
    name: str

    @property
    def person(self) -> Person:
        """Whose it is."""
        return self.record.person

    @property
    def label(self) -> str:
        """What the field is called here."""
        return str(LABELS[self.name])

    @property
    def text(self) -> str:
        """The value in words; empty where there is none. Role, agent and tags are drawn by their templates."""
        if self.name == "tags":
            return ", ".join(tag.name for tag in self.record.tags)
        return shown(holder(self.person, self.name), self.name)

    @property
    def absent(self) -> str:
        """What an empty one means."""
        return str(ABSENT.get(self.name, _("Empty")))

    @property
    def url(self) -> str:
        """The address at which it is changed where it stands, "" where that is done in the panel."""
        if self.name in IN_PANEL:
            return ""
        return reverse(f"{self.record.section}:info-field", args=[self.person.pk, self.name])

    @property
    def wide(self) -> bool:
        """Whether it takes a row of its own."""
        return self.name in WIDE


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    key: str
    label: Any
    facts: list[Fact]


def names_for(person: Person) -> list[str]:
    """Return the fields of a person that are shown and can be changed: a lead has no role."""
    names = [name for _label, group in _groups(person).values() for name in group]
    return [name for name in names if name != "role" or person.is_contact]


def groups_of(record: Record) -> list[Group]:
    """Return the fields of the record's person in their groups."""
    own = set(names_for(record.person))
    return [
        Group(key, label, [Fact(record, name) for name in names if name in own])
        for key, (label, names) in _groups(record.person).items()
    ]


def _groups(person: Person) -> dict[str, tuple[Any, list[str]]]:
    """Return the groups of a person's fields, in order; what their section adds comes second."""
    first, *others = GROUPS.items()
    return dict([first, *MORE.get(person.namespace, {}).items(), *others])
