"""The days that a dashboard's address asks for, as the account's clock has them."""

import datetime as dt

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2099, 12, 31)
MOST_YEARS = 3


class Period(TextChoices):
    """A word of the address bar, and its label. All but the last end today."""

    YEAR_LONG = "12m", _("Last 12 months")
    MONTH = "month", _("This month")
    QUARTER = "quarter", _("This quarter")
    YEAR = "year", _("This year")
    CUSTOM = "custom", _("Other days")

    @property
    def months(self) -> int:
        """How many months it has when it is over, 0 where that is not said."""
        return {Period.YEAR_LONG: 12, Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}.get(self, 0)

    def first(self, today: dt.date) -> dt.date:
        """Return the first day; a year long is as many whole months as it takes, with this one as the twelfth."""
        if self is Period.MONTH:
            return today.replace(day=1)
        if self is Period.QUARTER:
            return today.replace(day=1, month=(today.month - 1) // 3 * 3 + 1)
        if self is Period.YEAR or today.month == 12:
            return today.replace(day=1, month=1)
        return today.replace(day=1, month=today.month + 1, year=today.year - 1)


def following(month: dt.date) -> dt.date:
    """Return the first day of the month after the one that begins on ``month``."""
    return (month + dt.timedelta(days=31)).replace(day=1)


def earliest_first(last: dt.date) -> dt.date:
    """Return the first day of the longest period that ends on ``last``."""
    try:
        return last.replace(year=last.year - MOST_YEARS) + dt.timedelta(days=1)
    except ValueError:  # 29 February
        return last.replace(year=last.year - MOST_YEARS, month=3, day=1)
