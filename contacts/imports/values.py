"""Cells that name a thing: a country, a language, yes or no, one of a list; in the five languages of the house."""

import datetime as dt
import gettext
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pycountry
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.imports.matching import known_value, plain
from tesoro.addresses import Addressed
from tesoro.money import clean_amount
from tesoro.words import parted

LANGUAGES = ("es", "de", "fr", "nl")
YES = frozenset(
    ["yes", "y", "true", "t", "1", "x", "on", "si", "ja", "j", "oui", "o", "vrai", "wahr", "waar", "verdadero", "sí"]
)
NO = frozenset(["no", "n", "false", "f", "0", "off", "nein", "nee", "non", "faux", "falsch", "onwaar", "falso"])
COUNTRY_NAMES = {
    "UK": "GB", "England": "GB", "Scotland": "GB", "Wales": "GB", "Great Britain": "GB", "Gran Bretaña": "GB",
    "Großbritannien": "GB", "Groot-Brittannië": "GB", "Grande-Bretagne": "GB", "Inglaterra": "GB", "Holland": "NL",
    "Holanda": "NL", "Hollande": "NL", "The Netherlands": "NL", "USA": "US", "U.S.A.": "US", "EEUU": "US",
    "EE.UU.": "US", "Estados Unidos": "US", "Etats-Unis": "US", "Verenigde Staten": "US", "Russia": "RU",
    "Rusia": "RU", "Russland": "RU", "Rusland": "RU", "Russie": "RU", "Czech Republic": "CZ", "Tschechien": "CZ",
    "Chequia": "CZ", "Turkey": "TR", "Türkei": "TR", "Turquía": "TR", "Turkije": "TR", "Turquie": "TR",
    "South Korea": "KR", "Vietnam": "VN", "Schweiz": "CH", "Suiza": "CH", "Suisse": "CH", "Zwitserland": "CH",
    "A": "AT", "B": "BE", "D": "DE", "E": "ES", "F": "FR", "I": "IT", "P": "PT",  # as on number plates
    "Escocia": "GB", "Schottland": "GB", "Schotland": "GB", "Écosse": "GB", "Gales": "GB",
    "Northern Ireland": "GB", "Irlanda del Norte": "GB", "Nordirland": "GB",
    "UAE": "AE", "Emirates": "AE", "Republic of Ireland": "IE", "Éire": "IE",
}  # fmt: skip
# What pycountry has under another name only, "Spanisch (Kastilisch)", or with a slip, "Ukranio", or not at all.
LANGUAGE_NAMES = {
    "Castellano": "es", "Castilian": "es", "Spanisch": "es", "Valencian": "ca", "Valenciano": "ca", "Flemish": "nl",
    "Flamenco": "nl", "Flämisch": "nl", "Vlaams": "nl", "Flamand": "nl", "Neerlandés": "nl", "Holandés": "nl",
    "Holländisch": "nl", "Hollands": "nl", "Hollandais": "nl", "Gallego": "gl", "Galicisch": "gl", "Euskera": "eu",
    "Vasco": "eu", "Ucraniano": "uk", "Slowaaks": "sk", "Greek": "el", "Griego": "el", "Griechisch": "el",
    "Grieks": "el", "Grec": "el", "Finlandés": "fi", "Ests": "et",
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
_DEGREES = re.compile(r"([+\-\u2212]?)(\d{1,3}(?:[.,]\d{1,20})?)\s*°?")
_UNIT = re.compile(r"\s*(m²|m2|sqm|sq\.?\s?m|qm|metros|\+)$", re.IGNORECASE)
NO_COUNTRY = gettext_lazy("There is no country “%(text)s”. Give its name or its two letters.")
NO_DAY = gettext_lazy("“%(text)s” is no date. Write it like 2027-03-31 or 31.03.2027.")
NO_DEGREES = gettext_lazy("“%(text)s” is no coordinate. Write it like 38.5987.")
NOWHERE = {
    "latitude": gettext_lazy("A latitude lies between -90 and 90."),
    "longitude": gettext_lazy("A longitude lies between -180 and 180."),
}
NO_LANGUAGE = gettext_lazy("There is no language “%(text)s”. Give its name or its two letters.")


def names(text: str) -> tuple[str, ...]:
    """Return the names in a text, which stand between commas."""
    return tuple(name.strip() for name in text.replace("\n", " ").split(",") if name.strip())


def spellings(text: str) -> frozenset[str]:
    """Return the names in a text as they are compared, whatever their spelling."""
    return frozenset(map(plain, names(text)))


def by_name(known: Mapping[Any, str], members: Iterable[TextChoices]) -> dict[str, str]:
    """Return choices by what spellings of their names have in common; codes and labels are names too."""
    found: dict[str, str] = {}
    for member in members:
        for name in (member.value, str(member.label), *names(known.get(member, ""))):
            if key := plain(name):
                found.setdefault(key, str(member.value))
    return found


def country(text: str) -> str:
    """Return ISO 3166 alpha-2 of a country named in any way, "" for an empty cell. Raises ValidationError."""
    return _look_up(text, _countries(), NO_COUNTRY)


def language(text: str) -> str:
    """Return ISO 639-1 of a language named in any way, "" for an empty cell. Raises ValidationError."""
    found = _look_up(
        text.replace("_", "-").split("-")[0] if len(text.strip()) == 5 else text, _languages(), NO_LANGUAGE
    )
    return found


def yes_or_no(text: str) -> bool | None:
    """Return what the cell answers, None for an empty one. Raises ValidationError."""
    word = known_value(text[:50])
    if not word and not text.strip():
        return None
    if word in YES or word in NO:
        return word in YES
    raise ValidationError(_("Answer yes or no."), code="invalid_choice")


def choice(text: str, names: Mapping[str, str], message: Any) -> str | None:
    """Return the value that ``names`` (by ``known_value``) has for the cell, None for an empty cell.

    Raises ValidationError with ``message``, in which %(text)s is the cell.
    """
    if not text.strip():
        return None
    found = names.get(known_value(text[:200]))
    if found is None:
        raise ValidationError(message, code="invalid_choice", params={"text": text.strip()[:60]})
    return found


def several(text: str, known: Mapping[str, str], message: Any) -> list[str]:
    """Return the values that the words of a cell name, which stand between commas, semicolons, bars or line breaks.

    Raises ValidationError with ``message`` for the first word that names none.
    """
    return [value for word in parted(text) if (value := choice(word, known, message)) is not None]


def whole_number(text: str) -> int | None:
    """Return the number that a cell says, perhaps with a unit of area or a plus behind it; None for an empty cell.

    Takes separators of thousands, and decimals that are noughts. Raises ValidationError.
    """
    amount = clean_amount(_UNIT.sub("", text.strip()))
    if amount is None:
        return None
    if amount != amount.to_integral_value():
        raise ValidationError(_("Enter a whole number."), code="invalid")
    return int(amount)


def day(text: str) -> dt.date | None:
    """Return the day that a cell says, None for an empty one; a time of day behind it is passed over.

    Takes 2027-03-31 and, as Europe writes it, 31.03.2027 or 31/3/2027. Raises ValidationError.
    """
    first = text.strip()[:40].replace("T", " ").partition(" ")[0]
    if not first:
        return None
    if not (found := _DAY.fullmatch(first)):
        raise _no_day(text)
    written = found.groups()
    parts = written[:3][::-1] if written[0] else written[3:]
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        raise _no_day(text) from None


def latitude(text: str) -> float | None:
    """Return the degrees north that a cell says, None for an empty one. Raises ValidationError."""
    return _degrees("latitude", text)


def longitude(text: str) -> float | None:
    """Return the degrees east that a cell says, None for an empty one. Raises ValidationError."""
    return _degrees("longitude", text)


def told_degrees(degrees: float) -> str:
    """Return a coordinate as a cell, from which ``latitude`` and ``longitude`` read the very same."""
    return f"{degrees:.7f}".rstrip("0").removesuffix(".")


def _degrees(name: str, text: str) -> float | None:
    """Read decimal degrees, to the seventh digit as the location picker does; the decimal sign may be a comma."""
    if not text.strip():
        return None
    if not (found := _DEGREES.fullmatch(text.strip()[:40])):
        raise ValidationError(NO_DEGREES, code="invalid", params={"text": text.strip()[:40]})
    sign, digits = found.groups()
    field: Any = Addressed._meta.get_field(name)
    degrees = round(float(digits.replace(",", ".")), 7)
    try:
        return field.clean(-degrees if degrees and sign in ("-", "\u2212") else degrees, None)
    except ValidationError:
        raise ValidationError(NOWHERE[name], code="nowhere") from None


def _no_day(text: str) -> ValidationError:
    return ValidationError(NO_DAY, code="invalid", params={"text": text.strip()[:40]})


def _look_up(text: str, names: Mapping[str, str], message: Any) -> str:
    return choice(text, names, message) or ""


@cache
def _countries() -> dict[str, str]:
    """Every name of every country: codes, English and official names, names in four more languages."""
    names: dict[str, str] = {}
    translations = _translations("iso3166-1")
    for entry in pycountry.countries:
        given = [getattr(entry, name, "") for name in ("alpha_2", "alpha_3", "name", "common_name", "official_name")]
        _add(names, [*given, entry.name.partition(",")[0]], entry.alpha_2, translations)
    for name, code in COUNTRY_NAMES.items():
        names[known_value(name)] = code
    return names


@cache
def _languages() -> dict[str, str]:
    """Every name of the languages of ISO 639-1."""
    names: dict[str, str] = {}
    translations = _translations("iso639-3")
    for entry in pycountry.languages:
        if code := getattr(entry, "alpha_2", ""):
            first = entry.name.partition(" (")[0]
            given = [code, entry.alpha_3, getattr(entry, "bibliographic", ""), entry.name, first]
            _add(names, given, code, translations)
    return names | {known_value(name): code for name, code in LANGUAGE_NAMES.items()}


def _add(names: dict[str, str], given: list[str], code: str, translations: list[gettext.NullTranslations]) -> None:
    """Enter a thing under its names; where two share one, the first keeps it."""
    translated = [entry.gettext(name) for entry in translations for name in given[2:] if name]
    for name in [*given, *translated, *(name.partition(",")[0].partition(";")[0] for name in translated)]:
        if known := known_value(name):
            names.setdefault(known, code)


def _translations(domain: str) -> list[gettext.NullTranslations]:
    return [
        gettext.translation(domain, pycountry.LOCALES_DIR, languages=[language], fallback=True)
        for language in LANGUAGES
    ]
