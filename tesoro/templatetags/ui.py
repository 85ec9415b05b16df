"""What templates draw with: ``{% load ui %}``.

Rows of lists call these hundreds of times, so they are plain functions over remembered strings, not inclusion tags.
"""

import datetime as dt
from functools import lru_cache
from typing import Any

import pycountry
from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tesoro import faces, icons, moments, toasts

register = template.Library()
register.simple_tag(icons.icon)
register.simple_tag(icons.gem)
register.simple_tag(faces.avatar)

ROLE_HUES = {"buyer": "blue", "seller": "teal", "tenant": "amber", "landlord": "pink"}


@register.simple_tag
def field(bound: BoundField, w: str = "", **options: Any) -> SafeString:
    """Draw a form's field: label, control, hint, errors. ``w`` is its width in the fieldset: w1, w2, w4, w6.

    Options: ``label`` instead of the field's own, ``bare=True`` hides the label from the eye only,
    ``end`` is markup for a button inside the box, ``link_url`` and ``link_text`` follow the error.
    """
    return bound.render("field.html", {"field": bound, "w": w, **options})


@register.simple_tag
def form_errors(form: Any) -> SafeString:
    """Draw what is wrong with a form as a whole, naming each field with a way to it; nothing when nothing is."""
    if not form.errors:
        return SafeString()
    wrong = [form[name] for name in form.fields if name in form.errors]
    return form.render("parts/form_errors.html", {"form": form, "wrong": wrong})


@lru_cache(maxsize=8192)
def _opening(moment: moments.Moment, zone: dt.tzinfo, language: str | None) -> str:
    """Return the opening tag. Lists show the same moments again and again to readers of one place and language."""
    return f'<time datetime="{moments.machine(moment)}" title="{escape(moments.exact(moment))}">'


@lru_cache(maxsize=8192)
def _dated(moment: moments.Moment, zone: dt.tzinfo, language: str | None) -> SafeString:
    return mark_safe(f"{_opening(moment, zone, language)}{escape(moments.day(moment))}</time>")


def _time(moment: moments.Moment, text: str) -> SafeString:
    opening = _opening(moment, timezone.get_current_timezone(), get_language())
    return mark_safe(f"{opening}{escape(text)}</time>")


@register.filter
def ago(moment: moments.Moment | None) -> str:
    """Draw a time as it is said, exact on hover: ``12 min ago``, ``Yesterday``, ``Tue 17 Nov``, ``9 Jan 2025``."""
    return _time(moment, moments.relative(moment)) if moment else ""


@register.filter
def since(moment: moments.Moment | None) -> str:
    """Draw how long ago something was, exact on hover: ``3 h ago``, ``Yesterday``, ``3 days ago``, ``17 Sep 2025``."""
    return _time(moment, moments.since(moment)) if moment else ""


@register.filter
def age(moment: dt.datetime | None) -> str:
    """Draw how long ago something was in a few signs, exact on hover: ``26 min``, ``3 h``, ``12 d``."""
    return _time(moment, moments.age(moment)) if moment else ""


@register.filter
def day(moment: moments.Moment | None) -> str:
    """Draw the date alone, exact on hover: ``3 Mar 2026``."""
    return _dated(moment, timezone.get_current_timezone(), get_language()) if moment else ""


@register.filter
def clock(moment: dt.datetime | None) -> str:
    """Draw the time of day, exact on hover: ``08:51``."""
    return _time(moment, moments.clock(moment)) if moment else ""


@register.filter
def exact(moment: moments.Moment | None) -> str:
    """Return the whole of a time, in the account's time zone: ``Tuesday 3 March 2026, 08:51``."""
    return moments.exact(moment) if moment else ""


@register.filter
@lru_cache(maxsize=512)
def flag(code: str | None) -> str:
    """Draw the two letters of a country, its name on hover; nothing for a code that ISO 3166 does not know."""
    country = pycountry.countries.get(alpha_2=str(code or ""))
    if country is None:
        return ""
    name = escape(getattr(country, "common_name", country.name))
    return mark_safe(f'<abbr class="flag" title="{name}">{country.alpha_2}</abbr>')


@register.filter
def breakable(address: str | None) -> SafeString:
    """Draw an email address so that a line breaks after its @ rather than within a word."""
    return mark_safe(escape(address or "").replace("@", "@<wbr>"))


@register.filter
def hue(role: str | None) -> str:
    """Return the colour of a kind of client; stakeholders and everything else are grey."""
    return ROLE_HUES.get(str(role or "").lower(), "grey")


@register.filter
def badge(label: str | None, role: str | None = None) -> str:
    """Draw a word as a badge in the hue of ``role``: ``{{ person.get_role_display|badge:person.role }}``."""
    return _badge(str(label), hue(role if role is not None else label)) if label else ""


@lru_cache(maxsize=512)
def _badge(label: str, tone: str) -> SafeString:
    return mark_safe(f'<span class="badge" data-hue="{tone}">{escape(label)}</span>')


@register.filter
def grouped(number: int | None) -> str:
    """Return a whole number as it is written where the reader lives: ``10,000``."""
    return "" if number is None else number_format(number, force_grouping=True)


@register.filter
def as_toast(message: Any) -> toasts.Toast:
    """Read a message of Django's messages as what the toast shows."""
    return toasts.read(message)
