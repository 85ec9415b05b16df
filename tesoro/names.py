"""First and last names of people, in every script."""

import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tesoro.text import collapse, describe

NAME_LENGTH = 100

# Names that are clean already, which most are: Latin letters up to U+017F, single separators.
# Those letters are NFC as they stand; the pattern decides in half a microsecond.
_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ž]+(?:[ '’-][A-Za-zÀ-ÖØ-öø-ž]+)*")
_PUNCTUATION = frozenset(
    " "
    "'’‘‛`´′＇՚׳״"  # apostrophes that are no letters, with the Armenian and Hebrew ones
    "-‐‑‒–—―−﹣－־゠"  # hyphens, with the Hebrew maqaf and the Japanese double hyphen
    ".．,，،、"
    "·‧・･"  # middle dots: Catalan l·l, Japanese between names
)
_JOINERS = "\u200c\u200d"
# A cell of some megabytes is refused before anything walks over it.
_ABSURD = 2000


def clean_name(value: str) -> str:
    """Return a name in NFC, trimmed, with single blanks; marks of direction and other invisible ones are gone.

    Raises ValidationError: "required", "max_length" (more than 100 characters), "digits", "character"
    (anything but letters, marks, blanks, apostrophes, hyphens, dots and commas) or "no_letter".
    Cleaning a clean name changes nothing.
    """
    if value and len(value) <= NAME_LENGTH and _PLAIN.fullmatch(value):
        return value
    if len(value) > _ABSURD:
        raise _too_long(len(value))
    return _clean(value)


def validate_name(value: str) -> None:
    """Validator of a model field: raise what clean_name raises."""
    clean_name(value)


@lru_cache(maxsize=8192)
def _clean(value: str) -> str:
    name = collapse(_without_invisible(value))
    if not name:
        raise ValidationError(_("A name is missing."), code="required")
    _refuse_digits(name)
    _refuse_strangers(name)
    if len(name) > NAME_LENGTH:
        raise _too_long(len(name))
    return name


def _without_invisible(text: str) -> str:
    """Drop format characters, but keep the joiners that Persian and Indic names need between letters."""
    if text.isascii():
        return text
    kept = [char for char in text if char in _JOINERS or unicodedata.category(char) != "Cf"]
    last = len(kept) - 1
    return "".join(
        char
        for place, char in enumerate(kept)
        if char not in _JOINERS or (0 < place < last and _is_letter(kept[place - 1]) and _is_letter(kept[place + 1]))
    )


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


def _refuse_digits(name: str) -> None:
    # By category, not by str.isnumeric: 三 is a name. Nd, Nl and No are all that begin with N.
    if any(unicodedata.category(char)[0] == "N" for char in name):
        raise ValidationError(_("A name has no digits."), code="digits")


def _refuse_strangers(name: str) -> None:
    for char in name:
        if not (_is_letter(char) or char in _PUNCTUATION or char in _JOINERS):
            raise ValidationError(
                _("%(char)s does not belong in a name."), code="character", params={"char": describe(char)}
            )
    if not any(char.isalpha() for char in name):
        raise ValidationError(_("A name has at least one letter."), code="no_letter")


def _too_long(length: int) -> ValidationError:
    return ValidationError(
        _("A name has at most %(limit)d characters; this one has %(length)d."),
        code="max_length",
        params={"limit": NAME_LENGTH, "length": length},
    )
