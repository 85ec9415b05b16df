"""Mails that were made to cost time: they are taken apart in bounded steps or not at all, and hold up nothing."""

import json
from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from contacts.emails import hooks, parsing, receiving
from contacts.emails import mailbox as collecting
from contacts.emails.addressing import reply_address
from contacts.emails.bounces import is_report
from contacts.emails.hooks import AnymailInboundMessage
from contacts.emails.mailbox import collect
from contacts.emails.models import Email, MailServer
from contacts.emails.parsing import MOST_DEPTH, MOST_PARAMETERS, head_alone, is_head_alone, parse
from contacts.emails.reading import body_of
from contacts.emails.receiving import receive
from tests.emails.mails import mail, raw

TOLD = "it is not built as emails are"
SEMICOLONS = 'x="' + ";" * 4_000 + '"'


def nested(depth, kind="multipart/mixed", **headers):
    """Return a mail of as many multiparts, one in the other."""
    inner = "".join(f'Content-Type: {kind}; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    top, _break, body = f"{inner}\nDeep down".partition("\n\n")
    return raw(top, body=body, **headers)


HOSTILE = {
    "400 levels and 40,000 lines": nested(400) + b"\n" * 40_000,
    "1,500 levels": nested(1_500),
    "1,500 mails in mails": raw(body="Content-Type: message/rfc822\n\n" * 1_500, Content_Type="message/rfc822"),
    "many parts": raw('Content-Type: multipart/mixed; boundary="b"', body="--b\n\n" * 30_000),
    "many headers": raw(*["X-A: b"] * 30_000),
    "headers of 2 MB": raw("X-A: " + "b" * 2_000_000),
    "lines of nothing": raw(body="\r" * (parsing.MOST_STEPS + 1)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_of_what_no_mail_needs_the_headers_alone_are_read(content):
    message = parse(content)

    assert is_head_alone(message)
    assert (message["Subject"], message.is_multipart(), message.get_payload()) == ("Re: The visit", False, "")


def test_no_more_parts_are_begun_than_levels_may_be(monkeypatch):
    begun = []

    def count(part):
        begun.append(part)

    monkeypatch.setattr(parsing._Part, "count", count)
    parse(nested(1_500))

    assert len({id(part) for part in begun}) <= MOST_DEPTH + 5


@pytest.mark.parametrize("depth", [1, 10, MOST_DEPTH])
def test_what_people_forward_is_read_whole(depth):
    message = parse(nested(depth))

    assert not is_head_alone(message)
    assert body_of(message).text == "Deep down"


def test_what_only_speaks_of_boundaries_is_read_whole():
    assert body_of(parse(raw(body="boundary=b\n" * 500))).text.count("boundary=b") == 500


def test_many_lines_may_lie_less_deep(monkeypatch):
    monkeypatch.setattr(parsing, "MOST_STEPS", 1_000)

    assert not is_head_alone(parse(nested(5)))
    assert is_head_alone(parse(nested(5) + b"\n" * 300))


@pytest.mark.parametrize("take_apart", [parse, message_from_bytes], ids=["ours", "theirs"])
def test_little_is_looked_at_of_what_says_what_a_part_is(take_apart):
    message = take_apart(raw(f"Content-Type: multipart/report; {SEMICOLONS}; report-type=delivery-status"))

    assert not is_report(message)
    assert message["Content-Type"].count(";") < MOST_PARAMETERS


@pytest.mark.parametrize("rules", [policy.compat32, policy.default], ids=["lenient", "strict"])
def test_little_is_looked_at_of_what_names_a_file(rules):
    message = message_from_bytes(raw(f"Content-Disposition: attachment; filename=a.txt; {SEMICOLONS}"), policy=rules)

    assert [file.name for file in body_of(message).files] == ["a.txt"]
    assert [len(value) < 100 for name, value in message.raw_items() if name == "Content-Disposition"] == [True]


def test_the_longest_file_name_is_read_whole():
    name = "я" * 120 + ".pdf"
    coded = "".join(f"%{byte:02X}" for byte in name.encode())
    message = parse(raw(f"Content-Disposition: attachment; filename*=utf-8''{coded}"))

    assert body_of(message).files[0].name == name


@pytest.fixture
def again(mailbox):
    """Look into the mailbox as the next worker would, from what is stored."""
    return lambda: collect(MailServer.objects.select_related("account").get(pk=mailbox.pk))


def _filed():
    return list(Email.objects.order_by("pk").values_list("message_id", flat=True))


@pytest.mark.parametrize("depth", [1_000, 1_500])
def test_a_mail_of_many_levels_does_not_block_the_mailbox(imap, again, contact, depth):
    imap.deliver(nested(depth, From=contact.email))
    imap.deliver(raw(From=contact.email, Message_ID="<2@example.com>"))

    assert (again(), again()) == (2, 0)
    assert _filed() == ["<1@example.com>", "<2@example.com>"]
    assert TOLD in Email.objects.order_by("pk")[0].body
    assert (MailServer.objects.get().imap_uid, MailServer.objects.get().imap_failure) == (2, "")


@pytest.mark.parametrize("trouble", [RecursionError, MemoryError, ValueError, UnicodeError])
def test_a_mail_over_which_reading_fails_is_filed_by_its_headers(imap, again, contact, monkeypatch, caplog, trouble):
    whole = collecting.Mailbox.mails

    def mails(box, uids, *, heads):
        if not heads and uids == [1]:
            raise trouble
        return whole(box, uids, heads=heads)

    monkeypatch.setattr(collecting.Mailbox, "mails", mails)
    for number in (1, 2):
        imap.deliver(raw(From=contact.email, Message_ID=f"<{number}@example.com>"))

    assert again() == 2
    assert f"cannot be read: {trouble.__name__}" in caplog.text


def test_a_mail_whose_headers_cannot_be_judged_is_passed_by(imap, again, contact, monkeypatch, caplog):
    judge = collecting.concerns

    def concerns(message, account):
        if message["Subject"] == "Broken":
            raise RecursionError
        return judge(message, account)

    monkeypatch.setattr(collecting, "concerns", concerns)
    imap.deliver(raw(From=contact.email, Subject="Broken"))
    imap.deliver(raw(From=contact.email, Message_ID="<2@example.com>"))

    assert (again(), _filed()) == (1, ["<2@example.com>"])
    assert "was passed by" in caplog.text


def test_of_a_mail_of_several_parts_that_was_not_read_no_empty_file_is_kept(account, contact):
    message = head_alone(mail('Content-Type: multipart/mixed; boundary="b"', From=contact.email))
    email = receive(message, account=account, missing="All but the subject.")

    assert (email.body, email.attachment_count) == ("[Not kept: All but the subject.]", 0)


@pytest.fixture
def post(client, settings):
    """Post a mail as Postmark does; return the status of the answer."""
    settings.ANYMAIL = {"WEBHOOK_SECRET": "mail:secret"}

    def send(**told):
        basic = {"HTTP_AUTHORIZATION": "Basic bWFpbDpzZWNyZXQ="}
        url = reverse("emails:hook", args=["postmark"])
        return client.post(url, json.dumps(told), content_type="application/json", **basic).status_code

    return send


def test_a_mail_that_a_service_posts_whole_is_bounded_too(post, contact, thread):
    told = nested(1_500, From=contact.email, To=reply_address(thread)).decode()

    assert post(RawEmail=told, Headers=[]) == 200
    assert TOLD in Email.objects.get().body


def test_a_mail_among_the_files_that_a_service_posts_is_bounded_too():
    content = nested(1_500).decode()
    part = AnymailInboundMessage.construct_attachment("message/rfc822", content, filename="a.eml")

    assert is_head_alone(part.get_payload(0))


def test_a_posted_mail_over_which_filing_fails_is_filed_by_its_headers(post, contact, thread, monkeypatch):
    read = receiving.body_of

    def body_of(message):
        if not is_head_alone(message):
            raise RecursionError
        return read(message)

    monkeypatch.setattr(receiving, "body_of", body_of)
    told = raw(From=contact.email, To=reply_address(thread)).decode()

    assert (post(RawEmail=told, Headers=[]), _filed()) == (200, ["<1@example.com>"])


def test_trouble_of_the_database_is_no_fault_of_the_mail(post, contact, thread, monkeypatch):
    told = raw(From=contact.email, To=reply_address(thread)).decode()

    def receive(*_args, **_options):
        raise hooks.OperationalError

    monkeypatch.setattr(hooks, "receive", receive)

    assert (post(RawEmail=told, Headers=[]), _filed()) == (503, [])
