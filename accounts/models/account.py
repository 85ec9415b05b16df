"""The account: one real-estate office."""

import zoneinfo
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tesoro.addresses import Addressed
from tesoro.fields import EmailAddressField, LineField
from tesoro.media import UnderAccount
from tesoro.phones import PhoneField

CURRENCIES = ["EUR", "GBP", "CHF", "SEK", "DKK", "NOK", "PLN", "CZK", "USD"]
SLUG_LENGTH = 50


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """Return the names the time zone database knows; asked once, for it reads the disk."""
    return frozenset(zoneinfo.available_timezones())


def validate_time_zone(value: str) -> None:
    """Refuse a name that the time zone database does not know."""
    if value not in time_zones():
        raise ValidationError(_("There is no time zone of this name."), code="time_zone")


class OfficeNameField(LineField):
    """The name of an office. It stands in mails to people who do not know the office, so it can carry no address."""

    def rule(self, value: str) -> str:
        """Return the name in one line, or raise ValidationError."""
        name = super().rule(value)
        if "://" in name or "<" in name or ">" in name:
            raise ValidationError(_("A name has no web address and no angle brackets."), code="character")
        return name


class WebsiteField(models.URLField):
    """A web address; one typed without its beginning is read as https."""

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that adds https."""
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class Account(Addressed):
    """One real-estate office. Nothing of it is ever visible in another."""

    name = OfficeNameField(_("name"), max_length=100)
    slug = models.SlugField(
        _("slug"),
        max_length=SLUG_LENGTH,
        unique=True,
        error_messages={"unique": _("Another office already has this short name.")},
    )
    language = models.CharField(_("language"), max_length=2, default="en", choices=settings.LANGUAGES)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Europe/Madrid", validators=[validate_time_zone]
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="EUR", choices=[(code, code) for code in CURRENCIES]
    )
    cold_after_days = models.PositiveSmallIntegerField(
        _("a deal goes cold after, days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    email = EmailAddressField(_("email"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    website = WebsiteField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to=UnderAccount("office"), blank=True)
    is_demo = models.BooleanField(_("holds made-up data"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; an account without a slug gets a free one drawn from its name."""
        if not self.slug:
            self.slug = free_slug(self.name)
        super().save(*args, **kwargs)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The office's time zone, in which all times are shown."""
        return zoneinfo.ZoneInfo(self.time_zone)


def free_slug(name: str) -> str:
    """Return a slug for ``name`` that no account has; two at once may still race, the column is unique."""
    base = slugify(name)[:44].strip("-_") or "office"
    taken = set(Account.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
