"""The form of a meeting: what, when, where, and who."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.meetings.models import Meeting
from contacts.meetings.planning import ATTENDEES, REVISED, attendees_mark
from contacts.people_picker.finding import resolve
from contacts.people_picker.widget import PeopleInput, hint
from tesoro.opened import OpenedForm
from tesoro.posted import keys

MOST_TYPED = 15_000  # fifty addresses of the longest kind
LOCAL = "%Y-%m-%dT%H:%M"
USUAL = timedelta(hours=1)


class MomentInput(forms.DateTimeInput):
    """A date and a time, in the account's zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"max": "2199-12-31T23:59", **(attrs or {})}, format=LOCAL)


class ColleaguesField(forms.ModelMultipleChoiceField):
    """Users of the account, each with a box to tick."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """Return the users; what no database takes for a key is no choice, like any other number."""
        if wrong := [one for one in value or () if not keys([str(one)])]:
            text = self.error_messages["invalid_choice"]
            raise ValidationError(text, code="invalid_choice", params={"value": wrong[0]})
        return super().clean(value)

    def label_from_instance(self, obj: Any) -> str:
        """Return the full name."""
        return str(obj.get_full_name())


class MeetingForm(OpenedForm):
    """Plans and changes a meeting.

    ``host`` is the person on whose page it is planned: they attend, whoever else does. ``user`` organises a new one, to
    which ``people`` and ``colleagues`` are proposed.
    """

    groups = REVISED
    people = forms.CharField(label=_("People"), required=False, max_length=MOST_TYPED, strip=False)
    colleagues = ColleaguesField(User.objects.none(), label=_("Colleagues"), required=False)
    invite = forms.BooleanField(label=_("Send an invitation"), required=False)

    class Meta:
        model = Meeting
        fields = ["title", "kind", "starts_at", "ends_at", "place", "details"]
        widgets = {"starts_at": MomentInput(), "ends_at": MomentInput({"data-follows": "starts_at"})}

    def __init__(
        self,
        *args: Any,
        user: Any,
        host: Any = None,
        starts_at: datetime | None = None,
        people: Sequence[Any] = (),
        colleagues: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposed, self.proposed_team = people, colleagues
        self.host = host
        self.organiser = self.instance.author if self.instance.pk else user
        self.attending = self.instance.attendees if self.instance.pk else []
        self._draw_fields(starts_at)

    def marks(self) -> dict[str, str]:
        """Return the marks of what the form opens with, and of who attends."""
        return {**super().marks(), ATTENDEES: attendees_mark(self.instance.attendees)}

    def _draw_fields(self, starts_at: datetime | None) -> None:
        for name, missing in (("starts_at", _("Start is missing.")), ("ends_at", _("End is missing."))):
            self.fields[name].error_messages["required"] = missing
        if not self.instance.pk:
            self.initial["starts_at"] = starts_at or next_hour()
            self.initial["ends_at"] = self.initial["starts_at"] + USUAL
        self._draw_attendees()
        self._draw_invitation()

    def _draw_attendees(self) -> None:
        attending = [one.person for one in self.attending if one.person_id and not one.person.in_trash]
        people = [*attending, *self.proposed]
        users = [one.user_id for one in self.attending if one.user_id] + [user.pk for user in self.proposed_team]
        team = User.objects.for_account(self.instance.account)
        choices: Any = self.fields["colleagues"]
        choices.queryset = (team.active() | team.filter(pk__in=users)).exclude(pk=self.organiser and self.organiser.pk)
        self.initial.setdefault("colleagues", users)
        self.initial["people"] = ", ".join(person.email for person in people)
        field = self.fields["people"]
        field.widget = PeopleInput(self.instance.account)
        field.help_text = hint(_("Their email addresses, with commas between."))
        if self.host:
            field.label = _("Other people")

    def _draw_invitation(self) -> None:
        field = self.fields["invite"]
        told = any(one.is_invited for one in self.attending)
        self.initial["invite"] = told
        if told:
            field.label = _("Send the change to everybody")
        field.help_text = _("An email with the appointment, for any calendar program.")
        if silent := self._silent([self.host, *(one.person for one in self.attending)]):
            field.help_text = _("%(why)s They get no invitation.") % {"why": silent}
            field.widget.attrs["disabled"] = True
            self.initial["invite"] = False

    @staticmethod
    def _silent(people: list[Any]) -> str:
        """Return why no invitation can be sent, naming the first of ``people`` who asked not to be contacted."""
        for person in filter(None, people):
            try:
                person.demand_contactable()
            except ValidationError as error:
                return " ".join(error.messages)
        return ""

    def clean_people(self) -> list[Any]:
        """Return the people, or raise what is wrong with each address."""
        found = resolve(self.instance.account, self.cleaned_data["people"])
        host = [self.host] if self.host and self.host.pk not in {person.pk for person in found} else []
        return [*host, *found]

    def clean(self) -> dict[str, Any]:
        """Refuse to invite whom one may not write to, and to what is over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("invite"):
            return cleaned
        if silent := self._silent(cleaned.get("people", [])):
            without = _("Take the tick off to plan the meeting without an invitation.")
            self.add_error("invite", ValidationError(f"{silent} {without}", code="do_not_contact"))
        ends_at = cleaned.get("ends_at")
        if ends_at and ends_at <= timezone.now():
            self.add_error("invite", ValidationError(_("The meeting is over: nobody can be invited to it any more.")))
        return cleaned


def next_hour() -> datetime:
    """Return the next full hour where the account is, one that its clocks do show."""
    return timezone.localtime().replace(minute=0, second=0, microsecond=0).astimezone(UTC) + timedelta(hours=1)
