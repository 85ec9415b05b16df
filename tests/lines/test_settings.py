"""Settings, Telephone: an admin connects Twilio; the token goes in and never comes out again."""

import base64
import logging

import pytest
from django.urls import reverse
from django.utils import timezone

from contacts.lines.models import Line
from contacts.lines.views.settings import can_be_reached
from tesoro.secrecy import seal, unseal
from tests.factories import LineFactory
from tests.fakes.twilio import SID, TOKEN

HTMX = {"HX-Request": "true"}
URL, TEST, OFF = (f"lines:{name}" for name in ("settings", "test", "disconnection"))
TYPED = {"sid": SID, "token": TOKEN, "call_number": "+34 912 34 56 78", "masking": "on", "active": "on"}
HOSTILE = ["\0", "9" * 4400, "AC" + "٣" * 32, "AC" + "g" * 32, "🙂" * 50, "'\" OR 1=1", "a b", "\u202e", " "]


def enter(client, **changes):
    return client.post(reverse(URL), {name: value for name, value in (TYPED | changes).items() if value is not None})


def errors(answer):
    assert answer.status_code == 422
    return set(answer.context["form"].errors)


def test_an_admin_connects_twilio(as_admin, account):
    assert enter(as_admin).url == reverse(URL)

    line = Line.objects.get()
    assert (line.account, line.sid, unseal(line.token)) == (account, SID, TOKEN)
    assert TOKEN not in line.token
    assert (line.call_number.as_e164, line.masking, line.recording, line.active) == ("+34912345678", True, False, True)


@pytest.mark.parametrize("name", [URL, TEST, OFF])
def test_an_agent_may_not(as_agent, line, name):
    assert as_agent.post(reverse(name)).status_code == 403


def test_the_page_stands_in_the_list_of_settings_for_admins(as_admin, as_agent):
    assert reverse(URL) in as_admin.get(reverse("settings:account")).content.decode()
    assert reverse(URL) not in as_agent.get(reverse("settings:profile")).content.decode()


def test_the_token_is_never_shown_again(as_admin, line):
    pages = [as_admin.get(reverse(URL)), enter(as_admin, call_number="", token="another-token")]
    for page in pages:
        text = page.content.decode()
        assert "another-token" not in text
        assert TOKEN not in text
        assert line.token not in text
    assert "A token is stored." in pages[0].content.decode()


def test_an_empty_token_keeps_the_one_that_is_stored(as_admin, line):
    enter(as_admin, token="", recording="on")

    line.refresh_from_db()
    assert (unseal(line.token), line.recording) == (TOKEN, True)


def test_another_account_at_twilio_needs_its_own_token(as_admin, line):
    assert errors(enter(as_admin, sid="AC" + "f" * 32, token="")) == {"token"}


def test_the_first_connection_needs_a_token(as_admin, account):
    assert errors(enter(as_admin, token="")) == {"token"}
    assert not Line.objects.exists()


@pytest.mark.parametrize("sid", ["", "AC", "SK" + "0" * 32, "AC" + "0" * 33, "AC" + "g" * 32])
def test_what_is_no_account_sid_is_refused_beside_the_field(as_admin, account, sid):
    assert errors(enter(as_admin, sid=sid)) == {"sid", "token"}  # the token is to be typed again


def test_an_active_line_needs_a_number(as_admin, account):
    assert errors(enter(as_admin, call_number="")) == {"call_number", "token"}
    assert enter(as_admin, call_number="", whatsapp_number="+34912345678").status_code == 302
    assert enter(as_admin, call_number="", whatsapp_number="", active=None).status_code == 302


@pytest.mark.parametrize("field", ["sid", "token", "call_number", "whatsapp_number", "reception", "active"])
def test_no_field_breaks_the_form(as_admin, account, field):
    for word in HOSTILE:
        assert enter(as_admin, **{field: word}).status_code < 500, word


def test_another_token_leaves_the_connection_untested(as_admin, line):
    Line.objects.update(tested_at=timezone.now())
    enter(as_admin, token="another-token")

    assert Line.objects.get().tested_at is None


def test_the_connection_is_tested_and_names_the_account(as_admin, line, twilio):
    answer = as_admin.post(reverse(TEST), headers=HTMX)

    assert "The account at Twilio is Casa Mirador." in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert Line.objects.get().tested_at is not None


def test_without_script_the_answer_stands_on_the_page(as_admin, line):
    text = as_admin.post(reverse(TEST)).content.decode()

    assert "The account at Twilio is Casa Mirador." in text
    assert "<html" in text


def test_a_wrong_token_is_told_in_twilios_words(as_admin, line):
    Line.objects.update(token=seal("wrong"))
    text = as_admin.post(reverse(TEST), headers=HTMX).content.decode()

    assert "Authenticate (Twilio 20003)" in text
    assert Line.objects.get().tested_at is None


def test_an_account_that_twilio_has_suspended_is_no_connection(as_admin, line, twilio):
    twilio.answers.append((200, {"sid": SID, "friendly_name": "Casa Mirador", "status": "suspended"}))

    assert "the account is suspended" in as_admin.post(reverse(TEST), headers=HTMX).content.decode()


@pytest.mark.parametrize("answer", [(200, b"<html>"), (500, b"oops"), (200, []), (302, {})])
def test_an_answer_that_makes_no_sense_is_told_and_breaks_nothing(as_admin, line, twilio, answer):
    twilio.answers.append(answer)

    assert 'data-tone="bad"' in as_admin.post(reverse(TEST), headers=HTMX).content.decode()


def test_a_lost_key_asks_for_the_token_again(as_admin, line):
    Line.objects.update(token="sealed with a key that is gone")
    text = as_admin.get(reverse(URL)).content.decode()

    assert "Enter the token again" in text
    assert "A token is stored" not in text
    assert errors(enter(as_admin, token="")) == {"token"}
    assert "enter it again" in as_admin.post(reverse(TEST), headers=HTMX).content.decode()


def test_disconnecting_forgets_the_line_with_its_token(as_admin, line):
    as_admin.post(reverse(OFF))

    assert not Line.objects.exists()


def test_an_office_tests_and_disconnects_only_its_own(as_admin, account, stranger, twilio):
    LineFactory(account=stranger.account)
    for name in (TEST, OFF):
        assert as_admin.post(reverse(name)).status_code == 404
    assert Line.objects.count() == 1


def test_the_page_shows_the_addresses_for_twilio(as_admin, line, settings):
    settings.PUBLIC_URL = "https://crm.example.com"
    text = as_admin.get(reverse(URL)).content.decode()

    assert f'value="https://crm.example.com/hooks/twilio/{line.key}/calls/incoming/"' in text
    assert "cannot reach" not in text


def test_the_page_warns_where_twilio_cannot_reach_the_service(as_admin, line):
    assert "Twilio cannot reach http://127.0.0.1:8000" in as_admin.get(reverse(URL)).content.decode()


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://crm.example.com", True),
        ("http://crm.example.com", False),
        ("https://localhost", False),
        ("https://10.0.0.7", False),
        ("https://[::1]:8000", False),
        ("https://office.local", False),
        ("https://8.8.8.8", True),
        ("", False),
    ],
)
def test_a_public_address_is_https_and_lies_outside(url, public):
    assert can_be_reached(url) is public


def test_the_token_is_in_no_log_and_no_admin_page(as_admin, line, admin, client, caplog):
    admin.is_staff = admin.is_superuser = True
    admin.save()
    client.force_login(admin)
    with caplog.at_level(logging.DEBUG):
        as_admin.post(reverse(TEST))
        page = client.get(reverse("admin:lines_line_change", args=[line.pk])).content.decode()

    key = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()  # as it travels
    assert "connection" in caplog.text
    assert not any(secret in caplog.text for secret in (TOKEN, key, line.token))
    assert line.token not in page
    assert TOKEN not in page
    assert line.sid in page
