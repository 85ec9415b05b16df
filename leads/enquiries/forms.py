"""The form a visitor fills in, and those by which an admin sets it up."""

import hashlib
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contacts.meetings.forms import ColleaguesField
from contacts.models import Person
from leads.enquiries.homeland import calling_code
from leads.enquiries.judging import judged
from leads.enquiries.models import ApiToken, Assignment, Enquiry, Mode, PublicForm
from leads.enquiries.models import fields as rules
from leads.enquiries.models.form import FORM_FIELDS
from leads.models import Lead, LeadType, Source
from tesoro.asking import ask_when
from tesoro.forms import ModelForm
from tesoro.money import AmountInput

WISHES = [
    (LeadType.BUYER.value, _("Buy")),
    (LeadType.SELLER.value, _("Sell")),
    (LeadType.TENANT.value, _("Rent")),
    (LeadType.LANDLORD.value, _("Rent out")),
]
# What the address of the form may fill in: a link on the page of a property names it.
PREFILLED = ["type", "property_types", "locations", "reference", "page"]
PLACE_LENGTH = 500


def _of(model: Any, name: str, **options: Any) -> Any:
    """Return the field of a model's form: its label and its control, not its rule."""
    return model._meta.get_field(name).formfield(**options)


class EnquiryForm(forms.Form):
    """What a visitor tells the office. The rules are those of the person, the lead and the enquiry."""

    first_name = _of(Person, "first_name")
    last_name = _of(Person, "last_name")
    email = _of(Person, "email")
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("With country code"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
        error_messages={"required": _("Phone is missing.")},
    )
    type = forms.ChoiceField(label=_("I want to"), choices=WISHES)
    property_types = _of(Lead, "property_types", required=False, label=_("Property"))
    locations = forms.CharField(label=_("Location"), required=False, max_length=PLACE_LENGTH)
    price_to = AmountInput(label=_("Price up to"), required=False)
    reference = _of(Enquiry, "reference", label=_("Property reference"))
    message = _of(Enquiry, "message", label=_("Message"))
    agreed = forms.BooleanField(
        label=_("Consent"), error_messages={"required": _("Please agree, so that we may answer.")}
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, office: PublicForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["price_to"].help_text = _("In %(currency)s") % {"currency": office.account.currency}
        self.country, self.code = calling_code(office.account)
        if self.code:
            words = {"code": self.code, "country": self.country}
            self.fields["phone"].help_text = _("With country code: +%(code)d for %(country)s") % words
        filled = {"first_name": "given-name", "last_name": "family-name", "email": "email", "phone": "tel"}
        for name, meaning in filled.items():
            self.fields[name].widget.attrs["autocomplete"] = meaning

    def clean_page(self) -> str:
        """Return where the visitor came from. What is no address is left out: they did not type it."""
        try:
            return rules.clean_page(self.cleaned_data["page"]) if self.cleaned_data["page"] else ""
        except ValidationError:
            return ""

    def clean(self) -> dict[str, Any]:
        """Judge by the models' rules; each error stands at its field."""
        data = super().clean() or self.cleaned_data
        try:
            judged(self.office.account, self.said())
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, [self._explained(one) for one in errors])
        return data

    def _explained(self, error: ValidationError) -> ValidationError:
        """Add the code of the office's country, which most visitors mean, to a number without one."""
        if error.code != "no_country_code" or not self.code:
            return error
        text = _("No country code. For %(country)s, put +%(code)d before the number.")
        return ValidationError(text, code=error.code, params={"country": self.country, "code": self.code})

    def said(self) -> dict[str, Any]:
        """Return what was typed, as :func:`leads.enquiries.receiving.receive` takes it."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
        typed["price_to"] = str(typed.get("price_to") or "")
        return {**typed, "source": Source.WEBSITE, "consent": self.office.consent}

    def delivery(self, nonce: str) -> str:
        """Return the name of this delivery: the same form with the same words is one, however often it is sent."""
        said = json.dumps(self.said(), sort_keys=True, default=str)
        return f"{nonce}:{hashlib.sha256(said.encode()).hexdigest()}"


class PublicFormForm(ModelForm):
    """What the public form says, and where it may be shown."""

    class Meta:
        model = PublicForm
        fields = FORM_FIELDS
        labels = {"is_open": _("The form is open to everybody who has its address")}
        help_texts = {
            "consent": _("Stands beside a box that must be ticked. The text is kept with each enquiry."),
            "privacy_url": _("Linked below the consent."),
            "return_url": _("Linked from the thank-you page."),
            "sites": _("One a line. Only these may show the form inside a page of theirs."),
        }


class AssignmentForm(forms.ModelForm):
    """Who gets new leads."""

    users = ColleaguesField(User.objects.none(), label=_("Agents"), required=False)

    class Meta:
        model = Assignment
        fields = ["mode", "agent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = User.objects.for_account(self.instance.account).active()
        agent: Any = self.fields["agent"]
        agent.queryset = self.fields["users"].queryset = colleagues  # type: ignore[attr-defined]
        agent.empty_label = _("The first admin")
        agent.label_from_instance = lambda user: user.get_full_name()
        agent.widget.attrs["data-shown-by"] = f"mode={Mode.FIXED}"
        ask_when(self, "users", "mode", [Mode.TURN])
        if self.instance.pk:
            self.initial["users"] = list(self.instance.turns.values_list("user", flat=True))

    def clean(self) -> dict[str, Any]:
        """Ask for somebody to take turns."""
        data = super().clean() or self.cleaned_data
        if data.get("mode") == Mode.TURN and not data.get("users") and "users" not in self.errors:
            self.add_error("users", ValidationError(_("Choose at least one agent."), code="required"))
        return data

    def save(self, commit: bool = True) -> Any:
        """Store the rule; who does not take turns is in no rotation."""
        turning = self.cleaned_data["mode"] == Mode.TURN
        self.instance.choose(self.cleaned_data["users"] if turning else [])
        return self.instance


class TokenForm(ModelForm):
    """A new token: what it is for, and what is noted of leads that come by it."""

    class Meta:
        model = ApiToken
        fields = ["name", "source", "portal", "country"]
        help_texts = {
            "name": _("Who will use it: “Idealista”, “Our website”."),
            "country": _("Leave it empty to refuse numbers without a country code."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_when(self, "portal", "source", [Source.PORTALS])
