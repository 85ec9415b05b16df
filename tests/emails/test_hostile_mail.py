"""Mails that were made to do harm, or by programs that did not know better."""

from email import message_from_bytes, policy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.emails.addressing import reply_address
from contacts.emails.models import Email
from contacts.emails.reading import body_of, head_of
from contacts.emails.receiving import receive
from tests.emails.mails import mail
from tests.factories import ContactFactory

pytestmark = pytest.mark.django_db
NESTED = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(100)) + "\nDeep down"

TABLE = {
    "nothing": b"",
    "no headers": b"\n\nHello",
    "headers alone": b"To: {to}",
    "nested parts": b"To: {to}\n" + NESTED.encode(),
    "wrong base64": b"To: {to}\nContent-Transfer-Encoding: base64\n\n%%%=====",
    "wrong quoted-printable": b"To: {to}\nContent-Transfer-Encoding: quoted-printable\n\n=ZZ=\n==",
    "wrong uuencode": b"To: {to}\nContent-Transfer-Encoding: x-uuencode\n\nbegin 666 x\n\xff\xfe\nend",
    "unknown encoding": b"To: {to}\nContent-Transfer-Encoding: rot13\n\nHello",
    "unknown charset": b"To: {to}\nContent-Type: text/plain; charset=klingon\n\nHello \xf1",
    "charset that is a programme": b"To: {to}\nContent-Type: text/plain; charset=unicode_escape\n\n\\N{BULLET}",
    "charset that is slow": b"To: {to}\nContent-Type: text/plain; charset=punycode\n\n" + b"a" * 100_000 + b"-9",
    "charset that is no text": b"To: {to}\nContent-Type: text/plain; charset=zlib\n\nHello",
    "charset with rubbish": b"To: {to}\nContent-Type: text/plain; charset*=x''%ff%fe; charset=\"\x00\"\n\nHello",
    "nul and surrogates": b"To: {to}\nSubject: a\x00b\xed\xa0\x80\n\na\x00b\xed\xa0\x80",
    "rubbish": bytes(range(256)) * 20,
    "ten thousand recipients": b"To: " + b", ".join(b"a%d@example.com" % n for n in range(10_000)) + b", {to}\n\nHello",
    "a long line": b"To: {to}\nSubject: " + b"x" * 1_000_000 + b"\n\n" + b"y" * 1_000_000,
    "many headers": b"To: {to}\n" + b"X-A: b\n" * 50_000 + b"\nHello",
    "many parts": b"To: {to}\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5_000 + b"--b--",
    "long Message-ID": b"To: {to}\nMessage-ID: <" + b"x" * 5_000 + b"@example.com>\n\nHello",
    "odd Message-ID": b"To: {to}\nMessage-ID: <<a b\x00c>> <d>\n\nHello",
    "many references": b"To: {to}\nReferences: " + b"<a@b> <c" * 20_000 + b"\n\nHello",
    "header injection": b"To: {to}\nSubject: =?utf-8?q?a=0D=0ABcc:_x=40example.com?=\n\nHello",
    "sender of rubbish": b'To: {to}\nFrom: =?utf-8?b?////?= <<<,;:"@\xff>>\n\nHello',
    "file name of rubbish": b"To: {to}\nContent-Type: application/x; name*0*=x''%ff; name*1=../../x\n\nHello",
    "file name of paths": b'To: {to}\nContent-Disposition: attachment; filename="../../../etc/passwd"\n\nroot',
    "boundary of nothing": b"To: {to}\nContent-Type: multipart/mixed; boundary=\n\nHello",
    "report of nothing": b"To: {to}\nContent-Type: multipart/report; report-type=delivery-status\n\nHello",
    "mail in a mail in a mail": b"To: {to}\n" + b"Content-Type: message/rfc822\n\n" * 90 + b"\nHello",
    "script": b"To: {to}\nSubject: <script>\nContent-Type: text/html\n\n<script>alert(1)</script>",
}


@pytest.fixture
def taken(thread):
    """Receive a mail whose bytes may name the reply address; return all that is stored then."""

    def receive_bytes(content, rules):
        content = content.replace(b"{to}", reply_address(thread).encode())
        receive(message_from_bytes(content, policy=rules))
        return list(Email.objects.all())

    return receive_bytes


@pytest.mark.parametrize("rules", [policy.compat32, policy.default], ids=["lenient", "strict"])
@pytest.mark.parametrize("content", TABLE.values(), ids=TABLE)
def test_no_mail_is_lost_and_none_does_harm(taken, content, rules):
    emails = taken(content, rules)

    assert len(emails) == (b"To: " in content and b"multipart/report" not in content)
    for email in emails:
        email.full_clean(exclude={"message_id", "body"})
        assert not {"\x00", "\r"} & set(email.subject + email.body + email.html + email.message_id)


def test_what_was_injected_is_part_of_the_subject(taken):
    [email] = taken(TABLE["header injection"], policy.compat32)

    assert email.subject == "a Bcc: x@example.com"


def test_the_file_name_has_no_path(taken):
    [email] = taken(TABLE["file name of paths"], policy.compat32)

    assert "/" not in email.attachments.get().name


def test_a_mail_that_borrows_a_token_of_another_office_stays_out(thread, stranger):
    theirs = ContactFactory(account=stranger.account)
    receive(mail(From=theirs.email, To=reply_address(thread)), account=stranger.account)

    assert not Email.objects.filter(account=thread.account).exists()


HEADERS = "From To Subject Date Message-ID References Content-Type Content-Disposition Content-Transfer-Encoding"
VALUES = [
    b"multipart/mixed; boundary=b",
    b"text/html; charset=utf-7",
    b"base64",
    b"=?utf-8?b?4pyT?=",
    b"message/rfc822",
    b"message/delivery-status",
    b"attachment; filename*=utf-8''%e2%9c%93",
]
HEADER, VALUE = st.sampled_from(HEADERS.split()), st.one_of(st.binary(max_size=60), st.sampled_from(VALUES))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.tuples(HEADER, VALUE), max_size=8), st.binary(max_size=200), st.booleans())
def test_whatever_a_mail_holds_it_can_be_read(headers, body, strict):
    head = b"\n".join(name.encode() + b": " + value.replace(b"\n", b"\n ") for name, value in headers)
    content = head + b"\n\n--b\n" + body + b"\n--b--\n"
    message = message_from_bytes(content, policy=policy.default if strict else policy.compat32)

    read, parts = head_of(message), body_of(message)
    stored = f"{read.subject}{read.sender}{read.message_id}{parts.text}{parts.html}"
    assert stored.encode().decode() == stored.replace("\x00", "")
