"""Postal addresses: what people, companies and the rest that stands somewhere have in common."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField
from tesoro.text import plain_words

ADDRESS_LIMIT = 60
PARTS = ["street", "zip_code", "city", "state", "country"]
POINT = ("latitude", "longitude")
HALF_A_POINT = _("A point has a latitude and a longitude.")
# What has a place on the map.
LOCATED = models.Q(latitude__isnull=False, longitude__isnull=False)


@cache
def countries() -> list[tuple[str, str]]:
    """Return the countries of ISO 3166-1 as (alpha-2 code, common name), by name. Source: pycountry."""
    found = [(country.alpha_2, getattr(country, "common_name", country.name)) for country in pycountry.countries]
    return sorted(found, key=lambda pair: pair[1])


@cache
def country_name(code: str) -> str:
    """Return the common name of a country by its alpha-2 code, "" for a code that is none."""
    return dict(countries()).get(code, "")


def lacking(values: Mapping[str, Any]) -> list[str]:
    """Return which coordinate is missing beside the other one."""
    empty = [name for name in POINT if values.get(name) is None]
    return empty if len(empty) == 1 else []


def leave_point(before: Any, after: Any) -> None:
    """Take the point off ``after`` when its address was changed to another place and the point was not.

    Who has chosen the point anew says so by ``after.placed``.
    """
    chosen = getattr(after, "placed", False) or any(getattr(before, name) != getattr(after, name) for name in POINT)
    if not chosen and not same_place(before, after):
        after.latitude = after.longitude = None


def same_place(before: Any, after: Any) -> bool:
    """Return whether the address of ``after`` may still mean the place of ``before``, whatever case, accents and marks.

    What was empty may be filled in. A street may get a number, or go on after its number, by a floor or a door, or lose
    that again. The script beside the form, ``static/js/places.js``, judges alike.
    """
    pairs = {name: (plain_words(getattr(before, name)), plain_words(getattr(after, name))) for name in PARTS}
    if any(old not in ("", new) for old, new in (pairs[name] for name in ("zip_code", "city", "country"))):
        return False
    old, new = pairs["street"]
    if old in ("", new):
        return True
    short, long = sorted((old, new), key=len)
    rest = long.removeprefix(f"{short} ")
    return bool(short) and rest != long and (rest[0].isdigit() or any(map(str.isdigit, short)))


class Addressed(models.Model):
    """A row with an address; all of it may be empty. The coordinates come from the location picker."""

    street = LineField(_("street"), max_length=ADDRESS_LIMIT, blank=True, default="")
    zip_code = LineField(_("zip code"), max_length=ADDRESS_LIMIT, blank=True, default="")
    city = LineField(_("city"), max_length=ADDRESS_LIMIT, blank=True, default="")
    state = LineField(_("state"), max_length=ADDRESS_LIMIT, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, choices=countries, blank=True, default="")
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Judge what takes more than one field: coordinates come in pairs."""
        super().clean()
        if half := lacking({name: getattr(self, name) for name in POINT}):
            raise ValidationError(dict.fromkeys(half, HALF_A_POINT))
