"""The figures of leads at the head of the page: how many came, and how many of them became contacts."""

from dataclasses import replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.dashboard.cards import Stat
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import arrow, compared_with, named, number, percent, period_before, tone_of
from leads.dashboard.counting import cohort_of, how_many
from leads.dashboard.lists import board
from leads.models import Status


def new_leads(scope: Scope) -> Stat:
    """Tell how many leads the period brought, and whether the one before brought more."""
    count, before = how_many(scope), period_before(scope)
    change = count - cohort_of(scope, before).leads
    told = {"n": number(abs(change)), "days": compared_with(scope, before)}
    note = _("As many as %(days)s") % told
    if change > 0:
        note = ngettext("%(n)s more than %(days)s", "%(n)s more than %(days)s", change) % told
    elif change < 0:
        note = ngettext("%(n)s fewer than %(days)s", "%(n)s fewer than %(days)s", -change) % told
    name = named(scope)
    label = _("New leads, %(period)s") % {"period": name} if name else _("New leads")
    tone = tone_of(change)
    return Stat(label, number(count), board(scope), note, tone, arrow(tone), board(before))


def conversion(scope: Scope) -> Stat:
    """Tell the share of the period's leads that became contacts.

    It is compared with what the same days of the year before had come to by this day of that year: leads take time.
    """
    count, won = how_many(scope), how_many(scope, Status.CONVERTED)
    stat = Stat(_("Lead to contact"), percent(won, count, 1) or "–", board(scope))
    if not count:
        return replace(stat, url="", note=_("No new leads"))
    was = cohort_of(scope, scope.year_before)
    if not was.leads:
        return replace(stat, note=_("%(some)s of %(all)s") % {"some": number(won), "all": number(count)})
    change = round(100 * won / count - 100 * was.won / was.leads, 1)
    told = {"n": number_format(abs(change), 1)}
    note = _("As a year before")
    if change:
        more, less = _("%(n)s points more than a year before"), _("%(n)s points less than a year before")
        note = (more if change > 0 else less) % told
    # No list shows who had been converted by a day of the past: the note leads nowhere.
    tone = tone_of(change)
    return replace(stat, note=note, tone=tone, icon=arrow(tone))
