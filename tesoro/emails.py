"""Email addresses: email-validator decides, and we say in our own words why."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from tesoro.text import describe

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EMAIL_LENGTH = 254

# A local part of plain atoms is valid as it stands, and so is a domain whose verdict is known.
# Whatever does not fit (quotes, other scripts, Punycode) goes to the library as a whole.
_PLAIN = re.compile(r"([\w!#$%&'*+\-/=?^`{|}~]+(?:\.[\w!#$%&'*+\-/=?^`{|}~]+)*)@([A-Za-z0-9.-]+)", re.ASCII)
_LOCAL_LENGTH = 64
# RFC 2142: the library lower-cases these, so they go the slow way.
_ROLE_MAILBOXES = frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_SEPARATOR = re.compile(r"[;,|/\s]")
# The library looks at each character several times: cells of megabytes are refused before.
_ABSURD = 2000


def clean_email(value: str) -> str:
    """Return an address as email-validator normalises it, without asking the DNS.

    White space and invisible characters around it, "mailto:" and angle brackets are taken off first.
    Raises ValidationError: "required", "max_length" or a code that names the fault.
    Cleaning a clean address changes nothing.
    """
    plain = _clean_plain(value)
    if plain is not None:
        return plain
    address = _bare(value)
    if not address:
        raise ValidationError(_("Email is missing."), code="required")
    if len(address) > _ABSURD:
        raise _too_long(len(address))
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise _explain(address, error) from None


def validate_address(value: str) -> None:
    """Validator of a model field: raise what clean_email raises."""
    clean_email(value)


def email_key(email: str) -> str:
    """Return what makes two addresses the same: NFC and casefold, never longer than the address in UTF-8.

    Expects a clean address. The key of a key is itself.
    """
    if email.isascii():
        return email.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", email).casefold())


def _clean_plain(value: str) -> str | None:
    """Return the normal form of an ordinary address, None for one that the library must look at."""
    if len(value) > EMAIL_LENGTH or not (match := _PLAIN.fullmatch(value)):
        return None
    local, domain = match.groups()
    if len(local) > _LOCAL_LENGTH or local.lower() in _ROLE_MAILBOXES:
        return None
    normal = _normal_domain(domain)
    return f"{local}@{normal}" if normal else None


@lru_cache(maxsize=32_768)
def _normal_domain(domain: str) -> str:
    """Return the normal form of an ASCII domain, or "" if it is refused or normalised to another length."""
    try:
        normal = validate_email(f"a@{domain}", check_deliverability=False).domain
    except EmailNotValidError:
        return ""
    # Punycode becomes letters, and the limit of 254 counts both forms: not for the fast way.
    return normal if normal.isascii() and len(normal) == len(domain) else ""


def _bare(value: str) -> str:
    """Take off what copying leaves around an address, until nothing more comes off."""
    before = None
    text = value
    while text != before:
        before = text
        text = _trim(text)
        if match := _MAILTO.match(text):
            text = _without_query(text[match.end() :])
        elif text.startswith("<") and text.endswith(">"):
            text = text[1:-1]
    return text


def _without_query(address: str) -> str:
    """Cut the "?subject=…" that a mailto link may carry after the domain."""
    at = address.rfind("@", 0, address.find("?", address.find("@")) + 1 or None)
    query = address.find("?", at)
    return address if at < 0 or query < 0 else address[:query]


def _trim(text: str) -> str:
    first, end = 0, len(text)
    while first < end and _is_invisible(text[first]):
        first += 1
    while first < end and _is_invisible(text[end - 1]):
        end -= 1
    return text[first:end]


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"


@dataclass(frozen=True)
class _Refused:
    """An address that the library has refused, in the pieces that tell why."""

    address: str
    words: str
    """The library's own, in English: some faults only they tell."""

    @property
    def local(self) -> str:
        return self.address.rpartition("@")[0]

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    @property
    def between(self) -> str:
        """Return what stands between the first @ and the last."""
        return self.address[self.address.index("@") : self.address.rindex("@")]


# The first fault that is there is the one to tell: code, message, how to see it.
_FAULTS: "tuple[tuple[str, _StrPromise, Callable[[_Refused], object]], ...]" = (
    ("no_at", _("The @ is not a plain one. Type it again."), lambda it: "@" not in it.address and "＠" in it.address),
    ("no_at", _("There is no @ sign."), lambda it: "@" not in it.address),
    ("several", _("There is more than one address. Give one."), lambda it: _SEPARATOR.search(it.between)),
    ("two_at", _("There are two @ signs."), lambda it: it.between and '"' not in it.address),
    (
        "display_name",
        _("Give only the address, without a name and angle brackets."),
        lambda it: "<" in it.address or ">" in it.address,
    ),
    ("no_local", _("There is nothing before the @."), lambda it: not it.local),
    ("no_domain", _("There is nothing after the @."), lambda it: not it.domain),
    ("blank", _("There is a blank inside."), lambda it: any(char.isspace() for char in it.address)),
    ("quoted", _("Quotes are not allowed before the @."), lambda it: it.local.startswith('"')),
    ("dots", _("There are two dots in a row."), lambda it: ".." in it.address),
    ("dots", _("The part before the @ begins with a dot."), lambda it: it.local.startswith(".")),
    ("dots", _("The part before the @ ends with a dot."), lambda it: it.local.endswith(".")),
    ("dots", _("The part after the @ begins with a dot."), lambda it: it.domain.startswith(".")),
    ("dots", _("The part after the @ ends with a dot."), lambda it: it.domain.endswith(".")),
    ("ip", _("The part after the @ must be a name, not a number in brackets."), lambda it: it.domain.startswith("[")),
    ("character", _("%(char)s does not belong in an email."), lambda it: _odd_character(it.local, it.domain)),
    ("hyphen", _("A hyphen is in a wrong place after the @."), lambda it: "hyphen" in it.words),
    ("long_label", _("A piece after the @ is longer than 63 characters."), lambda it: "so many" in it.words),
    ("no_ending", _("The part after the @ has no ending."), lambda it: "should have a period" in it.words),
    ("ending", _("The part after the @ does not end in letters."), lambda it: "top-level" in it.words),
    (
        "special_use",
        _("No email can be delivered to this ending after the @."),
        lambda it: "special-use" in it.words and "." in it.domain,
    ),
    ("no_ending", _("The part after the @ has no ending."), lambda it: "special-use" in it.words),
)


def _explain(address: str, error: EmailNotValidError) -> ValidationError:
    """Return the refusal in our words; the library's words where we have none."""
    refused = _Refused(address, str(error))
    for code, message, is_there in _FAULTS:
        if is_there(refused):
            return ValidationError(message, code=code, params={"char": _odd_character(refused.local, refused.domain)})
    if "too long" in refused.words:
        return _too_long(len(address.encode()))
    words = refused.words.replace("@-sign", "@").replace("period", "dot")
    return ValidationError(words, code="invalid")


def _odd_character(local: str, domain: str) -> str:
    """Return, described, the first character that no address of ours may hold; "" if there is none."""
    for char in local:
        if char in '()<>[]:;,\\"' or unicodedata.category(char)[0] in "CZ":
            return describe(char)
    for char in domain:
        unseen = unicodedata.category(char)[0] in "CZ" and char not in "\u200c\u200d"
        if unseen or (char.isascii() and not (char.isalnum() or char in ".-")):
            return describe(char)
    return ""


def _too_long(length: int) -> ValidationError:
    return ValidationError(
        _("An email has at most %(limit)d characters; this one has %(length)d."),
        code="max_length",
        params={"limit": EMAIL_LENGTH, "length": length},
    )
