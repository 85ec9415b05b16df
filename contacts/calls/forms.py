"""The forms of calls: one to place, one to log, and what came of one."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.calls.models import Call, Outcome

NOTE: Any = Call._meta.get_field("note")
OUTCOME: Any = Call._meta.get_field("outcome")
UNANSWERED = {Outcome.NO_ANSWER, Outcome.BUSY}
EARLIEST = datetime(1990, 1, 1, tzinfo=ZoneInfo("UTC"))
# Clocks differ, and a form may have been open for a moment.
SLACK = timedelta(minutes=5)
DURATION = re.compile(r"([0-9]{1,3})(?::([0-5][0-9]))?")


class DurationField(forms.CharField):
    """Minutes, or minutes and seconds: "6" and "6:20". Cleans to seconds, or None."""

    def clean(self, value: Any) -> Any:
        """Return seconds. Raises ValidationError for what is no duration."""
        text = super().clean(value)
        if not text:
            return None
        found = DURATION.fullmatch(text)
        if found is None:
            raise ValidationError(_("Write minutes, or minutes and seconds: 6 or 6:20."), code="duration")
        return int(found[1]) * 60 + int(found[2] or 0)

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the input: "6:20"."""
        return f"{value // 60}:{value % 60:02}" if isinstance(value, int) else value


class NoteForm(forms.Form):
    """A call to be placed, with what it is about."""

    note = NOTE.formfield()

    def clean_note(self) -> str:
        """Return the text as it is stored, or raise what is wrong with it."""
        return str(NOTE.clean(self.cleaned_data["note"], None))


class OutcomeForm(NoteForm):
    """What came of a call."""

    outcome = OUTCOME.formfield()
    field_order = ["incoming", "started_at", "duration", "outcome", "note"]


class LogForm(OutcomeForm):
    """A call that took place on another telephone."""

    incoming = forms.ChoiceField(
        label=_("Direction"),
        choices=[("", _("We called")), ("1", _("They called"))],
        required=False,
        widget=forms.RadioSelect,
    )
    started_at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Say when it was.")},
    )
    duration = DurationField(
        label=_("Duration"),
        required=False,
        max_length=10,
        help_text=_("Minutes, or minutes and seconds: 6 or 6:20."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_incoming(self) -> bool:
        """Return whether they called."""
        return self.cleaned_data["incoming"] == "1"

    def clean_started_at(self) -> datetime:
        """Refuse what has not taken place yet."""
        moment: datetime = self.cleaned_data["started_at"]
        if moment > timezone.now() + SLACK:
            raise ValidationError(_("This lies ahead. Log a call when it has taken place."), code="ahead")
        if moment < EARLIEST:
            raise ValidationError(_("This date lies too far away. Is the year right?"), code="year")
        return moment

    def clean(self) -> dict[str, Any]:
        """Refuse a duration of a call that reached nobody."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("duration") and cleaned.get("outcome") in UNANSWERED:
            self.add_error(
                "duration", ValidationError(_("A call that reached nobody has no duration."), code="reached")
            )
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, in the words of the commands."""
        data = dict(self.cleaned_data)
        seconds = data.pop("duration")
        return {**data, "seconds": seconds}
