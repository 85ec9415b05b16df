"""Amounts as people write and read them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tesoro import money

READ = {
    "450000": "450000", "450.000": "450000", "450,000": "450000", "450.000,50": "450000.5", "450,000.50": "450000.5",
    "1.234.567": "1234567", "1,234,567.8": "1234567.8", "450k": "450000", "1.25m": "1250000", "1,25 M": "1250000",
    "€ 450 000": "450000", "450'000 CHF": "450000", "12,5": "12.5", "12.50 EUR": "12.5", "0": "0", "£1,100": "1100",
    "450\u00a0000\u00a0€": "450000", "1.500k": "1500",
}  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), READ.items())
def test_an_amount_is_read_as_it_is_written(text, amount):
    assert money.clean_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "  ", "€"])
def test_nothing_is_no_amount(text):
    assert money.clean_amount(text) is None


NONE = ["about 400k", "12.34.5", "1,2,3", "4..5", "400-500", "١٢", "4e5", "12.345.67", "9" * 1_000_001]


@pytest.mark.parametrize("text", NONE, ids=lambda text: text[:12])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValidationError, match="no amount"):
        money.clean_amount(text)


@pytest.mark.parametrize(("text", "code"), [("-1", "negative"), ("99999999999", "too_large"), ("9" * 39, "too_large")])
def test_amounts_out_of_bounds_are_refused(text, code):
    with pytest.raises(ValidationError) as refused:
        money.clean_amount(text)
    assert refused.value.code == code


@given(st.decimals(min_value=0, max_value=money.MOST, places=2))
def test_what_is_shown_in_a_form_is_read_again(amount):
    assert money.clean_amount(money.plain_amount(amount)) == amount
    assert money.clean_amount(money.told(amount, "EUR")) == amount


def test_amounts_are_told_in_full_and_in_brief():
    assert money.told(Decimal("450000"), "EUR") == "€450,000"
    assert money.told(Decimal("12.5"), "CHF") == "CHF\u00a012.50"
    assert money.told(None, "EUR") == money.plain_amount(None) == ""
    assert money.brief(Decimal("450000"), "EUR") == "€450k"
    assert money.brief(Decimal("1250000"), "GBP") == "£1.25M"
    assert money.brief(Decimal("1900"), "EUR") == "€1,900"
    assert money.brief(Decimal("999999"), "EUR") == "€1M"
    assert money.brief(Decimal("999994"), "EUR") == "€999.99k"
    assert money.brief(Decimal("950")) == "950"


def test_a_range_is_open_at_either_end():
    low, high = Decimal("400000"), Decimal("650000")
    assert money.brief_range(low, high, "EUR") == "€400k–650k"
    assert money.brief_range(low, low, "EUR") == "€400k"
    assert money.brief_range(None, high, "EUR") == "to €650k"
    assert money.brief_range(low, None, "EUR") == "from €400k"
    assert money.brief_range(None, None, "EUR") == ""
