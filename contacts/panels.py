"""What the side panel of each section shows: its form, its template and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.forms import ContactForm
from contacts.models import Kind


@dataclass(frozen=True)
class Panel:
    """The panel in which people of one section are created and edited."""

    namespace: str
    kind: Kind
    form: Any
    template: str
    new_heading: Any
    edit_heading: Any
    # What an address proposes for a new one: the status of the column in which + was pressed.
    proposed: Callable[[Any], dict[str, Any]] = lambda request: {}

    @property
    def list_url(self) -> str:
        """Where one goes who leaves the form of a new one."""
        return reverse(f"{self.namespace}:list")


panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Make a panel known by its section."""
    panels[panel.namespace] = panel


CONTACT_PANEL = Panel("contacts", Kind.CONTACT, ContactForm, "contacts/panel.html", _("New contact"), _("Edit contact"))
