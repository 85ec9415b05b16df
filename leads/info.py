"""What Contact Info shows of a lead beside what it shows of everybody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts import info
from contacts.duplicates.deciding import Together
from leads.forms import WORDS

GROUPS: dict[str, tuple[Any, list[str]]] = {
    "prospect": (_("Prospect"), ["type", "stage", "status", "reason", "source", "portal"]),
    "criteria": (
        _("Looking for, or offering"),
        ["property_types", "locations", "price_from", "price_to", "bedrooms", "bathrooms", "area_from", "area_to",
         "features", "timing"],
    ),
}  # fmt: skip
LABELS: dict[str, Any] = {
    **WORDS,
    "stage": _("Stage"),
    "status": _("Status"),
    "reason": _("Reason"),
    "source": _("Source"),
    "portal": _("Portal"),
    "property_types": _("Property types"),
    "locations": _("Locations"),
    "features": _("Features"),
}
# Of two leads that are merged these are taken from one or from the other, not mixed.
DECIDED_TOGETHER = [
    Together(_("Status"), ["status", "reason"]),
    Together(_("Source"), ["source", "portal"]),
    Together(_("Price"), ["price_from", "price_to"]),
    Together(_("Area"), ["area_from", "area_to"]),
]


def register() -> None:
    """Add the groups of a lead."""
    info.MORE["leads"] = GROUPS
    info.LABELS.update(LABELS)
    info.WIDE.update({"property_types", "locations", "features"})
    info.IN_PANEL.update({"status", "reason", "source", "portal"})
