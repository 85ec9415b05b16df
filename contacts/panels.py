"""What the side panel of each section shows: its form, its template and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.forms import ContactForm
from contacts.models import Kind, Person
from contacts.relations.models import Relation
from tesoro.posted import key

# What an address may say of a new contact: the search that found nobody leads to the form.
SEARCHED = ["first_name", "last_name", "email", "phone"]
SEARCHED_LENGTH = 200


@dataclass(frozen=True)
class Panel:
    """The panel in which the records of one section are created and edited; of people, those of one ``kind``."""

    namespace: str
    kind: Kind | None
    form: Any
    template: str
    new_heading: Any
    edit_heading: Any
    # What an address proposes for a new one: the status of the column in which + was pressed.
    proposed: Callable[[Any], dict[str, Any]] = lambda request: {}
    model: Any = Person
    # Whether what a form has saved is celebrated.
    cheers: Callable[[Any], bool] = lambda form: False

    def new(self, account: Any) -> Any:
        """Return a record of the section that is not stored yet."""
        return self.model(account=account, **({"kind": self.kind} if self.kind else {}))

    def holds(self, record: Any) -> bool:
        """Whether a record is in the section still: a lead may have become a contact."""
        return self.kind is None or record.kind == self.kind

    @property
    def list_url(self) -> str:
        """Where one goes who leaves the form of a new one."""
        return reverse(f"{self.namespace}:list")


panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Make a panel known by its section."""
    panels[panel.namespace] = panel


def proposed_contact(request: Any) -> dict[str, Any]:
    """Return what an address proposes for a new contact: what was searched for, and the company one comes from."""
    searched = {name: request.GET[name][:SEARCHED_LENGTH] for name in SEARCHED if name in request.GET}
    asked = key(request.GET.get("relation", ""))
    found = Relation.objects.for_account(request.account).filter(pk=asked).first() if asked else None
    return {**searched, "relation": found.pk} if found else searched


CONTACT_PANEL = Panel(
    "contacts",
    Kind.CONTACT,
    ContactForm,
    "contacts/panel.html",
    _("New contact"),
    _("Edit contact"),
    proposed_contact,
)
