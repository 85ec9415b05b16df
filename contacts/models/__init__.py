"""People: the one table behind leads and contacts, and the tags they carry."""

from contacts.models.choices import CLIENT_ROLES, STAKEHOLDER_ROLES, Kind, Role, Salutation
from contacts.models.contact import Contact
from contacts.models.person import Person
from contacts.models.revising import Conflict
from contacts.models.tag import PersonTag, Tag
from contacts.models.view import DefaultView, SavedView

__all__ = [
    "CLIENT_ROLES",
    "STAKEHOLDER_ROLES",
    "Conflict",
    "Contact",
    "DefaultView",
    "Kind",
    "Person",
    "PersonTag",
    "Role",
    "Salutation",
    "SavedView",
    "Tag",
]
