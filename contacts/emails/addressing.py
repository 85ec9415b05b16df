"""Addresses: what an office's mail is sent from, and where the answers to a conversation go.

The token of a conversation stands in its reply address, after a plus: ``in+<token>@reply.example.com``.
"""

import re
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from contacts.emails.models import Conversation, MailServer
from contacts.emails.models.conversation import ALPHABET, TOKEN_LENGTH

_TOKEN = re.compile(rf"\+([{ALPHABET}]{{{TOKEN_LENGTH}}})@[^@\s]+\Z", re.IGNORECASE)


def server_of(account: Any) -> MailServer | None:
    """Return the office's own mail servers, if it has named any. ``account`` is an account or its key."""
    return MailServer.objects.for_account(account).first()


def sender_address(server: MailServer | None) -> str:
    """Return the bare address an office's mail comes from.

    Its own address goes with its own server only: through the service's, nobody could tell whether it is theirs.
    """
    if server is not None and server.smtp_host and server.sender:
        return server.sender
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def named(name: str, address: str) -> str:
    """Return an address under a name, as a header takes it: "Lucía Ocaña <office@example.com>"."""
    local, _at, domain = address.rpartition("@")
    return str(Address(name, local, domain))


def domain_of(address: str) -> str:
    """Return the domain that Message-IDs end in: the sender's, or else the host of PUBLIC_URL."""
    return address.rpartition("@")[2] or urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def reply_address(conversation: Conversation) -> str:
    """Return the address whose mail is filed under the conversation, or "" when mail has no way in."""
    if settings.INBOUND_ADDRESS:
        return _with_token(settings.INBOUND_ADDRESS, conversation.token)
    server = server_of(conversation.account_id)
    if server is not None and server.imap_host and server.sender:
        return _with_token(server.sender, conversation.token)
    return ""


def token_of(address: str) -> str:
    """Return the token in an address, with or without a name around it; "" when there is none."""
    match = _TOKEN.search(parseaddr(address)[1] or address)
    return match[1].lower() if match else ""


def _with_token(address: str, token: str) -> str:
    local, _at, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"
