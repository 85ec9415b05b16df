"""Reading what portals and websites send as JSON: names of fields differ, and so do the words in them."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from contacts.criteria.choices import PropertyType
from leads.enquiries.leftovers import cut, readable
from leads.enquiries.models import ApiToken
from leads.enquiries.models.enquiry import CONSENT_LIMIT, MESSAGE_LIMIT
from leads.enquiries.models.fields import clean_page
from leads.enquiries.speaking import spoken
from leads.models import LeadType, Portal, Source
from tesoro.text import fold

# By the name of a model's field, the names under which it is looked for; the first that holds something counts.
ALIASES: Mapping[str, list[str]] = {
    "first_name": ["first_name", "firstname", "given_name", "forename"],
    "last_name": ["last_name", "lastname", "surname", "family_name"],
    "email": ["email", "email_address", "mail"],
    "phone": ["phone", "phone_number", "telephone", "tel", "mobile"],
    "message": ["message", "comments", "comment", "body", "text"],
    "type": ["type", "lead_type", "operation"],
    "property_types": ["property_types", "property_type"],
    "locations": ["locations", "location"],
    "price_from": ["price_from", "min_price", "budget_from"],
    "price_to": ["price_to", "max_price", "budget", "budget_to"],
    "bedrooms": ["bedrooms", "beds"],
    "bathrooms": ["bathrooms", "baths"],
    "features": ["features"],
    "reference": ["reference", "property_reference", "ref"],
    "property_url": ["property_url", "url"],
    "page": ["page", "page_url", "referrer"],
    "source": ["source"],
    "portal": ["portal"],
    "consent": ["consent_text"],
}
NAME = ["name", "full_name", "fullname"]
IN_PROPERTY = {"reference": "reference", "property_url": "url", "property_types": "type"}
IDS = ["id", "enquiry_id", "lead_id"]
LISTS = {"property_types", "locations", "features"}
# Without these nobody can be answered; whatever else makes no sense is handed on as it is.
DEMANDED = {"first_name", "last_name", "email", "phone"}
PROSE = {"message": MESSAGE_LIMIT, "consent": CONSENT_LIMIT}
MOST_IN_A_LIST = 50
LONGEST_PRICE = 60
MOST_KINDS = 50
MOST_LETTERS = 100

TYPES = {
    **dict.fromkeys(["buy", "purchase", "sale", "forsale", "comprar", "compra", "venta", "enventa"], LeadType.BUYER),
    **dict.fromkeys(["sell", "valuation", "vender", "valoracion"], LeadType.SELLER),
    **dict.fromkeys(["rent", "rental", "forrent", "alquiler", "alquilar", "enalquiler"], LeadType.TENANT),
    **dict.fromkeys(["rentout", "let", "letting", "arrendar"], LeadType.LANDLORD),
}
KINDS = {
    **dict.fromkeys(["flat", "piso", "apartamento"], PropertyType.APARTMENT),
    **dict.fromkeys(["atico"], PropertyType.PENTHOUSE),
    **dict.fromkeys(["estudio"], PropertyType.STUDIO),
    **dict.fromkeys(["casa", "detachedhouse"], PropertyType.HOUSE),
    **dict.fromkeys(["terracedhouse", "adosado"], PropertyType.TOWNHOUSE),
    **dict.fromkeys(["chalet"], PropertyType.VILLA),
    **dict.fromkeys(["countryhouse", "cortijo"], PropertyType.FINCA),
    **dict.fromkeys(["land", "terreno", "parcela"], PropertyType.PLOT),
    **dict.fromkeys(["office", "shop", "premises", "local", "oficina"], PropertyType.COMMERCIAL),
    **dict.fromkeys(["parking", "garaje"], PropertyType.GARAGE),
}
# No database keeps these, and no encoder takes half a pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_RANGE = re.compile(r"([^-–—]*\d[^-–—]{0,9}?)\s*(?:-|–|—|\bto\b|\bhasta\b)\s*([^-–—]*\d[^-–—]{0,9})")
_AT_LEAST = re.compile(r"\s*(\d{1,3})\s*(?:\+|-|–|—|to\b|or\b|o\b)")


def read(payload: Mapping[str, Any], token: ApiToken) -> dict[str, Any]:
    """Return what a payload says, by the names of the models' fields; source and portal are the token's unless it says.

    What is read here is still to be judged. ``unread`` holds what makes no sense, by name: it is no reason to refuse.
    Raises ValidationError by field where that is who asks, or how to reach them.
    """
    wrong: dict[str, Any] = {}
    unread: dict[str, Any] = {}
    data: dict[str, Any] = {}
    flat = _with_property(payload)
    for name, aliases in ALIASES.items():
        try:
            if value := _value(flat, name, aliases):
                data[name] = WORDS[name](value) if name in WORDS else value
        except ValidationError as error:
            (wrong if name in DEMANDED else unread)[name] = error if name in DEMANDED else _found(flat, aliases)
    _split_name(flat, data, wrong)
    _complete_name(data, wrong, token)
    _part_price(data)
    _settle_origin(data, unread, token)
    if wrong:
        raise ValidationError(wrong)
    return {**data, "unread": unread}


def delivery_of(payload: Mapping[str, Any], header: str) -> str:
    """Return the sender's name for this delivery: the header ``Idempotency-Key``, else the payload's ``id``, or ""."""
    found = _found(payload, IDS)
    return header.strip() or (found.strip() if isinstance(found, str) else readable(found))


def _with_property(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload with what stands under ``property`` beside the rest."""
    flat = {str(name).lower(): value for name, value in payload.items()}
    about = flat.pop("property", None)
    if isinstance(about, dict):
        for name, key in IN_PROPERTY.items():
            if about.get(key) not in (None, ""):
                flat[ALIASES[name][0]] = about[key]
    elif about is not None:
        flat.setdefault("reference", about)
    return flat


def _found(flat: Mapping[str, Any], aliases: Iterable[str]) -> Any:
    """Return the first value that is there, "" where none is."""
    return next((flat[alias] for alias in aliases if flat.get(alias) not in (None, "", [])), "")


def _value(flat: Mapping[str, Any], name: str, aliases: Iterable[str]) -> str:
    """Return the first value that is there, as text; of a list, its words with commas between."""
    found = _found(flat, aliases)
    if name in PROSE and isinstance(found, str):
        return cut(readable(found).strip(), PROSE[name])
    if name in LISTS and isinstance(found, list):
        if len(found) > MOST_IN_A_LIST:
            raise ValidationError(_("At most %(n)d of them."), code="too_many", params={"n": MOST_IN_A_LIST})
        return ", ".join(_text(one) for one in found)
    return _text(found)


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValidationError(_("This is to be a text."), code="wrong_kind")
    text = str(value)
    if _UNSTORABLE.search(text):
        raise ValidationError(_("There is a character that cannot be shown. Delete it."), code="control_character")
    return text.strip()


def _split_name(flat: Mapping[str, Any], data: dict[str, Any], wrong: dict[str, Any]) -> None:
    """Take a name that came in one piece apart: the first word is the first name, the rest the last."""
    if data.get("first_name") and data.get("last_name"):
        return
    try:
        first, _blank, last = " ".join(_value(flat, "name", NAME).split()).partition(" ")
    except ValidationError as error:
        wrong["name"] = error
        return
    for name, part in (("first_name", first), ("last_name", last)):
        if part and not data.get(name) and name not in wrong:
            data[name] = part


def _complete_name(data: dict[str, Any], wrong: Mapping[str, Any], token: ApiToken) -> None:
    """Put "Unknown", in the office's language, where half of a name is missing: nobody is lost for it.

    Portals often ask for one name, and get one word. Without any name the enquiry is refused by the rules.
    """
    parts = {"first_name", "last_name"}
    known = parts & data.keys()
    if len(known) == 1 and not parts & wrong.keys():
        with override(spoken(token.account)):
            data[(parts - known).pop()] = pgettext("half of a name", "Unknown")


def _part_price(data: dict[str, Any]) -> None:
    """Take a price that came as a range apart: "400k - 500k" is from the one to the other."""
    for name in ("price_to", "price_from"):
        if found := _RANGE.fullmatch(data.get(name, "")[:LONGEST_PRICE]):
            data["price_from"], data["price_to"] = found.groups()
            return


def _settle_origin(data: dict[str, Any], unread: Mapping[str, Any], token: ApiToken) -> None:
    """Give what comes without a source that of the token; what names a portal, known or not, comes from portals."""
    if "portal" in unread:
        data["portal"] = Portal.OTHER
    if "source" not in data:
        data["source"] = Source.PORTALS if "portal" in data else token.source
    if data["source"] == Source.PORTALS and "portal" not in data:
        data["portal"] = token.portal or Portal.OTHER


def _bare(word: str) -> str:
    return re.sub(r"[\W_]+", "", fold(word))


def _chosen(choices: Any, more: Mapping[str, Any] | None = None) -> Callable[[str], str]:
    """Return what finds a choice by its key, its label or another word for it, however it is written."""

    values = {_bare(one.value): one.value for one in choices}

    def choose(word: str) -> str:
        labels = {_bare(str(one.label)): one.value for one in choices}  # in the language of the moment
        bare = _bare(word[:MOST_LETTERS])
        found = values.get(bare) or labels.get(bare) or (more or {}).get(bare)
        if found is None:
            text = _("“%(word)s” is not known. Known are: %(choices)s.")
            params = {"word": word[:40], "choices": ", ".join(choices.values)}
            raise ValidationError(text, code="invalid_choice", params=params)
        return str(found)

    return choose


def _kinds(words: str) -> list[str]:
    """Return the kinds of property that are named; one that is not known is another kind, and no reason to refuse."""
    choose, found = _chosen(PropertyType, KINDS), []
    named = [word.strip() for word in re.split(r"[,;|]", words, maxsplit=MOST_KINDS)][:MOST_KINDS]
    for word in filter(None, named):
        try:
            found.append(choose(word))
        except ValidationError:
            found.append(PropertyType.OTHER.value)
    return found


def _lowest(text: str) -> str:
    """Return the number of rooms that is meant at least: 3 of "3+" and of "3-4"."""
    found = _AT_LEAST.match(text)
    return found[1] if found else text


def _page(text: str) -> str:
    """Return the page it was sent from, without a query that is too long; "" for what is none: nobody typed it."""
    for address in (text, text.partition("?")[0]):
        try:
            return clean_page(address)
        except ValidationError:
            continue
    return ""


WORDS: Mapping[str, Callable[[str], Any]] = {
    "type": _chosen(LeadType, TYPES),
    "source": _chosen(Source),
    "portal": _chosen(Portal),
    "property_types": _kinds,
    "bedrooms": _lowest,
    "bathrooms": _lowest,
    "page": _page,
}
