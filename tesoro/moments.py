"""Times as people say them, in the time zone that is active: the account's, set by its middleware."""

import datetime as dt
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

Moment = dt.datetime | dt.date
COUNTED_DAYS = 30


def _local(moment: Moment) -> Moment:
    return timezone.localtime(moment) if isinstance(moment, dt.datetime) and timezone.is_aware(moment) else moment


def _date(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


@lru_cache(maxsize=8192)
def _remembered(date: dt.date, pattern: str, language: str | None) -> str:
    return date_format(date, pattern)


def _written(date: dt.date, pattern: str) -> str:
    """Write a date. Lists show the same days over and over, and Django's formatting is slow enough to be seen there."""
    return _remembered(date, pattern, get_language())


def _within_a_day(seconds: float) -> str:
    """Say a distance of less than a day; it lies ahead when ``seconds`` is negative."""
    ahead, minutes = seconds < 0, int(abs(seconds) // 60)
    if minutes < 1:
        return pgettext("moment", "Just now")
    if minutes < 60:
        return (_("In %(n)d min") if ahead else _("%(n)d min ago")) % {"n": minutes}
    return (_("In %(n)d h") if ahead else _("%(n)d h ago")) % {"n": minutes // 60}


def relative(moment: Moment, now: dt.datetime | None = None) -> str:
    """Return "12 min ago", "3 h ago", "Yesterday", "Tue 17 Nov" or, in another year, "9 Jan 2025".

    Days change at midnight where the account is; what lies ahead reads "In 20 min", "Tomorrow". A date without a time
    begins with "Today".
    """
    now = timezone.localtime(now)
    local = _local(moment)
    days = (now.date() - _date(local)).days
    if isinstance(local, dt.datetime):
        seconds = now.timestamp() - local.timestamp() if timezone.is_aware(local) else 0.0
        if days == 0 or abs(seconds) < 3600:
            return _within_a_day(seconds)
    if -1 <= days <= 1:
        return {0: _("Today"), 1: _("Yesterday"), -1: _("Tomorrow")}[days]
    return _written(_date(local), "D j M" if local.year == now.year else "j M Y")


def since(moment: Moment, now: dt.datetime | None = None) -> str:
    """Return how long somebody has been silent: "3 days ago" within a month, else what :func:`relative` says."""
    days = (timezone.localtime(now).date() - _date(_local(moment))).days
    if 1 < days <= COUNTED_DAYS:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    return relative(moment, now)


def age(moment: dt.datetime, now: dt.datetime | None = None) -> str:
    """Return how long ago in as few signs as it takes: "now", "26 min", "3 h", "12 d", and the date beyond a month."""
    seconds = max(0.0, (now or timezone.now()).timestamp() - moment.timestamp())
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86_400)
    if days > COUNTED_DAYS:
        return day_and_month(moment, now)
    if days:
        return _("%(n)d d") % {"n": days}
    if hours:
        return _("%(n)d h") % {"n": hours}
    return _("%(n)d min") % {"n": minutes} if minutes else pgettext("moment", "now")


def day_and_month(moment: Moment, now: dt.datetime | None = None) -> str:
    """Return the date in few signs: "3 Mar", or "3 Mar 2025" in another year."""
    local = _date(_local(moment))
    return _written(local, "j M" if local.year == timezone.localtime(now).year else "j M Y")


def day(moment: Moment) -> str:
    """Return the date alone: "3 Mar 2026"."""
    return _written(_date(_local(moment)), "j M Y")


def exact(moment: Moment) -> str:
    """Return the whole of it: "Tuesday 3 March 2026, 08:51", or the date when there is no time."""
    local = _local(moment)
    written = _written(_date(local), "l j F Y")
    return f"{written}, {local:%H:%M}" if isinstance(local, dt.datetime) else written


def clock(moment: dt.datetime) -> str:
    """Return the time of day: "08:51"."""
    return f"{_local(moment):%H:%M}"


def machine(moment: Moment) -> str:
    """Return it for the ``datetime`` attribute of ``<time>``, to the minute and with its offset."""
    local = _local(moment)
    return local.isoformat(timespec="minutes") if isinstance(local, dt.datetime) else local.isoformat()
