"""Whatever a stranger sends, by the form or as JSON: an answer, no crash, and nothing that a page would run."""

import pytest

from contacts.models import Person
from leads.enquiries.models import Enquiry
from tests.enquiries.conftest import deliver, send, work
from tests.test_hostile_input import HOSTILE

SCRIPT = "<script>alert(1)</script>"
FIELDS = [
    "first_name", "last_name", "email", "phone", "type", "property_types", "locations", "price_to", "reference",
    "message", "agreed", "page", "signed",
]  # fmt: skip
KEYS = [
    "name", "first_name", "last_name", "email", "phone", "type", "property_types", "locations", "price_from",
    "price_to", "bedrooms", "bathrooms", "features", "property", "page", "source", "portal", "message", "id",
    "consent_text",
]  # fmt: skip
ODD = [SCRIPT, "a" * 1_000_000, "\r\nBcc: all@example.com", "=cmd()", "{{ 7*7 }}", "%s%n"]
SHAPES = [
    None, True, False, 0, -1, 1.5, 10**300, [], {}, [[]], [{}], {"a": {"a": {"a": []}}}, ["x", 1, None], [True],
    "\ud800",
    "\udfff\ud800", "a\0", "\x1b[31m", "x" * 60_000, ["a"] * 5000, {"reference": {"a": 1}}, {"url": ["x"]},
    {"reference": "\0", "url": "javascript:alert(1)"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = {}


@pytest.mark.parametrize("field", FIELDS)
def test_no_word_breaks_the_form(office, field):
    for value in [*HOSTILE, *ODD]:
        answer = send(office, **{field: value})
        assert answer.status_code in (302, 400, 422), (value[:40], answer.status_code)


@pytest.mark.parametrize("key", KEYS)
def test_no_value_breaks_the_address_of_portals(token, key):
    for value in [*HOSTILE, *(one[:60_000] for one in ODD), *SHAPES]:
        answer = deliver(token.text, **{key: value})
        assert answer.status_code in (200, 201, 413, 422), (str(value)[:40], answer.status_code)


@pytest.mark.parametrize("name", ["Idempotency-Key", "Authorization", "Content-Type", "Referer"])
def test_no_header_breaks_the_address_of_portals(token, name):
    for value in ("\x80" * 50, "a" * 5000, "é", "Bearer \xff", ";;;"):
        assert deliver(token.text, headers={name: value}).status_code < 500


def test_no_word_in_the_address_breaks_the_form(client, office):
    for value in HOSTILE:
        for name in ("type", "property_types", "reference", "page", "locations"):
            assert client.get(office.get_absolute_url(), {name: value}).status_code == 200, value
        assert client.get(f"/enquiry/{value[:50].replace('/', '')}/".replace("\0", "%00")).status_code in (404, 400)


def test_markup_is_shown_as_text(office, as_agent, token):
    send(office, message=SCRIPT, reference=SCRIPT, locations=f"A {SCRIPT[:8]}")
    deliver(token.text, message=SCRIPT, property={"reference": "<b>"}, consent_text=SCRIPT)
    page = as_agent.get(Person.objects.get().get_absolute_url()).content.decode()
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert SCRIPT not in page
    assert Enquiry.objects.count() == 2


@pytest.mark.parametrize("name", [f"A{SCRIPT}", "Ana\r\nBcc: all@example.com", "Ana\0", "Ana <a@example.com>"])
def test_no_name_brings_markup_or_a_header(office, token, name):
    assert send(office, first_name=name).status_code == 422
    assert deliver(token.text, first_name=name, last_name="Ruiz").status_code == 422


def test_no_text_brings_a_header_into_the_mail(token, admin, mailoutbox):
    deliver(
        token.text, property={"reference": "A\r\nBcc: all@example.com"}, message="\r\nBcc: all@example.com\r\n\r\nx"
    )
    work()
    [mail] = mailoutbox
    assert mail.recipients() == [admin.email]
    assert "\n" not in mail.subject
    assert "all@example.com" not in mail.subject


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil", "https://a b", "http://"]
)
def test_no_link_on_the_card_leads_but_to_a_web_page(token, as_agent, url):
    """What is no web page stands below the message as a text to be read."""
    answer = deliver(token.text, property={"reference": "A", "url": url})
    enquiry = Enquiry.objects.get()
    page = as_agent.get(enquiry.person.get_absolute_url()).content.decode()

    assert (answer.status_code, enquiry.property_url) == (201, "")
    assert f"property_url: {url}" in enquiry.message
    assert f'href="{url}' not in page


def test_links_on_the_card_tell_the_other_site_nothing(token, as_agent):
    deliver(token.text, page="https://www.example.com/a?b=1")
    page = as_agent.get(Person.objects.get().get_absolute_url()).content.decode()
    for url in ("https://portal.example.com/a-123", "https://www.example.com/a?b=1"):
        assert f'href="{url}" target="_blank" rel="noopener noreferrer nofollow"' in page
