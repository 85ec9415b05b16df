"""The filters of leads: those of people but the role, and what is known of a prospect; and of contacts who were one."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.criteria.choices import PropertyType
from contacts.criteria.fields import holding
from contacts.filters import AmountFilter, DayFilter, PersonFilter
from leads.models import Lead, LeadType, Portal, Source, Stage, Status
from leads.models.choices import OPEN_STATUSES
from tesoro.text import fold

# The way to a contact, in order.
WAY = [Status.NEW, Status.CONTACTED, Status.QUALIFIED, Status.CONVERTED]


def _several(label: Any, name: str, choices: Any) -> Any:
    return filters.MultipleChoiceFilter(
        label=label, field_name=f"lead__{name}", choices=choices, distinct=False, widget=forms.CheckboxSelectMultiple
    )


def _at_least(label: Any, name: str) -> Any:
    return filters.NumberFilter(
        label=label, field_name=f"lead__{name}", lookup_expr="gte", min_value=0, max_value=10_000_000
    )


class BudgetForm(forms.Form):
    """A form that asks for a budget from one amount to another."""

    def clean(self) -> dict[str, Any]:
        """Say at its field of an end below the beginning; it filters nothing then."""
        data = super().clean() or {}
        lowest, highest = data.get("budget_from"), data.get("budget_to")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("budget_to", ValidationError(_("The highest budget is below the lowest."), code="order"))
        return data


class LeadFilter(PersonFilter):
    """What the list and the board of leads can be narrowed to."""

    role = None
    status = _several(_("Status"), "status", [(one.value, one.label) for one in OPEN_STATUSES])
    reached = filters.ChoiceFilter(
        label=_("Reached at least"),
        choices=[(one.value, one.label) for one in WAY[1:]],
        method="by_reached",
        empty_label=_("Any"),
    )
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
    budget_from = AmountFilter(label=_("Budget from"), method="by_budget_from")
    budget_to = AmountFilter(label=_("Budget to"), method="by_budget_to")
    bedrooms = _at_least(_("Bedrooms, at least"), "bedrooms")
    area = _at_least(_("Area, at least m²"), "area_from")
    created_from = DayFilter(label=_("Created from"), field_name="created_at")
    created_to = DayFilter(label=_("Created to"), field_name="created_at", until=True)

    field_order = [
        "status", "reached", "stage", "type", "agent", "source", "portal", "property_type", "place", "budget_from",
        "budget_to", "bedrooms", "area", "tag",
    ]  # fmt: skip

    def by_reached(self, rows: Any, name: str, value: str) -> Any:
        """Keep those who stand at this status or beyond it; whoever left the path does not."""
        return rows.filter(lead__status__in=WAY[WAY.index(Status(value)) :])

    def by_property_type(self, rows: Any, name: str, values: list[str]) -> Any:
        """Keep those who look for one of the kinds."""
        leads = Lead.objects.for_account(self.request.account)
        return rows.filter(pk__in=leads.filter(holding("property_types", values)).values("pk")) if values else rows

    def by_place(self, rows: Any, name: str, value: str) -> Any:
        """Keep those whose locations hold what was typed; case and accents do not count, on either database."""
        return rows.filter(lead__places_key__contains=fold(value))

    def by_budget_from(self, rows: Any, name: str, value: Any) -> Any:
        """Keep those whose budget reaches up to this amount; one without an end does, none at all does not."""
        open_above = Q(lead__price_to=None, lead__price_from__isnull=False)
        return rows.filter(Q(lead__price_to__gte=value) | open_above)

    def by_budget_to(self, rows: Any, name: str, value: Any) -> Any:
        """Keep those whose budget reaches down to this amount."""
        open_below = Q(lead__price_from=None, lead__price_to__isnull=False)
        return rows.filter(Q(lead__price_from__lte=value) | open_below)

    def get_form_class(self) -> Any:
        """Put the pipeline first, and judge the budget as a whole."""
        form = super().get_form_class()
        return type("LeadFilterForm", (BudgetForm, form), {"field_order": self.field_order})


# What the list of contacts can be narrowed to beyond its own filters.
CONVERTED = {
    "converted_from": DayFilter(label=_("Converted from"), field_name="lead__converted_at"),
    "converted_to": DayFilter(label=_("Converted to"), field_name="lead__converted_at", until=True),
}
