"""What the list of companies can be narrowed to."""

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.filters import PeriodFilter, RecordFilter, TagFilter, tags_of_account
from contacts.relations.models import Relation, RelationType, Status
from tesoro.addresses import countries
from tesoro.text import fold


class CityFilter(filters.CharFilter):
    """Companies whose city holds what was typed; case and accents do not count, on either database."""

    def filter(self, rows: Any, value: str) -> Any:
        """Compare with the cities that there are, in one query more."""
        if not value:
            return rows
        cities = rows.order_by().exclude(city="").values_list("city", flat=True).distinct()
        return rows.filter(city__in=[city for city in cities if fold(value) in fold(city)])


class RelationFilter(RecordFilter):
    """What the list of companies can be narrowed to."""

    type = filters.MultipleChoiceFilter(
        label=_("Type"), choices=RelationType.choices, distinct=False, widget=forms.CheckboxSelectMultiple
    )
    status = filters.ChoiceFilter(label=_("Status"), choices=Status.choices, empty_label=_("Any"))
    tag = TagFilter(label=_("Tag"), queryset=tags_of_account, distinct=False, widget=forms.CheckboxSelectMultiple)
    city = CityFilter(label=_("City"), max_length=60)
    country = filters.ChoiceFilter(label=_("Country"), choices=countries, empty_label=_("Any"))
    created = PeriodFilter(label=_("Created"), field_name="created_at", empty_label=_("Any time"))
    last_activity = PeriodFilter(
        label=_("Last activity"), field_name="last_activity_at", silences=True, empty_label=_("Any time")
    )

    class Meta:
        model = Relation
        fields: list[str] = []
