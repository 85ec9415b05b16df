"""The form of a company: what the side panel shows, in its groups; and the one that links people to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.forms import OneField, SubjectForm
from contacts.people_picker.finding import resolve
from contacts.people_picker.widget import PeopleInput, hint
from contacts.relations.models import Relation
from tesoro.addresses import PARTS, POINT


class RelationForm(SubjectForm):
    """Creates and edits a company."""

    class Meta:
        model = Relation
        fields = [
            "name", "type", "status", "email", "phone", "website", "preferred_channel", "credit_terms",
            *PARTS, *POINT, "note",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["data-check-url"] = reverse("contacts:phone-check")
        self.fields["website"].widget.attrs["placeholder"] = "www.example.com"
        self.fields["credit_terms"].widget.attrs["placeholder"] = _("30 days, 2 % discount …")
        channel: Any = self.fields["preferred_channel"]
        channel.choices = [("", _("None")), *Relation._meta.get_field("preferred_channel").choices]  # type: ignore[misc]
        if self.instance.pk is None and "type" in self.fields:
            kind: Any = self.fields["type"]  # nothing is proposed: "Other" would be taken by most
            kind.choices = [("", _("Choose")), *kind.choices]
            kind.error_messages["required"] = _("Choose a type.")
            self.initial["type"] = (kwargs.get("initial") or {}).get("type", "")


class RelationFieldForm(OneField, RelationForm):
    """One field of a company."""


class LinkForm(forms.Form):
    """The people who are to belong to a company, by their addresses."""

    people = forms.CharField(
        label=_("Link contacts"),
        help_text=hint(_("Their email addresses, with commas between them. Whoever is at another company leaves it.")),
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, relation: Relation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = relation.account
        widget = PeopleInput(relation.account)
        widget.attrs["data-picker"] = f"{reverse('contacts:people')}?company={relation.pk}"
        self.fields["people"].widget = widget

    def clean_people(self) -> list[Any]:
        """Return the people, or raise ValidationError that says of each address what is wrong with it."""
        found = resolve(self.account, self.cleaned_data["people"])
        if not found:
            raise ValidationError(self.fields["people"].error_messages["required"], code="required")
        return found
