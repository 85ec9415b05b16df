"""What Contact Info shows of a lead beside what it shows of everybody."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts import info
from contacts.duplicates.deciding import Together
from contacts.models import Person
from contacts.subjects.revising import shown
from leads.forms import WORDS
from leads.models import Lead
from leads.models.lead import CRITERIA
from tesoro import moments

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


# Of a contact's time as a lead these are shown; the stage and the status have come to their end.
FROM_LEAD = ["type", "source", "portal", *CRITERIA, "timing"]


def past_of(person: Person) -> info.Past | None:
    """Return what a contact was looking for as a lead, and where they came from; None for who never was a lead."""
    if not person.is_contact or (lead := _lead_of(person)) is None:
        return None
    facts = [(LABELS[name], shown(lead, name)) for name in FROM_LEAD]
    origin = ": ".join(filter(None, (str(lead.get_source_display()), str(lead.get_portal_display()))))
    return info.Past(
        key="lead",
        label=_("As a lead"),
        note=_noted(lead),
        line=lead.told(),
        origin=origin,
        facts=[(label, text) for label, text in facts if text],
    )


def _lead_of(person: Any) -> Lead | None:
    try:
        lead: Lead = person.lead
    except ObjectDoesNotExist:
        return None
    lead.account = person.account  # whose currency the prices are in
    return lead


def _noted(lead: Lead) -> str:
    if lead.converted_at is None:
        return now_("Noted when this contact was a lead.")
    return now_("Noted while this contact was a lead, until %(day)s.") % {"day": moments.day(lead.converted_at)}


def register() -> None:
    """Add the groups of a lead, and to a contact what they wanted as one."""
    info.PASTS.append(past_of)
    info.MORE["leads"] = GROUPS
    info.LABELS.update(LABELS)
    info.WIDE.update({"property_types", "locations", "features"})
    info.IN_PANEL.update({"status", "reason", "source", "portal"})
