"""Contact Info: what is known of a person, in groups."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.forms import FIELD_FORMS
from contacts.models import Person
from contacts.subjects.sheet import Groups, Sheet
from tesoro.geocoding.places import PLACE, PLACE_LABEL

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
    PLACE: PLACE_LABEL,
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
class Past:
    """What a room above still knows of a person from what they were before: read here, changed nowhere.

    ``line`` and ``origin`` sum it up beside the tabs; ``facts`` are pairs of a label and words. ``note`` says where it
    comes from.
    """

    key: str
    label: Any
    note: str
    line: str
    origin: str
    facts: list[tuple[Any, str]] = field(default_factory=list)


# Each returns what its room knows of a person's past, or None. Asked of one person at a time.
PASTS: list[Callable[[Person], Past | None]] = []


def names_for(person: Person) -> list[str]:
    """Return the fields of a person that are shown and can be changed."""
    return [name for _label, group in groups_for(person).values() for name in group]


def groups_for(person: Person) -> Groups:
    """Return the groups of a person's fields, in order; what their section adds comes second. A lead has no role."""
    first, *others = GROUPS.items()
    groups = dict([first, *MORE.get(person.namespace, {}).items(), *others])
    unknown = set() if person.is_contact else {"role"}
    return {key: (label, [name for name in names if name not in unknown]) for key, (label, names) in groups.items()}


def pasts_of(person: Person) -> list[Past]:
    """Return what is known of a person's past, in the order in which the rooms are registered."""
    return [past for find in PASTS if (past := find(person)) is not None]


SHEET = Sheet(
    groups=groups_for,
    labels=LABELS,
    form=lambda person: FIELD_FORMS[person.namespace],
    absent=ABSENT,
    wide=WIDE,
    in_panel=IN_PANEL,
)
