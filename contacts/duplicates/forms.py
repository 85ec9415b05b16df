"""The form of a merge: who stays, and for each field in which two people differ whose value is taken."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contacts.duplicates.deciding import BOTH, PHOTO, Comparison, Decision

LETTERS = "AB"


@dataclass(frozen=True)
class Option:
    """One of the values to choose from. ``letter`` says whose it is, "" where it is both's."""

    value: str
    text: str
    letter: str
    person: Any
    checked: bool


@dataclass(frozen=True)
class Line:
    """A decision as the form shows it."""

    decision: Decision
    options: list[Option]
    errors: Any

    @property
    def is_photo(self) -> bool:
        """Whether pictures are chosen from, not words."""
        return self.decision.key == PHOTO


class MergeForm(forms.Form):
    """Asks who stays and what is taken. What is not answered is taken as proposed."""

    def __init__(self, comparison: Comparison, data: Any = None) -> None:
        super().__init__(data)
        self.comparison = comparison
        people = comparison.people
        self.keys = {str(person.pk): person for person in people}
        if comparison.may_choose:
            missing = {"required": _("Choose which record to keep.")}
            choices = [(key, key) for key in self.keys]
            self.fields["keep"] = forms.ChoiceField(choices=choices, error_messages=missing)
        if comparison.is_doubtful:
            unsure = {"required": _("Tick the box if both are the same person. Nothing was merged.")}
            self.fields["sure"] = forms.BooleanField(label=_("These two are the same person"), error_messages=unsure)
        for decision in comparison.differing:
            choices = [(key, key) for key in [*self.keys, *([BOTH] if decision.offers_both else [])]]
            self.fields[decision.field] = forms.ChoiceField(choices=choices, required=False)
        for person in people:
            self.fields[f"version-{person.pk}"] = forms.IntegerField(required=False)

    @property
    def kept(self) -> Any:
        """Who stays."""
        return self.keys.get(self.cleaned_data.get("keep", ""), self.comparison.stays)

    @property
    def gone(self) -> Any:
        """Who goes."""
        return next(person for person in self.comparison.people if person != self.kept)

    @property
    def picks(self) -> dict[str, str]:
        """Whose value is taken, by decision."""
        return {one.key: self.cleaned_data.get(one.field, "") for one in self.comparison.differing}

    @property
    def versions(self) -> dict[int, int]:
        """The versions of both that the user saw; 0, which none is, where the form says none."""
        return {person.pk: self.cleaned_data.get(f"version-{person.pk}") or 0 for person in self.comparison.people}

    @property
    def stays(self) -> str:
        """Who is ticked to stay."""
        return self.data.get("keep", "") if self.is_bound else str(self.comparison.stays.pk)

    @property
    def lines(self) -> list[Line]:
        """The decisions, each with its options and what is wrong with it."""
        return [Line(one, self._options(one), self.errors.get(one.field, [])) for one in self.comparison.differing]

    def _options(self, decision: Decision) -> list[Option]:
        chosen = self.data.get(decision.field, "") if self.is_bound else ""
        chosen = chosen or decision.proposed
        options = [
            Option(key, decision.words[person.pk], letter, person, chosen == key)
            for letter, (key, person) in zip(LETTERS, self.keys.items(), strict=True)
        ]
        if decision.offers_both:
            options.append(Option(BOTH, str(_("Both, one after the other")), "", None, chosen == BOTH))
        return options

    def take_errors(self, error: ValidationError) -> None:
        """Show what the rules refused beside the decision that its field belongs to."""
        places = {name: one.field for one in self.comparison.differing for name in one.names}
        for name, errors in error.error_dict.items() if hasattr(error, "error_dict") else [("", error.error_list)]:
            self.add_error(places.get(name), errors)
