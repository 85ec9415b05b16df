"""The search criteria: an abstract model, and the one line in which an agent reads them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.criteria.choices import PropertyType
from contacts.criteria.fields import ChoicesField, WordsField
from tesoro.money import AmountField, brief_range
from tesoro.words import parted

CRITERIA = [
    "property_types", "locations", "price_from", "price_to", "bedrooms", "bathrooms", "area_from", "area_to",
    "features",
]  # fmt: skip


class Criteria(models.Model):
    """What kind of property, where, for how much, how large."""

    property_types = ChoicesField(_("property types"), kinds=PropertyType)
    locations = WordsField(_("locations"), blank=True, default="")
    price_from = AmountField(_("price from"), null=True, blank=True)
    price_to = AmountField(_("price to"), null=True, blank=True)
    bedrooms = models.PositiveSmallIntegerField(
        _("bedrooms, at least"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    bathrooms = models.PositiveSmallIntegerField(
        _("bathrooms, at least"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    area_from = models.PositiveIntegerField(
        _("area from, m²"), null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    area_to = models.PositiveIntegerField(
        _("area to, m²"), null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    features = WordsField(_("features"), blank=True, default="")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Judge that no range is upside down."""
        super().clean()
        wrong = {}
        if _above(self.price_from, self.price_to):
            wrong["price_to"] = now_("The highest price is below the lowest.")
        if _above(self.area_from, self.area_to):
            wrong["area_to"] = now_("The largest area is below the smallest.")
        if wrong:
            raise ValidationError(wrong)

    def property_type_names(self) -> list[str]:
        """Return the kinds of property, in words."""
        field: Any = self._meta.get_field("property_types")
        return field.labels(self.property_types)

    def what(self) -> str:
        """Return the kinds of property in a sentence: "Villa or penthouse"."""
        return _or(self.property_type_names()).capitalize()

    def where(self) -> str:
        """Return the places in a sentence: "Marbella or Estepona"."""
        return _or(parted(self.locations))

    def price(self, currency: str) -> str:
        """Return the price: "€400k–650k"."""
        return brief_range(self.price_from, self.price_to, currency)

    def size(self) -> str:
        """Return rooms and area: "3+ beds, 2+ baths, 120–200 m²"."""
        parts = []
        if self.bedrooms:
            parts.append(now_("%(n)d+ beds") % {"n": self.bedrooms})
        if self.bathrooms:
            parts.append(now_("%(n)d+ baths") % {"n": self.bathrooms})
        if self.area_from and self.area_to:
            parts.append(f"{self.area_from}–{self.area_to} m²")
        elif self.area_from:
            parts.append(now_("%(n)d+ m²") % {"n": self.area_from})
        elif self.area_to:
            parts.append(now_("to %(n)d m²") % {"n": self.area_to})
        return ", ".join(parts)

    def criteria_told(self, currency: str) -> str:
        """Return all criteria in one line: "Villa or penthouse, Marbella or Estepona, €400k–650k, 3+ beds"."""
        parts = [self.what(), self.where(), self.price(currency), self.size(), self.features]
        return ", ".join(part for part in parts if part)


def _above(lowest: Any, highest: Any) -> bool:
    return lowest is not None and highest is not None and lowest > highest


def _or(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return now_("%(some)s or %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}
