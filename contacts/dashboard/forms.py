"""The filters of the dashboard, in the address bar: of which days the figures are, and whose."""

import datetime as dt
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.dashboard.period import FIRST_DAY, LAST_DAY, Period, earliest_first
from contacts.dashboard.scope import Scope

MINE = "me"
FORM_ID = "filters"


def _validate_day(day: dt.date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("This date lies too far away. Is the year right?"), code="year")


class DayField(forms.DateField):
    """A day as the browser's own field for days sends it."""

    def __init__(self, label: Any) -> None:
        # Its form sends itself at a choice, and a day changes with each figure that is typed: it stands outside.
        widget = forms.DateInput({"type": "date", "form": FORM_ID}, format="%Y-%m-%d")
        super().__init__(
            label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"], validators=[_validate_day]
        )
        self.error_messages["invalid"] = _("This is not a date.")


def _named(colleague: User) -> str:
    name = colleague.get_full_name()
    return name if colleague.is_active else gettext("%(name)s, no longer active") % {"name": name}


class FilterForm(forms.Form):
    """Reads ``period``, ``from``, ``to`` and, for admins, ``agent``.

    What is wrong is told, and the default takes its place. An agent has no choice of whose figures they see: their own.
    """

    period = forms.ChoiceField(label=_("Period"), choices=Period.choices, required=False)

    def __init__(self, data: Any, *, user: Any, now: dt.datetime) -> None:
        self.user, self.now = user, now
        self.today = now.astimezone(user.account.zone).date()
        super().__init__(self._filled(data))
        period: Any = self.fields["period"]
        period.error_messages["invalid_choice"] = _("There is no such period.")
        if data.get("period") == Period.CUSTOM:
            self.fields["from"] = DayField(_("From"))
            self.fields["to"] = DayField(_("To"))
        if user.is_admin:
            self.fields["agent"] = self._agents()

    def _filled(self, data: Any) -> Any:
        """Return what the address says, with the usual days where other days are to be chosen and none are yet.

        Whoever looks is "me", though a number of their own line names them by their key.
        """
        filled = data.dict()
        if filled.get("agent") == str(self.user.pk):
            filled["agent"] = MINE
        if filled.get("period") == Period.CUSTOM and not {"from", "to"} & filled.keys():
            filled |= {"from": Period.YEAR_LONG.first(self.today).isoformat(), "to": self.today.isoformat()}
        return filled

    def _agents(self) -> forms.ChoiceField:
        team = [(str(one.pk), _named(one)) for one in self.team if one != self.user]
        choices: list[Any] = [("", _("Office")), (MINE, _("Mine"))]
        field = forms.ChoiceField(
            label=_("Whose figures"), choices=[*choices, *([(_("Colleagues"), team)] if team else [])], required=False
        )
        field.error_messages["invalid_choice"] = _("There is no such colleague.")
        return field

    @cached_property
    def team(self) -> list[User]:
        """The colleagues that may be chosen."""
        return list(User.objects.for_account(self.user.account).active())

    @property
    def is_custom(self) -> bool:
        """Whether the days are chosen one by one."""
        return "from" in self.fields

    def clean(self) -> dict[str, Any]:
        """Judge the two days together; the one that is missing is where the usual period begins, or today."""
        data = super().clean() or self.cleaned_data
        if {"from", "to"} <= data.keys():
            last = data["to"] = data["to"] or max(self.today, data["from"] or self.today)
            data["from"] = data["from"] or Period.YEAR_LONG.first(last)
            if data["from"] > last:
                self.add_error("to", _("The last day is before the first."))
            elif data["from"] < earliest_first(last):
                self.add_error("from", _("A period lasts at most three years."))
        return data

    def scope(self) -> Scope:
        """Return whose figures are shown, and of which days."""
        self.full_clean()
        return Scope(self.user.account, self.user, self._agent(), *self._days())

    def _days(self) -> tuple[dt.date, dt.date, dt.datetime, int]:
        if self.is_custom and {"from", "to"} <= self.cleaned_data.keys():
            return self.cleaned_data["from"], self.cleaned_data["to"], self.now, 0
        asked = self.cleaned_data.get("period") if not self.is_custom else ""
        period = Period(asked or Period.YEAR_LONG)
        return period.first(self.today), self.today, self.now, period.months

    def _agent(self) -> Any:
        if not self.user.is_admin:
            return self.user
        chosen = self.cleaned_data.get("agent", "")
        return self.user if chosen == MINE else next((one for one in self.team if str(one.pk) == chosen), None)


class ActivityForm(FilterForm):
    """The same of the page that lists what colleagues did: those who have left may be chosen, too."""

    @cached_property
    def team(self) -> list[User]:
        """The colleagues that may be chosen: what somebody did stays when they leave."""
        return list(User.objects.for_account(self.user.account).order_by("-is_active", "first_name", "last_name", "pk"))
