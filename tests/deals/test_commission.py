"""What the office earns, to the cent."""

from decimal import Decimal

import pytest

from deals.models import Deal


@pytest.mark.parametrize(
    ("value", "share", "earned"),
    [("100.50", "1", "1.01"), ("100.49", "1", "1.00"), ("0.50", "1", "0.01"), ("450000", "3.5", "15750.00")],
)
def test_half_a_cent_is_a_cent(value, share, earned):
    assert Deal(value=Decimal(value), commission=Decimal(share)).commission_amount == Decimal(earned)


def test_nothing_is_earned_of_an_unknown_value():
    assert Deal(commission=Decimal(3)).commission_amount is None
