"""Mails as they come in."""

from email import message_from_bytes, policy

TO = "office@example.com"


def raw(*lines, body="Yes, at eleven.", **headers):
    """Return the bytes of a mail; a header of None is left out, ``lines`` are headers as they stand."""
    usual = {
        "From": "Andrea <andrea@example.com>",
        "To": TO,
        "Subject": "Re: The visit",
        "Message-ID": "<1@example.com>",
    }
    told = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    head = [f"{name}: {value}" for name, value in told.items() if value is not None]
    return "\n".join([*head, *lines, "", body]).encode(errors="surrogateescape")


def mail(*lines, **fields):
    """Return the mail as the mailbox hands it over."""
    return message_from_bytes(raw(*lines, **fields))


def modern(*lines, **fields):
    """Return the mail as a webhook hands it over: under the policy that reads headers strictly."""
    return message_from_bytes(raw(*lines, **fields), policy=policy.default)


def multipart(*parts, kind="mixed", **fields):
    """Return a mail of several parts; each is its headers, an empty line, and what it holds."""
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    return mail(f'Content-Type: multipart/{kind}; boundary="b"', body=body, **fields)


def report(*, message_id="<1@casa.example>", recipient="andrea@example.com", action="failed", status="5.1.1", **fields):
    """Return the report of a mail server that a mail came back (RFC 3464)."""
    told = (
        f"Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; {recipient}\n"
        f"Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 {status} No such user\n"
    )
    parts = [
        "Content-Type: text/plain\n\nYour message could not be delivered.",
        f"Content-Type: message/delivery-status\n\n{told}",
        f"Content-Type: text/rfc822-headers\n\nSubject: The visit\nMessage-ID: {message_id}\n",
    ]
    body = "".join(f"--b\n{part}\n" for part in parts) + "--b--\n"
    kind = 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    return mail(kind, body=body, **{"From": "MAILER-DAEMON@mx.example.com", "Message-ID": "<dsn@mx>", **fields})
