"""Text as people type and paste it: folded for search, collapsed for names, cleaned for free text."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

NATURAL_KEY_LENGTH = 200

# White space as readers see it. str.split() would also take the separators U+001C to U+001F,
# which are control characters that somebody should hear about.
_WHITE = re.compile("[ \t\n\v\f\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BETWEEN_WORDS = re.compile(r"[\s,.-]+")
_MARKS = re.compile(r"\W+")
_TRIMMED = " \t\n\ufeff\u200b\u2060\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"

# What Unicode does not take apart and people still type without: Sørensen is searched as "sorensen".
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼʻʹ`´′＇՚׳", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－־", "-"),
        **dict.fromkeys("·‧\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
        **{"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ı": "i", "ħ": "h"},
        **{"Ħ": "h", "ŧ": "t", "Ŧ": "t", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"},
    }
)


def fold(text: str) -> str:
    """Return text as search compares it: case, accents and kinds of apostrophe and hyphen do not count.

    The same function makes the stored text and the term, so both sides agree; nothing else may.
    Folding twice changes nothing. The result can be longer than the text ("ß" becomes "ss").
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    # Apostrophes go first: NFKD would make a blank of the free-standing acute accent.
    apart = unicodedata.normalize("NFKD", text.translate(_ALIKE)).casefold()
    # Once more, because case folding and decomposition each lay bare what the other one changes.
    apart = unicodedata.normalize("NFKD", apart).translate(_ALIKE).casefold()
    return "".join([char for char in apart if not unicodedata.combining(char)])


def collapse(text: str) -> str:
    """Return text in NFC, trimmed, with every run of white space (no-break blanks too) as one blank."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return _WHITE.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def plain_words(text: str) -> str:
    """Return text as two spellings of one thing are compared: folded, its words without marks, a blank between."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


def digits(text: str) -> str:
    """Return the decimal digits in text, of any script, as 0 to 9."""
    found = "".join(filter(str.isdecimal, text))
    return found if found.isascii() else "".join(str(unicodedata.decimal(char)) for char in found)


def describe(char: str) -> str:
    """Return one character as a message can show it: in quotes, or by its name if it cannot be seen."""
    if unicodedata.category(char)[0] in "LNPS":
        return f"“{char}”"
    return unicodedata.name(char, f"U+{ord(char):04X}")


def clean_text(value: str | None, limit: int, multiline: bool = False) -> str:
    """Return a cell of free text in NFC and trimmed; None is the empty text.

    In a text of several lines every kind of line break becomes "\\n". In a text of one line breaks, tabs and
    runs of blanks become one blank: exports write a street on two lines. Raises ValidationError:
    "control_character", or "max_length" for more than `limit` characters (not bytes, counted after cleaning).
    """
    if not value:
        return ""
    if multiline:
        text = _LINE_BREAK.sub("\n", unicodedata.normalize("NFC", value)).strip(_TRIMMED)
    else:
        text = _WHITE.sub(" ", unicodedata.normalize("NFC", value)).strip(_TRIMMED)
    if found := _CONTROL.search(text):
        raise ValidationError(
            _("There is a character that cannot be shown: %(char)s. Delete it."),
            code="control_character",
            params={"char": describe(found[0])},
        )
    if len(text) > limit:
        raise too_long(limit, len(text))
    return text


def too_long(limit: int, length: int) -> ValidationError:
    """Return the error that says how many characters a text has and how many it may have."""
    text = ngettext(
        "At most %(limit)s character; this has %(length)s.", "At most %(limit)s characters; this has %(length)s.", limit
    )
    params = {
        name: number_format(number, force_grouping=True) for name, number in (("limit", limit), ("length", length))
    }
    return ValidationError(text, code="max_length", params=params)


def natural_key(last: str, first: str) -> str:
    """Return what a list by name sorts on, byte by byte: "last first", folded, without punctuation.

    At most 200 characters, so that it fits its column however much folding has made of a name.
    """
    folded = _BETWEEN_WORDS.sub(" ", fold(f"{last} {first}").replace("'", ""))
    return folded.strip()[:NATURAL_KEY_LENGTH].rstrip()
