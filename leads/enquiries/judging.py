"""Judging an enquiry by the rules of the person, the lead and the enquiry itself, whichever way it came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override
from phonenumber_field.phonenumber import PhoneNumber

from contacts.criteria.choices import PropertyType
from contacts.models import Kind, Person, Salutation
from leads.enquiries.leftovers import with_leftovers
from leads.enquiries.models import Enquiry
from leads.enquiries.models.enquiry import MESSAGE_LIMIT, WISH_LENGTH
from leads.enquiries.speaking import spoken
from leads.models import Lead, LeadType
from tesoro.phones import clean_phone

# Whoever asks must say this much, and a phone.
NEEDED = ["first_name", "last_name", "email"]
CRITERIA = ["property_types", "locations", "price_from", "price_to", "bedrooms", "bathrooms", "features"]
LEAD = ["type", "source", "portal", *CRITERIA]
ASKED = ["message", "reference", "property_url", "page", "consent"]


@dataclass
class Draft:
    """What somebody sent, as rows that are not stored: a person with their lead, and the enquiry."""

    person: Person
    lead: Lead
    enquiry: Enquiry
    wrong: dict[str, list[ValidationError]] = field(default_factory=dict)
    # What makes no sense beside who asks, by name; None where somebody is there to be told.
    unread: dict[str, Any] | None = None


def judged(account: Any, data: Mapping[str, Any], country: str = "") -> Draft:
    """Return what ``data`` says, by the names of the models' fields, cleaned by their rules.

    ``country`` (ISO 3166) reads a phone without country code. Raises ValidationError with all that is wrong, by field.
    Where ``data`` has ``unread``, nobody is there to be told: only who asks and how to reach them is demanded, and what
    else makes no sense is handed on below the message.
    Whether anybody uses the email already is not asked: the answer would tell a stranger.
    """
    person = Person(account=account, kind=Kind.LEAD, salutation=Salutation.NONE)
    draft = Draft(person, Lead(account=account, property_types=PropertyType.OTHER), Enquiry(account=account))
    _fill(draft, person, {name: data.get(name, "") for name in NEEDED})
    _fill_phone(draft, data.get("phone", ""), country)
    draft.unread = dict(data["unread"]) if "unread" in data else None
    for row, names in ((draft.lead, LEAD), (draft.enquiry, ASKED)):
        _fill(draft, row, {name: data[name] for name in names if _is_said(data, name)})
    _judge_together(draft, data)
    if draft.wrong:
        raise ValidationError(draft.wrong)
    _tell(draft, data)
    return draft


def _is_said(data: Mapping[str, Any], name: str) -> bool:
    return data.get(name) not in (None, "", [], ())


def _fill(draft: Draft, row: Any, values: Mapping[str, Any]) -> None:
    """Set each value as its field cleans it, and note what it refuses."""
    for name, value in values.items():
        try:
            setattr(row, name, row._meta.get_field(name).clean(value, row))
        except ValidationError as error:
            if draft.unread is None:
                draft.wrong[name] = error.error_list
            else:
                draft.unread[name] = value


def _fill_phone(draft: Draft, typed: str, country: str) -> None:
    """Set the number as E.164, read as of ``country`` where it has no code."""
    try:
        draft.person.phone = PhoneNumber.from_string(clean_phone(typed, country or None))
    except ValidationError as error:
        draft.wrong["phone"] = error.error_list


def _judge_together(draft: Draft, data: Mapping[str, Any]) -> None:
    """Judge what takes more than one field of the lead."""
    try:
        draft.lead.clean()
    except ValidationError as error:
        if draft.unread is None:
            draft.wrong = {**error.error_dict, **draft.wrong}
            return
        for name in error.error_dict:
            draft.unread[name] = data.get(name, "")
            column: Any = Lead._meta.get_field(name)
            setattr(draft.lead, name, column.get_default())


def _tell(draft: Draft, data: Mapping[str, Any]) -> None:
    """Fill what the enquiry keeps of the person as they gave it, in words."""
    enquiry, lead = draft.enquiry, draft.lead
    draft.person.lead = lead
    enquiry.name, enquiry.phone = draft.person.full_name, draft.person.phone
    enquiry.source, enquiry.portal = lead.source, lead.portal
    with override(spoken(lead.account)):
        enquiry.wish = wished(lead, data)[:WISH_LENGTH]
        enquiry.message = with_leftovers(enquiry.message, draft.unread or {}, MESSAGE_LIMIT)
    enquiry.consented_at = timezone.now() if enquiry.consent else None


def wished(lead: Lead, data: Mapping[str, Any]) -> str:
    """Return in one line what somebody said they look for: "Buyer: villa or penthouse, Altea, to €450k"."""
    said = lead if _is_said(data, "property_types") else _without_kind(lead)
    criteria = said.criteria_told(lead.account.currency)
    if not _is_said(data, "type"):
        return criteria
    kind = str(LeadType(lead.type).label)
    return f"{kind}: {criteria}" if criteria else kind


def _without_kind(lead: Lead) -> Lead:
    """Return the same criteria without a kind of property: a lead has to have one, the enquirer named none."""
    return Lead(account=lead.account, **{name: getattr(lead, name) for name in CRITERIA if name != "property_types"})
