"""Finding people: while one types, and by the addresses of a plain text field."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import Kind, Person
from tesoro.emails import clean_email, email_key

MOST_PEOPLE = 50
MOST_FOUND = 8
_BETWEEN = re.compile(r"[\s,;]+")


def suggest(account: Any, query: str) -> list[Person]:
    """Return up to eight people who match, contacts first, those last active first.

    Each section is asked by itself: in the order of its index a page is found at once among a million.
    """
    if not query.strip():
        return []
    found: list[Person] = []
    for kind in (Kind.CONTACT, Kind.LEAD):
        matching = Person.objects.for_account(account).matching(account, query).filter(kind=kind)
        found += matching.order_by("-last_activity_at", "-pk")[: MOST_FOUND - len(found)]
    return found


def resolve(account: Any, text: str) -> list[Person]:
    """Return the people whose addresses stand in ``text``, with commas, blanks or line breaks between.

    Raises ValidationError that says of each address what is wrong with it.
    """
    words = _words(text)
    if len(words) > MOST_PEOPLE:
        raise ValidationError(_("At most %(n)d people at once.") % {"n": MOST_PEOPLE}, code="many")
    wrong: list[ValidationError] = []
    addresses = [address for word in words if (address := _address(word, wrong))]
    known = _known(account, addresses)
    unknown = [address for address in addresses if email_key(address) not in known]
    if unknown:
        wrong.append(_unknown(unknown))
    if wrong:
        raise ValidationError(wrong)
    return list({known[email_key(address)].pk: known[email_key(address)] for address in addresses}.values())


def named_in(account: Any, text: str) -> dict[str, str]:
    """Return the names behind the addresses in ``text``, by the address as typed; what is wrong is passed over."""
    typed = {word: address for word in _words(text)[:MOST_PEOPLE] if (address := _address(word, []))}
    known = _known(account, typed.values())
    found = {word: known.get(email_key(address)) for word, address in typed.items()}
    return {word: person.full_name for word, person in found.items() if person}


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(filter(None, _BETWEEN.split(text))))


def _known(account: Any, addresses: Iterable[str]) -> dict[str, Person]:
    keys = [email_key(address) for address in addresses]
    rows = Person.objects.for_account(account).filter(email_key__in=keys) if keys else []
    return {person.email_key: person for person in rows}


def _address(word: str, wrong: list[ValidationError]) -> str:
    try:
        return clean_email(word)
    except ValidationError as error:
        told = {"word": Truncator(word).chars(60), "fault": " ".join(error.messages)}
        wrong.append(ValidationError("%(word)s: %(fault)s", code="invalid", params=told))
        return ""


def _unknown(addresses: list[str]) -> ValidationError:
    text = ngettext(
        "No contact or lead has the address %(addresses)s.",
        "No contact or lead has one of these addresses: %(addresses)s.",
        len(addresses),
    )
    return ValidationError(text, code="unknown", params={"addresses": ", ".join(addresses)})
