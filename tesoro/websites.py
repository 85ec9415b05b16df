"""Web addresses: http and https only, and one typed without its beginning is read as https."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from tesoro.fields import RuleField
from tesoro.text import clean_text

WEBSITE_LIMIT = 200
NO_WEBSITE = _("This is no web address. Write it like www.example.com.")

_judge = URLValidator(schemes=["http", "https"])
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)


def clean_website(value: str) -> str:
    """Return a web address as it is stored: with its beginning, without blanks around. Raises ValidationError."""
    address = clean_text(value, WEBSITE_LIMIT)
    if not _SCHEME.match(address):  # www.example.com, example.com:8080
        address = f"https://{address.removeprefix('//')}"
    try:
        _judge(address)
    except ValidationError:
        raise ValidationError(NO_WEBSITE, code="invalid") from None
    return clean_text(address, WEBSITE_LIMIT)


class WebsiteField(RuleField):
    """A web address: :func:`clean_website`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", WEBSITE_LIMIT)
        super().__init__(*args, **kwargs)

    def rule(self, value: str) -> str:
        """Return the value as it is stored, or raise ValidationError."""
        return clean_website(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed."""
        return super().formfield(**{"widget": forms.URLInput(attrs={"inputmode": "url"}), **kwargs})
