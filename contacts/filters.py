"""The filters of the list of people. The address bar holds them all, so that a list can be kept and shared."""

import datetime as dt
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelMultipleChoiceField
from django_filters.utils import get_model_field

from accounts.models import User
from contacts.models import Person, Tag
from contacts.models.choices import ROLE_GROUPS, countries, languages
from contacts.relations.fields import CompanyFilter
from contacts.subjects.tagging import tagged_with
from contacts.tasks.models.due import validate_day
from tesoro import moments
from tesoro.money import AmountInput, told
from tesoro.posted import key, keys

PERIODS = {
    "today": (_("Today"), 0),
    "7d": (_("Last 7 days"), 7),
    "30d": (_("Last 30 days"), 30),
    "90d": (_("Last 90 days"), 90),
    "365d": (_("Last 12 months"), 365),
}
SILENCES = {
    "silent30": (_("None for 30 days"), 30),
    "silent90": (_("None for 90 days"), 90),
    "silent365": (_("None for a year"), 365),
}

# Fields in which one writes a date or a number; all others choose from what there is.
WRITTEN = (forms.DateField, forms.IntegerField, AmountInput)
MOST_SHOWN = 40


@dataclass(frozen=True)
class Chip:
    """One active filter: its name, its value for a reader, and the query string without it.

    Of one that filters nothing, ``why`` says so where its value does not.
    """

    name: str
    label: str
    value: str
    without: str
    why: str = ""


def _midnight(days_ago: int) -> Any:
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return start - timedelta(days=days_ago)


class PeriodFilter(filters.ChoiceFilter):
    """A moment within a period that ends now, or, for silences, before it. Days begin at the account's midnight."""

    def __init__(self, *args: Any, silences: bool = False, **kwargs: Any) -> None:
        periods = {**PERIODS, **(SILENCES if silences else {})}
        kwargs["choices"] = [(key, label) for key, (label, _days) in periods.items()]
        super().__init__(*args, **kwargs)

    def filter(self, rows: Any, value: str) -> Any:
        """Compare with the moment the period begins."""
        if value in PERIODS:
            return rows.filter(**{f"{self.field_name}__gte": _midnight(PERIODS[value][1])})
        if value in SILENCES:
            return rows.filter(**{f"{self.field_name}__lt": _midnight(SILENCES[value][1])})
        return rows


class DayFilter(filters.DateFilter):
    """What lies on the day that is asked for or after it, or, with ``until``, on it or before; of dates and of moments.

    The days of moments are those of the account's clock.
    """

    def __init__(self, *args: Any, until: bool = False, **kwargs: Any) -> None:
        kwargs |= {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d"), "validators": [validate_day]}
        super().__init__(*args, **kwargs)
        self.until = until

    def filter(self, rows: Any, value: dt.date | None) -> Any:
        """Compare with the day, or of moments with where it begins and ends."""
        if value is None:
            return rows
        if not isinstance(get_model_field(rows.model, self.field_name), models.DateTimeField):
            return rows.filter(**{f"{self.field_name}__{'lte' if self.until else 'gte'}": value})
        edge = dt.datetime.combine(value + timedelta(days=self.until), dt.time(), timezone.get_current_timezone())
        return rows.filter(**{f"{self.field_name}__{'lt' if self.until else 'gte'}": edge})


class AmountFilter(filters.Filter):
    """An amount as people write it: "450k"."""

    field_class = AmountInput


class RowsField(ModelMultipleChoiceField):
    """Rows by their keys; a key that no database holds is an unknown one, not a crash."""

    def _check_values(self, value: Any) -> Any:
        if len(keys(map(str, value))) < len(value):
            raise ValidationError(self.error_messages["invalid_pk_value"], params={"pk": ""})
        return super()._check_values(value)


class RowsFilter(filters.ModelMultipleChoiceFilter):
    """Records that belong to one of the chosen rows."""

    field_class = RowsField


class TagFilter(RowsFilter):
    """Records that carry every chosen tag; each by its own EXISTS, so that no row comes twice."""

    def filter(self, rows: Any, value: Any) -> Any:
        """Ask once per tag."""
        for tag in value:
            rows = rows.filter(tagged_with(rows, tag))
        return rows


def tags_of_account(request: Any) -> Any:
    """Return the tags to choose from."""
    return Tag.objects.for_account(request.account)


class RecordFilter(filters.FilterSet):
    """The filters of a list, and those that are active as chips."""

    def chips(self) -> list[Chip]:
        """Return the active filters, each with the query string that takes it off; unknown values are none."""
        if not self.is_bound:
            return []
        fields = {name: field for name, field in self.form.fields.items() if name not in self.form.errors}
        known, currency = self.form.cleaned_data, self.request.account.currency
        return [
            Chip(name, str(field.label), _told(field, known[name], currency), without(self.data, name))
            for name, field in fields.items()
            if _narrows(known.get(name))
        ]

    def lost(self) -> list[Chip]:
        """Return what filters nothing: a tag or a colleague that is gone, or, with its text, what nobody can read."""
        fields = {name: field for name, field in self.form.fields.items() if name in self.form.errors}
        return [
            Chip(name, str(field.label), self._unread(name, field), without(self.data, name))
            for name, field in fields.items()
        ]

    def _unread(self, name: str, field: Any) -> str:
        """Return the text that is no date or number where a field takes one, "" of any other field."""
        if not isinstance(field, WRITTEN):
            return ""
        text = self.data.get(name, "").strip()
        return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def users_of_account(request: Any) -> Any:
    """Return the colleagues to choose from, those who have left too."""
    return User.objects.for_account(request.account)


class PersonFilter(RecordFilter):
    """What the list of people can be narrowed to."""

    role = filters.MultipleChoiceFilter(
        label=_("Role"), choices=ROLE_GROUPS, distinct=False, widget=forms.CheckboxSelectMultiple
    )
    agent = RowsFilter(
        label=_("Agent"),
        field_name="assigned_to",
        queryset=users_of_account,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tag = TagFilter(
        label=_("Tag"),
        queryset=tags_of_account,
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = filters.ChoiceFilter(label=_("Language"), choices=languages, empty_label=_("Any"))
    country = filters.ChoiceFilter(label=_("Country"), choices=countries, empty_label=_("Any"))
    relation = CompanyFilter(label=_("Relation"))
    do_not_contact = filters.ChoiceFilter(
        label=_("Do not contact"),
        choices=[("true", _("Yes")), ("false", _("No"))],
        method="by_flag",
        empty_label=_("Any"),
    )
    created = PeriodFilter(label=_("Created"), field_name="created_at", empty_label=_("Any time"))
    last_activity = PeriodFilter(
        label=_("Last activity"), field_name="last_activity_at", silences=True, empty_label=_("Any time")
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def by_flag(self, rows: Any, name: str, value: str) -> Any:
        """Compare the flag."""
        return rows.filter(do_not_contact=value == "true")


def _narrows(value: Any) -> bool:
    """Whether a filter says anything: nought is a number like any other."""
    return bool(value) or isinstance(value, Decimal)


def _told(field: Any, value: Any, currency: str) -> str:
    if isinstance(field, AmountInput):
        return told(value, currency)
    if hasattr(value, "model"):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dt.date):
        return moments.day(value)
    if not hasattr(field, "choices"):
        return str(value)
    names = {str(key): str(label) for key, label in _flat(field.choices)}
    return ", ".join(names.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))


def _flat(choices: Any) -> Any:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def without(data: QueryDict, *names: str) -> str:
    """Return the query string without some of its words, and without a place in the pages."""
    rest = data.copy()
    for name in (*names, "after", "before"):
        rest.pop(name, None)
    return rest.urlencode()


def said(data: QueryDict) -> str:
    """Return the query string without the words that say nothing."""
    words = data.copy()
    for name, values in data.lists():
        words.setlist(name, [value for value in values if value])
    return words.urlencode()


def settled(listing: Any) -> str:
    """Return the address that asks for the same as it is kept and shared, "" where the request's own is that one.

    Fields of the form that were left empty leave the address; a company that was typed by its name stands there by
    its id. A name that no company has leads back to the form, which says so.
    """
    data, typed = listing.data, listing.data.get("relation", "")
    if typed and not key(typed) and "relation" in listing.section.filters.base_filters:
        form = listing.filter.form
        if "relation" in form.errors:
            return listing.filters_url
        company, data = form.cleaned_data["relation"], data.copy()
        data["relation"] = str(company.pk) if company else ""
    elif "" not in data.values():
        return ""
    return f"{listing.here}?{said(data)}"
