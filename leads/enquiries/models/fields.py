"""Addresses of pages and of sites, judged strictly: they come from strangers, or go into a header."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.fields import RuleField
from tesoro.text import clean_text

PAGE_LENGTH = 500
MOST_SITES = 10
SITE_LENGTH = 255

_judge = URLValidator(schemes=["http", "https"])
# What stands in frame-ancestors: no blank, semicolon, comma, quote or star can be in it.
_SITE = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")


def clean_page(value: str) -> str:
    """Return the address of a web page, http or https; one without its beginning is read as https.

    Raises ValidationError.
    """
    address = clean_text(value, PAGE_LENGTH)
    if address and ":" not in address.partition("/")[0]:
        address = f"https://{address.removeprefix('//')}"
    try:
        _judge(address)
    except ValidationError:
        raise ValidationError(_("This is no web address. Write it like https://www.example.com."), code="url") from None
    return address


def clean_site(value: str) -> str:
    """Return the site of a web address as a content policy names it: "https://www.example.com".

    Raises ValidationError.
    """
    parts = urlsplit(clean_page(value))
    try:
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError is one
        host = port = ""
    site = f"{parts.scheme}://{host}{port}"
    if len(site) > SITE_LENGTH or not _SITE.fullmatch(site):
        raise ValidationError(_("This is no web address. Write it like https://www.example.com."), code="url")
    return site


class PageField(RuleField):
    """The address of a web page: :func:`clean_page`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", PAGE_LENGTH)
        super().__init__(*args, **kwargs)

    def rule(self, value: str) -> str:
        """Return the value as it is stored, or raise ValidationError."""
        return clean_page(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed."""
        return super().formfield(**{"widget": forms.URLInput(attrs={"inputmode": "url"}), **kwargs})


class SitesField(models.TextField):
    """Some sites, one a line; of an address with a path only the site is kept."""

    def clean(self, value: Any, model_instance: Any) -> str:
        """Return the sites as they are stored, each once, or raise ValidationError."""
        text = clean_text("" if value is None else str(value), 5_000, multiline=True)
        sites = list(dict.fromkeys(clean_site(word) for word in re.split(r"[\s,;]+", text) if word))
        if len(sites) > MOST_SITES:
            raise ValidationError(_("At most %(n)d sites."), code="too_many", params={"n": MOST_SITES})
        return "\n".join(sites)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed."""
        attrs = {"rows": 3, "spellcheck": "false", "autocapitalize": "off"}
        return super().formfield(**{"strip": False, "widget": forms.Textarea(attrs=attrs), **kwargs})
