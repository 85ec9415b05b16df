"""What the list and the board of deals can be narrowed to."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.criteria.choices import PropertyType
from contacts.criteria.fields import holding
from contacts.filters import (
    AmountFilter,
    DayFilter,
    PeriodFilter,
    RecordFilter,
    RowsFilter,
    TagFilter,
    tags_of_account,
    users_of_account,
)
from contacts.models import Person
from contacts.models.choices import countries
from deals.models import Deal, DealType, Party, Pipeline, Stage
from tesoro.posted import key
from tesoro.text import fold


def _several(label: Any, name: str, choices: Any) -> Any:
    return filters.MultipleChoiceFilter(
        label=label, field_name=name, choices=choices, distinct=False, widget=forms.CheckboxSelectMultiple
    )


class ContactField(forms.CharField):
    """A contact by their key; whose key nobody has, or who lies in the trash, is asked for in vain."""

    widget = forms.HiddenInput

    def __init__(self, *, account: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.account = account

    def clean(self, value: Any) -> Person | None:
        """Return the person, None where nobody is asked for. Raises ValidationError."""
        text = super().clean(value)
        if not text:
            return None
        # Who is a lead again still takes part in what was won or lost with them.
        found: Person | None = Person.objects.for_account(self.account).filter(pk=key(text)).first()
        if found is None:
            raise ValidationError(_("This contact no longer exists."), code="unknown")
        return found


class ContactFilter(filters.Filter):
    """Deals in which a contact takes part."""

    field_class = ContactField

    @property
    def field(self) -> Any:
        """The field, which looks in the account of the request."""
        self.extra["account"] = self.parent.request.account  # type: ignore[attr-defined]
        return super().field

    def filter(self, rows: Any, value: Person | None) -> Any:
        """Ask for the contact's deals in one query with the rows."""
        return rows.filter(pk__in=Party.objects.filter(person=value).values("deal")) if value else rows


class DealFilter(RecordFilter):
    """What the list and the board of deals can be narrowed to."""

    pipeline = filters.ChoiceFilter(label=_("Pipeline"), choices=Pipeline.choices, empty_label=_("Both"))
    stage = _several(_("Stage"), "stage", Stage.choices)
    type = _several(_("Type"), "type", DealType.choices)
    agent = RowsFilter(
        label=_("Agent"), field_name="assigned_to", queryset=users_of_account, distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    # Not "open": by this word the board names the folded lanes that stand open.
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("Open")), ("cold", _("Going cold")), ("overdue", _("Past the closing date"))],
        method="by_openness",
        empty_label=_("Any"),
    )
    property_type = filters.MultipleChoiceFilter(
        label=_("Property type"), choices=PropertyType.choices, method="by_property_type",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    tag = TagFilter(label=_("Tag"), queryset=tags_of_account, distinct=False, widget=forms.CheckboxSelectMultiple)
    city = filters.CharFilter(label=_("City"), method="by_city")
    country = filters.ChoiceFilter(label=_("Country"), choices=countries, empty_label=_("Any"))
    contact = ContactFilter(label=_("Contact"))
    value_from = AmountFilter(label=_("Value from"), field_name="value", lookup_expr="gte")
    value_to = AmountFilter(label=_("Value to"), field_name="value", lookup_expr="lte")
    closed = PeriodFilter(label=_("Won or lost"), field_name="closed_at", empty_label=_("Any time"))
    closed_from = DayFilter(label=_("Won or lost from"), field_name="closed_at")
    closed_to = DayFilter(label=_("Won or lost to"), field_name="closed_at", until=True)
    closing_from = DayFilter(label=_("Closing from"), field_name="closing_on")
    closing_to = DayFilter(label=_("Closing to"), field_name="closing_on", until=True)
    created = PeriodFilter(label=_("Created"), field_name="created_at", empty_label=_("Any time"))
    last_activity = PeriodFilter(
        label=_("Last activity"), field_name="last_activity_at", silences=True, empty_label=_("Any time")
    )

    class Meta:
        model = Deal
        fields: list[str] = []

    def by_openness(self, rows: Any, name: str, value: str) -> Any:
        """Keep those that are neither won nor lost, or of them those that nobody works on, or that should be closed."""
        if value == "overdue":
            return rows.open().filter(closing_on__lt=timezone.localdate())
        return rows.cold(self.request.account) if value == "cold" else rows.open()

    def by_property_type(self, rows: Any, name: str, values: list[str]) -> Any:
        """Keep those about one of the kinds."""
        return rows.filter(holding("property_types", values)) if values else rows

    def by_city(self, rows: Any, name: str, value: str) -> Any:
        """Keep those in a city whose name holds what was typed; case and accents do not count, on either database."""
        wanted = fold(value)
        deals = Deal.objects.for_account(self.request.account)
        for word in wanted.split():
            deals = deals.filter(search_text__contains=word)
        cities = deals.order_by().values_list("city", flat=True).distinct()
        return rows.filter(city__in=[city for city in cities if wanted in fold(city)])
