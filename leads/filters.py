"""The filters of leads: those of people but the role, and what is known of a prospect."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.criteria.choices import PropertyType
from contacts.criteria.fields import holding
from contacts.filters import PersonFilter
from leads.models import Lead, LeadType, Portal, Source, Stage
from leads.models.choices import OPEN_STATUSES
from tesoro.text import fold


def _several(label: Any, name: str, choices: Any) -> Any:
    return filters.MultipleChoiceFilter(
        label=label, field_name=f"lead__{name}", choices=choices, distinct=False, widget=forms.CheckboxSelectMultiple
    )


class LeadFilter(PersonFilter):
    """What the list and the board of leads can be narrowed to."""

    role = None
    status = _several(_("Status"), "status", [(one.value, one.label) for one in OPEN_STATUSES])
    stage = _several(_("Stage"), "stage", Stage.choices)
    type = _several(_("Lead type"), "type", LeadType.choices)
    source = _several(_("Source"), "source", Source.choices)
    portal = _several(_("Portal"), "portal", Portal.choices)
    property_type = filters.MultipleChoiceFilter(
        label=_("Property type"),
        choices=PropertyType.choices,
        method="by_property_type",
        widget=forms.CheckboxSelectMultiple,
    )
    place = filters.CharFilter(label=_("Location"), method="by_place")

    field_order = ["status", "stage", "type", "agent", "source", "portal", "property_type", "place", "tag"]

    def by_property_type(self, rows: Any, name: str, values: list[str]) -> Any:
        """Keep those who look for one of the kinds."""
        leads = Lead.objects.for_account(self.request.account)
        return rows.filter(pk__in=leads.filter(holding("property_types", values)).values("pk")) if values else rows

    def by_place(self, rows: Any, name: str, value: str) -> Any:
        """Keep those whose locations hold what was typed; case and accents do not count, on either database."""
        return rows.filter(lead__places_key__contains=fold(value))

    def get_form_class(self) -> Any:
        """Put the pipeline first."""
        form = super().get_form_class()
        return type("LeadFilterForm", (form,), {"field_order": self.field_order})
