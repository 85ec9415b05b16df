"""The form of a deal: what the side panel shows, in its groups; and the small ones beside it."""

import json
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.criteria.models import CRITERIA
from contacts.forms import OneField, SubjectForm
from contacts.models import Kind, Person
from contacts.models.choices import ROLE_GROUPS
from contacts.people_picker.finding import resolve
from contacts.people_picker.widget import PeopleInput, hint
from deals.models import Deal, DealType, Pipeline, Stage
from deals.models.choices import TYPE_OF, pipeline_of, stages_of
from deals.naming import BY_EMAIL
from deals.parties import as_clients
from tesoro.addresses import PARTS, POINT
from tesoro.asking import ask_when
from tesoro.posted import key

FIELDS = [
    "name", "type", "stage", "reason", "assigned_to", "value", "commission", "closing_on", "description", *PARTS,
    *POINT, *CRITERIA,
]  # fmt: skip
WORDS: dict[str, Any] = {
    "commission": _("Commission, %"),
    "reason": _("Reason (Lost)"),
    "property_types": _("Property types"),
    "price_from": _("Price from"),
    "price_to": _("Price to"),
    "bedrooms": _("Bedrooms, at least"),
    "bathrooms": _("Bathrooms, at least"),
    "area_from": _("Area from, m²"),
    "area_to": _("Area to, m²"),
}
# The party's fields, and where the form asks for them.
ASKED_AS = {"person": "clients"}

_BETWEEN = re.compile(r"[,;\n]")


class ContactsField(forms.CharField):
    """Contacts by their addresses; by script each is found by name. A lead is refused, saying what to do."""

    def __init__(self, account: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.account = account

    def clean(self, value: Any) -> list[Person]:
        """Return the contacts, or raise ValidationError that says of each address what is wrong with it."""
        text = super().clean(value)
        if any("@" not in word for word in _BETWEEN.split(text) if word.strip()):
            raise ValidationError(BY_EMAIL, code="no_address")
        people = resolve(self.account, text)
        leads = [person for person in people if person.kind == Kind.LEAD]
        if leads:
            text = now_("%(name)s is a lead. Convert the lead first.")
            raise ValidationError([ValidationError(text, code="lead", params={"name": lead}) for lead in leads])
        return people


def contacts_field(form: Any, name: str, account: Any) -> None:
    """Let the field of a form look among the contacts of an account."""
    field: Any = form.fields[name]
    field.account, field.widget = account, PeopleInput(account)
    field.widget.is_required = field.required


class DealForm(SubjectForm):
    """Creates and edits a deal. The type decides the pipeline, and with it which stages there are."""

    clients = ContactsField(
        label=_("Clients"),
        help_text=hint(_("Their email addresses, with commas between them.")),
        error_messages={"required": _("A deal needs a client.")},
    )
    # The pipeline whose stages were offered: with a type of the other one the stage is asked for anew.
    offered = forms.ChoiceField(choices=Pipeline.choices, required=False, widget=forms.HiddenInput)
    too_many_tags = _("A deal has at most 50 tags.")

    class Meta:
        model = Deal
        fields = FIELDS
        widgets = {"closing_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in WORDS.items():
            if name in self.fields:
                self.fields[name].label = label
        self._offer_clients()
        self._offer_stages()
        self._offer_colleagues()
        if "reason" in self.fields and "stage" in self.fields:
            ask_when(self, "reason", "stage", [Stage.LOST])

    def _offer_clients(self) -> None:
        """Ask for clients where a deal is made; later they come and go on its tab of contacts."""
        if self.instance.pk is None:
            contacts_field(self, "clients", self.account)
        else:
            del self.fields["clients"]

    def _offer_stages(self) -> None:
        """Offer the stages of the pipeline of the type that stands in the form."""
        self.pipeline = pipeline_of(str(self["type"].value() if "type" in self.fields else self.instance.type))
        self.initial["offered"] = self.pipeline.value
        if "stage" in self.fields:
            stage: Any = self.fields["stage"]
            stage.choices = [(one.value, one.label) for one in stages_of(self.pipeline)]
            self.initial["stage"] = self.initial.get("stage") or stage.choices[0][0]
            told = {"pipeline": self.pipeline.label}
            text = _("Choose a stage of the pipeline “%(pipeline)s”.") % told
            stage.error_messages |= {"invalid_choice": text, "required": text}
            if "type" in self.fields:
                stage.widget.attrs |= {"data-choices-of": self.add_prefix("type"), "data-choices": _stages_by_type()}

    def _offer_colleagues(self) -> None:
        if "assigned_to" not in self.fields:
            return
        users = User.objects.for_account(self.account)
        agent: Any = self.fields["assigned_to"]
        agent.queryset = users.filter(pk=self.instance.assigned_to_id) | users.active()
        agent.required, agent.empty_label = True, None
        if self.instance.pk is None:
            self.initial["assigned_to"] = self.initial.get("assigned_to") or self.user.pk

    def clean(self) -> dict[str, Any]:
        """Ask for the stage where the type has gone over to the other pipeline."""
        data: dict[str, Any] = super().clean() or {}
        went_over = bool(data.get("offered")) and data["offered"] != self.pipeline
        if went_over and "stage" in self.fields and "stage" not in self.errors:
            text = now_("The pipeline is “%(pipeline)s” now. Choose the stage.") % {"pipeline": self.pipeline.label}
            self.add_error("stage", ValidationError(text, code="other_pipeline"))
        if went_over:  # what is sent next has been chosen among the stages that stand here now
            self.data: Any = self.data.copy()
            self.data[self.add_prefix("offered")] = self.pipeline.value
        return data

    def add(self, *, by: Any) -> None:
        """Store the new deal with its clients; raises what the command does."""
        data = self.cleaned_data
        self.instance.add(by=by, tags=data["tags"], parties=as_clients(data["clients"], data["type"]))

    def add_errors(self, error: ValidationError) -> None:
        """Take over what the command refused after validation; what it says of a person is told at the clients."""
        if hasattr(error, "error_dict"):
            error = ValidationError({ASKED_AS.get(name, name): told for name, told in error.error_dict.items()})
        super().add_errors(error)


def _stages_by_type() -> str:
    """Return for the script which stages go with which type, and the pipeline that the form offers then."""
    offers = {
        kind.value: {
            "offered": pipeline_of(kind).value,
            "choices": [(stage.value, str(stage.label)) for stage in stages_of(pipeline_of(kind))],
        }
        for kind in DealType
    }
    return json.dumps(offers, ensure_ascii=False)


class DealFieldForm(OneField, DealForm):
    """One field of a deal. Stage and reason, and type and stage, are changed together elsewhere."""


class StageForm(forms.Form):
    """A stage, and why, where a deal is lost."""

    stage = forms.ChoiceField(label=_("Stage"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False, help_text=_("A lost deal needs a reason.")
    )

    def __init__(self, *args: Any, stages: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage: Any = self.fields["stage"]
        stage.choices = [(one.value, one.label) for one in stages]
        ask_when(self, "reason", "stage", [Stage.LOST])

    def clean(self) -> dict[str, Any]:
        """Ask for the reason at its field."""
        data = super().clean() or {}
        if data.get("stage") == Stage.LOST and not (data.get("reason") or "").strip():
            self.add_error("reason", ValidationError(now_("Give a reason."), code="required"))
        return data


class JoinForm(forms.Form):
    """Contacts who are to take part in a deal, and as what."""

    people = ContactsField(
        label=_("Add contacts"),
        help_text=hint(_("Their email addresses, with commas between them.")),
        error_messages={"required": _("Choose at least one contact.")},
    )
    role = forms.ChoiceField(label=_("Role in the deal"), choices=[("", _("Choose")), *ROLE_GROUPS])

    def __init__(self, *args: Any, account: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacts_field(self, "people", account)
        self.fields["role"].error_messages |= {
            "required": _("Role is missing."),
            "invalid_choice": _("Role is missing."),
        }


class RoleForm(forms.Form):
    """The role of one who takes part."""

    role = forms.ChoiceField(label=_("Role in the deal"), choices=ROLE_GROUPS)


def proposed(request: Any) -> dict[str, Any]:
    """Return what an address proposes for a new deal: type, stage of the column in which + was pressed, contact.

    Without type and pipeline the type is what a contact of that role wants to do.
    """
    words: dict[str, Any] = {}
    contacts = Person.objects.for_account(request.account).contacts()
    contact = contacts.filter(pk=key(request.GET.get("contact", ""))).first()
    kind, pipeline = request.GET.get("type", ""), request.GET.get("pipeline", "")
    if kind in DealType.values:
        words["type"] = kind
    elif pipeline in Pipeline.values:
        words["type"] = DealType.BUY if pipeline == Pipeline.BUYER else DealType.SELL
    elif contact is not None and contact.role in TYPE_OF:
        words["type"] = TYPE_OF[contact.role]
    stage = request.GET.get("stage", "")
    if stage in stages_of(pipeline_of(words.get("type", DealType.BUY))):
        words["stage"] = stage
    if contact is not None:
        words["clients"] = contact.email
    return words


def wins(form: Any) -> bool:
    """Whether a form that was saved has won the deal: a new one that is won from the start, too."""
    is_new = "clients" in form.fields
    return form.instance.stage == Stage.WON and (is_new or "stage" in form.changed_data)
