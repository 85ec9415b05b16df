"""The form of a lead: the person's fields, and what is known of them as a prospect."""

import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance, fields_for_model, model_to_dict
from django.utils.translation import gettext_lazy as _

from contacts.conversions import offers
from contacts.forms import OneField, RecordForm
from contacts.models import Kind
from contacts.models.choices import ROLE_GROUPS
from contacts.models.companions import accompany
from leads.models import Lead, Source
from leads.models.choices import CLOSED_STATUSES, OPEN_STATUSES
from leads.models.lead import LEAD_FIELDS
from leads.placing import new_lead
from tesoro.asking import ask_when

WORDS: dict[str, Any] = {
    "type": _("Lead type"),
    "property_types": _("Property types"),
    "price_from": _("Price from"),
    "price_to": _("Price to"),
    "bedrooms": _("Bedrooms, at least"),
    "bathrooms": _("Bathrooms, at least"),
    "area_from": _("Area from, m²"),
    "area_to": _("Area to, m²"),
    "timing": _("Looking to move"),
    "reason": _("Reason (Lost, Unqualified)"),
    "portal": _("Portal (source Portals)"),
}


class LeadForm(RecordForm):
    """Creates and edits a lead. The lead's own fields stand on the form beside the person's, each judged on its model.

    The portal is asked for when the source is Portals, the reason when the status is Lost or Unqualified.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        person = kwargs["instance"]
        person.kind = Kind.LEAD if person.pk is None else person.kind
        accompany(person)
        self.lead: Lead = getattr(person, "lead", None) or new_lead(person)  # a contact by now need not have one
        known = model_to_dict(self.lead, LEAD_FIELDS) if person.pk else {**_unknown(self.lead)}
        kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields.update(copy.deepcopy(_LEAD_FIELDS))
        for name, label in WORDS.items():
            self.fields[name].label = label
        self._offer_statuses()
        self.fields["locations"].widget.attrs["placeholder"] = _("Add a place")
        self.fields["features"].widget.attrs["placeholder"] = _("Pool, sea view …")
        ask_when(self, "portal", "source", [Source.PORTALS])
        ask_when(self, "reason", "status", CLOSED_STATUSES)

    def _offer_statuses(self) -> None:
        """Offer every status but Converted, which is reached by converting."""
        status: Any = self.fields["status"]
        status.choices = [(one.value, one.label) for one in OPEN_STATUSES]

    def _post_clean(self) -> None:
        """Judge the person, then the lead; what a field of the lead breaks is told beside it."""
        super()._post_clean()
        shown = [name for name in LEAD_FIELDS if name in self.fields]
        construct_instance(self, self.lead, shown)  # type: ignore[arg-type]
        beside = {field.name for field in Lead._meta.fields} - set(shown)
        try:
            self.lead.full_clean(exclude=beside | set(self.errors))
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)


_LEAD_FIELDS: dict[str, forms.Field] = fields_for_model(Lead, LEAD_FIELDS)


def _unknown(lead: Lead) -> dict[str, Any]:
    """Return what the form of a new lead proposes: nothing of the property, which one has to choose."""
    return {**model_to_dict(lead, LEAD_FIELDS), "property_types": []}


class LeadFieldForm(OneField, LeadForm):
    """One field of a lead. Status with its reason, and source with its portal, are changed together elsewhere."""


class StatusForm(forms.Form):
    """A status, and why, where a lead leaves the path."""

    status = forms.ChoiceField(label=_("Status"), choices=[(one.value, one.label) for one in OPEN_STATUSES])
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("Unqualified and Lost need a reason.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_when(self, "reason", "status", CLOSED_STATUSES)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason at its field."""
        data = super().clean() or {}
        if data.get("status") in CLOSED_STATUSES and not (data.get("reason") or "").strip():
            self.add_error("reason", ValidationError(_("Give a reason."), code="required"))
        return data


class ConversionForm(forms.Form):
    """What a conversion asks: the role of the contact, and what else is to be made."""

    role = forms.ChoiceField(label=_("Role"), choices=[])
    also = forms.MultipleChoiceField(label=_("Also"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lead: Lead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = ROLE_GROUPS
        role.error_messages |= {"required": _("Role is missing."), "invalid_choice": _("Role is missing.")}
        also: Any = self.fields["also"]
        also.choices = [(name, offer.label) for name, offer in offers.items()]
        self.asked = {name: list(offer.fields(lead).items()) for name, offer in offers.items()}
        for name, fields in self.asked.items():
            for key, field in fields:
                field.widget.attrs["data-shown-by"] = f"also={name}"
                self.fields[key] = field
        if not offers:
            del self.fields["also"]

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return what is to be made beside the contact, with what was answered for each."""
        chosen = self.cleaned_data.get("also") or []
        return {name: {key: self.cleaned_data.get(key) for key, _field in self.asked[name]} for name in chosen}

    @property
    def beside(self) -> list[Any]:
        """The fields that the offers ask for."""
        return [self[key] for fields in self.asked.values() for key, _field in fields]


class ManyConversionForm(forms.Form):
    """What the conversion of many asks: one role for all, or for each the one of its type."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    sure = forms.BooleanField(widget=forms.HiddenInput, initial=True)
    # How many there were when the question was asked.
    counted = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [("", _("As the lead type of each")), *ROLE_GROUPS]


def proposed(request: Any) -> dict[str, Any]:
    """Return what an address proposes for a new lead: the status of the column in which + was pressed."""
    status = request.GET.get("status", "")
    return {"status": status} if status in OPEN_STATUSES else {}
