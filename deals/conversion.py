"""The deal that a conversion makes: its name, type and criteria come from the lead."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from contacts.conversions import Offer
from contacts.criteria.models import CRITERIA
from contacts.models import Role
from deals.models import Deal, DealType
from deals.models.choices import TYPE_OF, pipeline_of, stages_of
from deals.parties import as_clients

NAME_LENGTH = 100
# The offer's fields, and the deal's: a refusal of the one is told at the other.
ASKED = {"deal_name": "name", "deal_type": "type"}


def proposed_name(person: Any, lead: Any) -> str:
    """Return a name for the deal: who, and what they look for, as far as it fits."""
    wish = ", ".join(part for part in (lead.what(), lead.where()) if part)
    return Truncator(f"{person.full_name}: {wish}" if wish else person.full_name).chars(NAME_LENGTH)


def fields(lead: Any) -> dict[str, forms.Field]:
    """Return what the dialog asks for the deal."""
    name = forms.CharField(
        label=_("Name of the deal"), max_length=NAME_LENGTH, required=False, initial=proposed_name(lead.person, lead)
    )
    kind = forms.ChoiceField(
        label=_("Type of the deal"), choices=DealType.choices, initial=_type_of(lead), required=False
    )
    return {"deal_name": name, "deal_type": kind}


def _type_of(lead: Any) -> DealType:
    return TYPE_OF.get(Role(lead.type), DealType.BUY)


def make(person: Any, lead: Any, by: Any, answers: Mapping[str, Any]) -> Deal:
    """Store a deal with the new contact as its client. Raises ValidationError at the dialog's fields."""
    kind = answers.get("deal_type") or _type_of(lead)
    deal = Deal(
        account=person.account,
        name=answers.get("deal_name") or proposed_name(person, lead),
        type=kind,
        stage=stages_of(pipeline_of(kind))[0],
        assigned_to=person.assigned_to if person.assigned_to and person.assigned_to.is_active else by,
        value=lead.price_to or lead.price_from,
        **{name: getattr(lead, name) for name in CRITERIA},
    )
    try:
        return deal.add(by=by, parties=as_clients([person], kind))
    except ValidationError as error:
        names = {told: asked for asked, told in ASKED.items()}
        raise ValidationError({names.get(name, "deal_name"): told for name, told in error.error_dict.items()}) from None


OFFER = Offer(_("Create a deal"), fields, make)
