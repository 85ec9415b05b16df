"""The figures of deals at the head of the page: what the open ones are worth, and what was won."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.dashboard.cards import Stat
from contacts.dashboard.scope import Scope
from contacts.dashboard.telling import address, arrow, named, number, tone_of
from deals.dashboard.counting import tallies, won_months
from deals.dashboard.lists import won_between
from tesoro.money import brief


def open_deals(scope: Scope) -> Stat:
    """Tell what the open deals are worth, how many they are, and how many of them should be closed by now."""
    found = tallies(scope)
    worth = sum((tally.worth for tally in found), Decimal(0))
    count, late = sum(tally.deals for tally in found), sum(tally.late for tally in found)
    note = ngettext("%(n)s deal", "%(n)s deals", count) % {"n": number(count)}
    url = address("deals:list", scope, state="open")
    stat = Stat(_("Open deals"), brief(worth, scope.account.currency), url, note, note_url=url if count else "")
    if not late:
        return stat
    past = ngettext("%(late)s past its date", "%(late)s past their date", late) % {"late": number(late)}
    return replace(stat, more=past, more_url=address("deals:list", scope, state="overdue"))


def won(scope: Scope) -> Stat:
    """Tell what the deals are worth that were won in the period, against the same days of the year before."""
    found = won_months(scope).values()
    change = sum(month.count_now - month.count_before for month in found)
    told = {"n": number(abs(change))}
    note = _("As many deals as a year before")
    if change > 0:
        note = ngettext("%(n)s deal more than a year before", "%(n)s deals more than a year before", change) % told
    elif change < 0:
        note = ngettext("%(n)s deal fewer than a year before", "%(n)s deals fewer than a year before", -change) % told
    name, tone = named(scope), tone_of(change)
    label = _("Won, %(period)s") % {"period": name} if name else _("Won")
    text = brief(sum((month.worth_now for month in found), Decimal(0)), scope.account.currency)
    before = scope.year_before
    url, earlier = won_between(scope, scope.first, scope.last), won_between(scope, before.first, before.last)
    return Stat(label, text, url, note, tone, arrow(tone), earlier)
