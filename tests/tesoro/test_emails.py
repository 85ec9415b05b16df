"""Email addresses: the verdict is email-validator's, the words are ours."""

import pytest
from django.core.exceptions import ValidationError
from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tesoro.emails import _normal_domain, clean_email, email_key, validate_address


def library(address: str) -> str | None:
    """Return what email-validator makes of an address, None if it refuses."""
    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def ours(address: str) -> str | None:
    try:
        return clean_email(address)
    except ValidationError:
        return None


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ana@example.com", "ana@example.com"),
        ("Ana.García@Example.COM", "Ana.García@example.com"),
        ("ana+casa@example.org", "ana+casa@example.org"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("agent@demo.example", "agent@demo.example"),
        ("ana@mail.example.com", "ana@mail.example.com"),
        ("Info@Example.com", "info@example.com"),
        ("SALES@example.com", "sales@example.com"),
        ("ana@xn--espaol-zwa.example", "ana@español.example"),
        ("ana@Español.example", "ana@español.example"),
        ("ñandu\u0301@example.com", "ñandú@example.com"),
        ("用户@例え.example", "用户@例え.example"),
    ],
)
def test_a_valid_address_is_normalised(typed: str, address: str) -> None:
    assert clean_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "  ana@example.com\n",
        "\u00a0ana@example.com\u200b",
        "\ufeffana@example.com\u202c",
        "mailto:ana@example.com",
        "MAILTO: ana@example.com",
        "<ana@example.com>",
        " < ana@example.com > ",
        "<mailto:ana@example.com>",
        "mailto:<ana@example.com>",
        "mailto:ana@example.com?subject=Casa&body=x@y",
    ],
)
def test_what_copying_leaves_around_an_address_is_taken_off(typed: str) -> None:
    assert clean_email(typed) == "ana@example.com"


@pytest.mark.parametrize(
    ("typed", "code", "message"),
    [
        ("", "required", "Email is missing."),
        (" \u200b", "required", "Email is missing."),
        ("mailto:", "required", "Email is missing."),
        ("ana", "no_at", "There is no @ sign."),
        ("ana＠example.com", "no_at", "The @ is not a plain one. Type it again."),
        ("@example.com", "no_local", "There is nothing before the @."),
        ("ana@", "no_domain", "There is nothing after the @."),
        ("ana@example", "no_ending", "The part after the @ has no ending."),
        ("ana@localhost", "no_ending", "The part after the @ has no ending."),
        ("ana@@example.com", "two_at", "There are two @ signs."),
        ("ana@luis@example.com", "two_at", "There are two @ signs."),
        ("a@example.com;b@example.com", "several", "There is more than one address. Give one."),
        ("a@example.com, b@example.com", "several", "There is more than one address. Give one."),
        ("a@example.com b@example.com", "several", "There is more than one address. Give one."),
        ("ana maria@example.com", "blank", "There is a blank inside."),
        ("ana@example .com", "blank", "There is a blank inside."),
        ("Ana <ana@example.com>", "display_name", "Give only the address, without a name and angle brackets."),
        ("ana..m@example.com", "dots", "There are two dots in a row."),
        (".ana@example.com", "dots", "The part before the @ begins with a dot."),
        ("ana.@example.com", "dots", "The part before the @ ends with a dot."),
        ("ana@.example.com", "dots", "The part after the @ begins with a dot."),
        ("ana@example.com.", "dots", "The part after the @ ends with a dot."),
        ("ana@example-.com", "hyphen", "A hyphen is in a wrong place after the @."),
        ("ana@ex_ample.com", "character", "“_” does not belong in an email."),
        ("ana@example.com,", "character", "“,” does not belong in an email."),
        ("ana,m@example.com", "character", "“,” does not belong in an email."),
        ("an\u200ba@example.com", "character", "ZERO WIDTH SPACE does not belong in an email."),
        ("ana\x00@example.com", "character", "U+0000 does not belong in an email."),
        ("ana@exam\ud800ple.com", "character", "U+D800 does not belong in an email."),
        ('"ana"@example.com', "quoted", "Quotes are not allowed before the @."),
        ("ana@[127.0.0.1]", "ip", "The part after the @ must be a name, not a number in brackets."),
        ("ana@127.0.0.1", "ending", "The part after the @ does not end in letters."),
        ("ana@printer.local", "special_use", "No email can be delivered to this ending after the @."),
        ("ana@" + "x" * 64 + ".com", "long_label", "A piece after the @ is longer than 63 characters."),
        ("a" * 243 + "@example.com", "max_length", "An email has at most 254 characters; this one has 255."),
    ],
)
def test_a_refusal_says_in_short_what_is_wrong(typed: str, code: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_email(typed)
    assert (refused.value.code, refused.value.messages) == (code, [message])


def test_254_characters_are_allowed() -> None:
    longest = "a" * 242 + "@example.com"
    assert clean_email(longest) == longest


@pytest.mark.parametrize("typed", ["ana@ab--cd.com", "ana@xn--a.com", "ana@⒈.com", "ana@exa%mple.com"])
def test_a_rare_refusal_has_words_that_can_be_shown(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_email(typed)
    assert refused.value.messages[0].endswith(".")
    assert "@-sign" not in refused.value.messages[0]


@pytest.mark.parametrize("cell", ["a" * 5_000_000, "a@" * 2_500_000, " " * 5_000_000, "<" * 5_000_000])
def test_a_cell_of_megabytes_is_refused_without_reading_it_all(cell: str) -> None:
    with pytest.raises(ValidationError):
        clean_email(cell)


@pytest.mark.parametrize("mailbox", CASE_INSENSITIVE_MAILBOX_NAMES)
def test_mailboxes_of_roles_are_lower_cased_as_the_library_does(mailbox: str) -> None:
    assert clean_email(f"{mailbox.title()}@example.com") == library(f"{mailbox.title()}@example.com")


def test_the_validator_of_the_field_gives_the_same_verdict() -> None:
    validate_address("ana@example.com")
    with pytest.raises(ValidationError, match="There is no @ sign"):
        validate_address("ana")


LOCAL = st.text(alphabet="abZ09.!#$%&'*+-/=?^_`{|}~@ \"<>:;,\\()[]éßñİ\u0301\u200b三", max_size=12)
ROLES = st.sampled_from(["info", "Info", "SALES", "Postmaster", "a", "a.b", "x" * 64, "x" * 65, "x" * 240])
DOMAIN = st.text(alphabet="abZ09.-_@ éßñ三。\u0301\u200d[]", max_size=14)
ENDINGS = st.sampled_from(
    ["example.com", "Example.COM", "xn--espaol-zwa.es", "xn--a.com", "a.local", "x.test", "com", "a.c1", "1.2.3.4", ""]
)


@settings(max_examples=1500)
@given(st.one_of(LOCAL, ROLES), st.one_of(DOMAIN, ENDINGS))
@example("Info", "example.com")
@example("x" * 236, "xn--espaol-zwa.es")
def test_the_fast_way_has_the_verdict_and_the_form_of_the_library(local: str, domain: str) -> None:
    address = f"{local}@{domain}"
    trimmed = address.strip()
    if trimmed != address or trimmed[:1] in "<\u200b" or trimmed[-1:] in ">\u200b\u200d":
        return  # trimming is ours alone
    assert ours(address) == library(address)


@given(st.emails())
def test_a_clean_address_is_clean(typed: str) -> None:
    address = ours(typed)
    if address is not None:
        assert clean_email(address) == address
        assert len(email_key(address)) <= 254


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    assert ours(typed) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana@example.com", "ana@EXAMPLE.com"),
        ("É@example.com", "é@example.com"),
        ("e\u0301@example.com", "É@example.com"),
        ("straße@example.com", "STRASSE@example.com"),
        ("ΟΔΟΣ@example.com", "οδος@example.com"),
    ],
)
def test_addresses_that_differ_in_case_have_one_key(one: str, other: str) -> None:
    assert email_key(one) == email_key(other)


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert email_key(email_key(text)) == email_key(text)


def test_the_memory_of_domains_is_bounded() -> None:
    assert _normal_domain.cache_info().maxsize is not None
