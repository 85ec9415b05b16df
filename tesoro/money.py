"""Money as people write and read it."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
MOST = Decimal("9999999999.99")
LONGEST = 40
NO_AMOUNT = gettext_lazy("“%(text)s” is no amount. Write it like 450000 or 450k.")
TOO_MUCH = gettext_lazy("This amount is too large.")
WHOLE = Decimal(100)
A_MILLION = Decimal(999_995)  # as thousands it would be rounded to 1000k
OVER_WHOLE = gettext_lazy("A share is at most 100 %.")
NEGATIVE = gettext_lazy("An amount cannot be below zero.")

_AROUND = re.compile(r"[\s\u00a0\u202f'’€£$]|EUR|GBP|USD|CHF", re.IGNORECASE)
_FACTORS = {"k": 1000, "m": 1_000_000, "": 1}
_WRITTEN = re.compile(r"(-?)([0-9][0-9.,]*)([km]?)", re.IGNORECASE)


def clean_amount(text: str) -> Decimal | None:
    """Return the amount that ``text`` says, to the cent; None when it is empty.

    Takes a sign or code of currency, blanks, "k" and "m", and the separators of English, Spanish and German:
    of two kinds the last one is the decimal one; one kind alone separates thousands where three digits follow each.
    Raises ValidationError.
    """
    bare = _AROUND.sub("", text)
    if not bare:
        return None
    found = _WRITTEN.fullmatch(bare) if len(bare) <= LONGEST else None
    if found is None:
        raise ValidationError(NO_AMOUNT, code="invalid", params={"text": text.strip()[:40]})
    minus, number, unit = found.groups()
    try:
        amount = Decimal(_plain(number, unit)) * _FACTORS[unit.lower()]
    except InvalidOperation:
        raise ValidationError(NO_AMOUNT, code="invalid", params={"text": text.strip()[:40]}) from None
    if minus and amount:
        raise ValidationError(NEGATIVE, code="negative")
    if amount > MOST:
        raise ValidationError(TOO_MUCH, code="too_large")
    return amount.quantize(Decimal("0.01"))


def _plain(number: str, unit: str) -> str:
    """Return the number with a dot before its decimals and nothing between its thousands."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number
    mark, other = number[last], "," if number[last] == "." else "."
    whole, decimals = number[:last], number[last + 1 :]
    if other not in whole and (mark in whole or (len(decimals) == 3 and not unit)):
        groups = number.split(mark)
        # 1.234.567 and 450.000; but 12.34.5 is a slip of the pen
        return "".join(groups) if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 else "x"
    groups = whole.split(other)
    grouped = len(groups) == 1 or (all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3)
    return f"{''.join(groups)}.{decimals or '0'}" if grouped and mark not in whole else "x"


class AmountField(models.DecimalField):
    """An amount of the account's currency, to the cent, not below zero."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 12, "decimal_places": 2}
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read what was typed."""
        return clean_amount(value) if isinstance(value, str) else super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed; the judgement is the model's."""
        return models.Field.formfield(self, form_class=AmountInput, **kwargs)


class PercentField(models.DecimalField):
    """A share in per cent, to two decimals, from 0 to 100."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_digits": 5, "decimal_places": 2}
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read what was typed: "3", "2,5 %"."""
        return clean_percent(value) if isinstance(value, str) else super().to_python(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed; the judgement is the model's."""
        return models.Field.formfield(self, form_class=PercentInput, **kwargs)


def clean_percent(text: str) -> Decimal | None:
    """Return the share that ``text`` says; None when it is empty. Raises ValidationError."""
    share = clean_amount(text.replace("%", ""))
    if share is not None and share > WHOLE:
        raise ValidationError(OVER_WHOLE, code="too_large")
    return share


class AmountInput(forms.Field):
    """A field that takes an amount as people write it, and shows one without needless decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("max_length", None)
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        """Return the amount, or raise ValidationError."""
        return clean_amount(str(value or ""))

    def prepare_value(self, value: Any) -> Any:
        """Return the amount as it is typed: "450000"."""
        return plain_amount(value) if isinstance(value, Decimal) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed is another amount."""
        try:
            return clean_amount(data or "") != initial
        except ValidationError:
            return True


class PercentInput(AmountInput):
    """A field that takes a share in per cent."""

    def to_python(self, value: Any) -> Any:
        """Return the share, or raise ValidationError."""
        return clean_percent(str(value or ""))


def plain_amount(amount: Decimal | None) -> str:
    """Return an amount as it is typed, without needless decimals: "450000", "12.50"; "" for none."""
    if amount is None:
        return ""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def told(amount: Decimal | None, currency: str) -> str:
    """Return an amount in full: "€450,000", "CHF 12.50"; "" for none."""
    if amount is None:
        return ""
    amount = Decimal(amount)
    places = 0 if amount == amount.to_integral_value() else 2
    return _signed(number_format(amount, places, use_l10n=True, force_grouping=True), currency)


def brief(amount: Decimal, currency: str = "") -> str:
    """Return an amount in three or four signs: "€450k", "€1.25M", "€950"."""
    amount = Decimal(amount)
    if amount >= A_MILLION:
        return _signed(_("%(n)sM") % {"n": _trimmed(amount / 1_000_000)}, currency)
    if amount >= 10_000:
        return _signed(_("%(n)sk") % {"n": _trimmed(amount / 1000)}, currency)
    return told(amount, currency)


def brief_range(lowest: Decimal | None, highest: Decimal | None, currency: str) -> str:
    """Return what lies between two amounts, either of which may be open: "€400k–650k", "to €485k", "from €1M"."""
    if lowest is not None and highest is not None:
        if lowest == highest:
            return brief(lowest, currency)
        return f"{brief(lowest, currency)}–{brief(highest)}"
    if highest is not None:
        return _("to %(amount)s") % {"amount": brief(highest, currency)}
    return _("from %(amount)s") % {"amount": brief(lowest, currency)} if lowest is not None else ""


def _trimmed(number: Decimal) -> str:
    return number_format(number.quantize(Decimal("0.01")).normalize(), use_l10n=True) if number % 1 else f"{number:.0f}"


def _signed(number: str, currency: str) -> str:
    if currency in SIGNS:
        return f"{SIGNS[currency]}{number}"
    return f"{currency}\u00a0{number}" if currency else number
