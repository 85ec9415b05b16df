"""Phone numbers: read as people write them, valid by libphonenumber, kept as E.164, shown in international format."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Field
from django.utils.translation import gettext_lazy as _
from phonenumber_field import formfields, modelfields
from phonenumber_field.phonenumber import PhoneNumber
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, PhoneMetadata, PhoneNumberFormat

from tesoro.text import describe

E164_LENGTH = 16  # "+" and at most 15 digits
TYPED_LENGTH = 40  # room in a form for brackets and blanks

_E164 = re.compile(r"\+[1-9][0-9]{4,14}")
# Groups of digits as most people write them: none of the faults below can be in it.
_ORDINARY = re.compile(r"\+[0-9]+(?:[ -](?!00[0-9])[0-9]+)*")
_LEFT_BY_PASTING = re.compile(r"""(?:[\s="'’‘`]|(?:tel|callto):(?://)?)+""", re.IGNORECASE)
_SPREADSHEET = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+]?\d+|\+?\d{7,}[.,]0+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?:;\s*ext\s*=|\b(?:ext(?:n|ension|ensión)?|anexo|interno|int|durchwahl|poste|toestel)\b|x(?=\W*\d)|#)"
    r"[\s.:=]*\d{1,7}\W*\Z",
    re.IGNORECASE,
)
_BETWEEN_TWO = re.compile(
    r"[;,/|&\n]|\s(?:or|and|o|u|y|e|ou|et|oder|und|of|en)\s|(?<=\d)[\s)]*(?=\+)|\s(?=00\d)", re.IGNORECASE
)
_LOOSELY_BETWEEN_TWO = re.compile(r"\s-\s|\s+")
_STRANGER = re.compile(r"[^0-9\s.()\[\]/+-]")
_LETTERS = re.compile(r"[^\W\d_][\w.]*")
_TRUNK_ZERO = re.compile(r"[(\[]\s*0\s*[)\]]")
_BY_CATEGORY = {"Cf": "", "Zs": " ", "Zl": " ", "Zp": " ", "Pd": "-"}
_DOTS = "·•∙‧․。"
_ENOUGH_FOR_A_NUMBER = 7
_MOST_DIGITS = 15
# A cell of megabytes is refused before any pattern looks at it.
_ABSURD = 250


def clean_phone(value: str | phonenumbers.PhoneNumber, region: str | None = None) -> str:
    """Return a phone number as E.164, valid by libphonenumber.

    Without `region` (ISO 3166, such as "ES") the number must begin with + or 00 and the country code;
    with it, national numbers are read as of that country.
    Raises ValidationError with a code for each fault: "required", "no_country_code", "unknown_country_code",
    "letters", "extension", "several", "character", "spreadsheet", "too_short", "too_long", "invalid".
    """
    text = _written(value)
    if _ORDINARY.fullmatch(text):
        e164 = text.replace(" ", "").replace("-", "")
        if _is_valid_as_it_stands(e164):
            return e164
    text = _without_invisible(text)
    if not text:
        raise ValidationError(_("Phone is missing."), code="required")
    _refuse_what_is_no_number(text)
    number = "".join(re.findall(r"[0-9+]", text))
    if number.startswith("00"):
        number = "+" + number[2:]
    if number.startswith("+"):
        return _international(number, text)
    if region is None:
        raise ValidationError(_("No country code. Start with + or 00."), code="no_country_code")
    return _valid(number, region)


def validate_phone(value: str | phonenumbers.PhoneNumber) -> None:
    """Validator of a model field: raise what clean_phone raises."""
    clean_phone(value)


@lru_cache(maxsize=8192)
def format_phone(e164: str) -> str:
    """Return an E.164 number in international format; a text that is no number comes back as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(e164, None), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return e164


def warm_patterns(size: int = 20_000) -> bool:
    """Let Python's `re` keep every pattern of libphonenumber, and say whether that worked.

    `re` keeps 512 patterns. A file with numbers of many countries needs more and compiles the same
    ones again and again: 340 instead of 23 microseconds a number at 240 countries. Call it once, when a
    worker starts. The name is private to `re`, so a Python without it just stays slow.
    """
    kept = getattr(re, "_MAXCACHE", None)
    if not isinstance(kept, int):
        return False
    re._MAXCACHE = max(kept, size)  # type: ignore[attr-defined]
    return True


def _written(value: str | phonenumbers.PhoneNumber) -> str:
    """Return the text somebody wrote; for a number made by a program, its E.164 form."""
    if isinstance(value, str):
        return value
    if value.raw_input:
        return str(value.raw_input)
    return phonenumbers.format_number(value, PhoneNumberFormat.E164) if value.country_code else ""


@lru_cache(maxsize=1024)
def _national_prefix(country_code: str) -> re.Pattern[str] | None:
    """Return what libphonenumber may take off a national number of this country, None for nothing."""
    regions = COUNTRY_CODE_TO_REGION_CODE[int(country_code)]
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(country_code), regions[0])
    prefix = metadata and metadata.national_prefix_for_parsing
    return re.compile(prefix) if prefix else None


def _is_valid_as_it_stands(e164: str) -> bool:
    """Say whether a + with digits is a valid E.164 number that parsing would leave as it is.

    Parsing costs as much as checking. It has nothing to do where no national prefix and no leading zero
    stands behind the country code. False means "not known": the slow way decides.
    """
    if not _E164.fullmatch(e164):
        return False
    for length in (2, 3, 1):
        code = e164[1 : 1 + length]
        if int(code) in COUNTRY_CODE_TO_REGION_CODE:
            break
    else:
        return False
    national = e164[1 + length :]
    prefix = _national_prefix(code)
    if national.startswith("0") or (prefix is not None and prefix.match(national)):
        return False
    number = phonenumbers.PhoneNumber(country_code=int(code), national_number=int(national))
    return phonenumbers.is_valid_number(number)


def _without_invisible(text: str) -> str:
    """Return text as ASCII as far as it goes: plain blanks, digits, signs; nothing that cannot be seen."""
    if len(text) > _ABSURD:
        raise ValidationError(_("This is too long for a phone."), code="too_long")
    if not text.isascii():
        text = "".join(map(_plain, text))
    if left := _LEFT_BY_PASTING.match(text):
        text = text[left.end() :]
    return text.rstrip(" \t\r\n\"'’")


def _plain(char: str) -> str:
    """Return the ASCII character that stands for this one in a phone; what has none stays, to be refused."""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if "！" <= char <= "～":
        return chr(ord(char) - 0xFEE0)
    if char in _DOTS:
        return "."
    return _BY_CATEGORY.get(category, "-" if char == "−" else char)


def _refuse_what_is_no_number(text: str) -> None:
    """Raise for what can be told without knowing the country, the most telling fault first."""
    if _SPREADSHEET.fullmatch(text):
        message = _("A spreadsheet turned this phone into “%(text)s”. Format the column as text and enter it again.")
        raise ValidationError(message, code="spreadsheet", params={"text": text})
    if (found := _EXTENSION.search(text)) and _count_digits(text[: found.start()]) >= _ENOUGH_FOR_A_NUMBER:
        message = _("Leave out the extension “%(text)s”.")
        raise ValidationError(message, code="extension", params={"text": found[0].strip(" ;,")})
    if _holds_several(text):
        raise ValidationError(_("There are two numbers. Give one."), code="several")
    if found := _LETTERS.search(text):
        raise ValidationError(_("A phone has no letters: “%(text)s”."), code="letters", params={"text": found[0][:20]})
    if found := _STRANGER.search(text):
        message = _("%(char)s does not belong in a phone.")
        raise ValidationError(message, code="character", params={"char": describe(found[0])})
    if "+" in text.lstrip("+([ ") or text.count("+") > 1:
        raise ValidationError(_("A + stands only once, at the beginning."), code="character")
    if not _count_digits(text):
        raise ValidationError(_("There are no digits."), code="too_short")


def _holds_several(text: str) -> bool:
    # A blank or a spaced hyphen parts two numbers only where one alone could not have so many digits.
    patterns = [_BETWEEN_TWO] if _count_digits(text) <= _MOST_DIGITS else [_BETWEEN_TWO, _LOOSELY_BETWEEN_TWO]
    return any(
        sum(_count_digits(piece) >= _ENOUGH_FOR_A_NUMBER for piece in pattern.split(text)) > 1 for pattern in patterns
    )


def _count_digits(text: str) -> int:
    return sum(map(text.count, "0123456789"))


def _international(number: str, text: str) -> str:
    """Judge a number with country code. A bracketed (0) is left out, unless only with it the number is valid.

    Italy keeps its zero, most others drop it, and both write "(0)".
    """
    number = "+" + number.lstrip("+").removeprefix("00")
    if _TRUNK_ZERO.search(text):
        shorter = _TRUNK_ZERO.sub("", text)
        without = "+" + "".join(re.findall("[0-9]", shorter)).removeprefix("00")
        try:
            return _valid(without, None)
        except ValidationError:
            pass
    return _valid(number, None)


def _valid(number: str, region: str | None) -> str:
    """Return E.164 of a number made of digits and perhaps a +, or raise what libphonenumber finds wrong."""
    try:
        parsed = phonenumbers.parse(number, region)
    except NumberParseException as error:
        raise _unreadable(number, error) from None
    if phonenumbers.is_valid_number(parsed):
        e164 = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
        if len(e164) <= E164_LENGTH:
            return e164
    raise _impossible(parsed)


def _unreadable(number: str, error: NumberParseException) -> ValidationError:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        code = "+0" if number.startswith("+0") else number[:4]
        message = _("There is no country code that begins with %(code)s.")
        return ValidationError(message, code="unknown_country_code", params={"code": code})
    if error.error_type == NumberParseException.TOO_LONG:
        return ValidationError(_("There are too many digits."), code="too_long")
    return ValidationError(_("There are too few digits."), code="too_short")


def _impossible(parsed: phonenumbers.PhoneNumber) -> ValidationError:
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    known = phonenumbers.ValidationResult
    if reason in (known.TOO_SHORT, known.IS_POSSIBLE_LOCAL_ONLY):
        code, message = "too_short", _("There are too few digits for +%(code)d.")
    elif reason == known.TOO_LONG:
        code, message = "too_long", _("There are too many digits for +%(code)d.")
    else:
        code, message = "invalid", _("There is no such number in +%(code)d. Check the digits.")
    return ValidationError(message, code=code, params={"code": parsed.country_code})


class LazyPhone(modelfields.PhoneNumberDescriptor):
    """Keeps what it is given and makes a PhoneNumber of it when somebody asks: lists load thousands and show few."""

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, owner)
        if isinstance(value, str) and value:
            value = instance.__dict__[self.field.name] = as_phone_number(value, self.field.region)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.name] = value


def phone_text(row: models.Model, name: str) -> str:
    """Return the number of a PhoneField in international format, "" for none, as quickly as a list wants it.

    A number in the database is valid: it is only formatted, and lists show the same ones again and again.
    """
    value = row.__dict__[name]
    return format_phone(value) if isinstance(value, str) else str(value or "")


def as_phone_number(value: Any, region: str | None = None) -> Any:
    """Return value as a PhoneNumber; what is none keeps its text in raw_input and is not valid. Raises nothing."""
    if not value or isinstance(value, PhoneNumber):
        return value
    try:
        e164 = clean_phone(value, region)
    except ValidationError:
        return PhoneNumber(raw_input=_written(value))
    return PhoneNumber.from_string(e164)


class PhoneFormField(formfields.PhoneNumberField):
    """A form field that says what is wrong with a number, and keeps what was typed."""

    default_validators: list[Any] = []  # to_python has checked all there is

    def to_python(self, value: Any) -> Any:
        """Return a valid PhoneNumber, or the empty value. Raises ValidationError as clean_phone does."""
        text = _without_invisible(value) if isinstance(value, str) else value
        if text in self.empty_values:
            return self.empty_value
        return PhoneNumber.from_string(clean_phone(text, self.region))


class PhoneField(modelfields.PhoneNumberField):
    """E.164 in the database, a PhoneNumber in Python, judged by clean_phone.

    Loading parses nothing until the attribute is read. Writing takes E.164 as it is; anything else is cleaned on
    its way, so that save() raises ValidationError (and ends the transaction) rather than store a number that is
    none. Comparing in a filter does not raise: a text that is no number just finds nothing.
    """

    description = _("Phone number")
    descriptor_class = LazyPhone
    default_validators = [validate_phone]
    default_error_messages = {"blank": _("Phone is missing."), "null": _("Phone is missing.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", E164_LENGTH)
        super().__init__(*args, **kwargs)

    @property
    def validators(self) -> list[Any]:
        """Leave out the check of max_length: it would count the characters of the international format.

        CharField appends that check to the list, so every caller gets a list of its own.
        """
        return [*self.default_validators, *self._validators]

    def to_python(self, value: Any) -> Any:
        """Return a PhoneNumber; one that is not valid keeps its text for the validator to judge."""
        return as_phone_number(value, self.region)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Return the stored text as it is; the descriptor makes a PhoneNumber of it on demand."""
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return what the instance holds without making a PhoneNumber of a text just to take it apart again."""
        held = model_instance.__dict__.get(self.attname)
        return held if isinstance(held, str) else super().pre_save(model_instance, add)

    def get_prep_value(self, value: Any) -> Any:
        """Return E.164 where value is a number, else the text as it is."""
        if isinstance(value, str) and (not value or _E164.fullmatch(value)):
            return value
        value = models.Field.get_prep_value(self, value)
        if not value or hasattr(value, "resolve_expression"):
            return value
        try:
            return clean_phone(value, self.region)
        except ValidationError:
            return _written(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Return E.164 for writing. Raises ValidationError for what is no number."""
        stored = super().get_db_prep_save(value, connection)
        if isinstance(stored, str) and stored and not _E164.fullmatch(stored):
            clean_phone(stored, self.region)
        return stored

    def formfield(self, **kwargs: Any) -> Field | None:
        """Return a form field with room for more characters than are stored."""
        given = {"form_class": PhoneFormField, "max_length": None, **kwargs}
        field = super().formfield(**given)
        if isinstance(field, PhoneFormField):
            field.error_messages = {**field.error_messages, "required": _("Phone is missing.")}
            field.widget.attrs.setdefault("maxlength", str(TYPED_LENGTH))
        return field
