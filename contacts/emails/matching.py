"""Where an incoming mail belongs: whose it is, and which conversation it goes on with."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import Account
from contacts.emails.addressing import token_of
from contacts.emails.models import Conversation, Email
from contacts.emails.reading import Head
from contacts.models import Person
from tesoro.emails import clean_email

OFFICE = "office-"
MOST_REFERENCES = 50
MOST_CONVERSATIONS = 100
# "Re:", "AW:", "RV:", "Re[2]:" and their like in the languages of the house.
_ANSWER = re.compile(
    r"\A(?:(?:re|aw|antw|antwort|sv|vs|rv|res|r|fw|fwd|wg|tr|enc|i|rif|odp|doorst)(?:\[\d+\])?\s?[:：]\s*)+", re.I
)


@dataclass(frozen=True)
class Place:
    """Whose an incoming mail is. Without a conversation it begins one."""

    person: Person
    conversation: Conversation | None


def place_of(head: Head, account: Any = None) -> Place | None:
    """Return where a mail belongs, None when it concerns nobody.

    ``account`` is that of the mailbox it was found in: a token of another account counts for nothing there. Tried in
    turn: a conversation's token, the mails it refers to, the person who wrote it. A person in the trash is found by
    the first two only.
    """
    conversation = _by_token(head, account)
    account = account or _account_of(head)
    if conversation is None and account is not None:
        conversation = _by_references(head, account)
    if conversation is not None:
        return Place(conversation.person, conversation)
    return _by_sender(head, account) if account is not None else None


def office_address(account: Account) -> str:
    """Return the address an office may forward its mail to, "" when the service takes none in."""
    local, at, domain = settings.INBOUND_ADDRESS.rpartition("@")
    return f"{local}+{OFFICE}{account.slug}@{domain}" if at else ""


def office_of(address: str) -> str:
    """Return the slug of the office whose forwarding address this is, "" when it is none."""
    local, _at, domain = settings.INBOUND_ADDRESS.casefold().rpartition("@")
    before, _plus, after = address.casefold().partition(f"+{OFFICE}")
    return after.removesuffix(f"@{domain}") if local and before == local and after.endswith(f"@{domain}") else ""


def is_ours(address: str) -> bool:
    """Whether an address says by itself where its mail belongs."""
    return bool(token_of(address) or office_of(address))


def bare_subject(subject: str) -> str:
    """Return a subject as conversations compare it: without "Re:", whatever its case."""
    return _ANSWER.sub("", subject.strip(), count=1).strip().casefold() if subject else ""


def _by_token(head: Head, account: Any) -> Conversation | None:
    tokens = list(dict.fromkeys(filter(None, map(token_of, head.recipients))))[:MOST_REFERENCES]
    if not tokens:
        return None
    rows = Conversation.objects.filter(token__in=tokens).select_related("person")
    found = {row.token: row for row in (rows.for_account(account) if account else rows)}
    return next((found[token] for token in tokens if token in found), None)


def _account_of(head: Head) -> Account | None:
    slugs = [slug for slug in map(office_of, head.recipients) if slug]
    return Account.objects.filter(slug__iexact=slugs[0]).first() if slugs else None


def _by_references(head: Head, account: Any) -> Conversation | None:
    """Return the conversation of the latest mail this one refers to, in the trash or not."""
    ids = head.references[-MOST_REFERENCES:]
    rows = Email.with_trash.for_account(account).filter(message_id__in=ids).select_related("conversation__person")
    found = {email.message_id: email.conversation for email in rows} if ids else {}
    return next((found[one] for one in reversed(ids) if one in found), None)


def _by_sender(head: Head, account: Any) -> Place | None:
    try:
        address = clean_email(head.sender)
    except ValidationError:
        return None
    person = Person.objects.for_account(account).with_email(address).first()
    if person is None:
        return None
    wanted = bare_subject(head.subject)
    latest = Conversation.objects.filter(person=person).order_by("-pk")[:MOST_CONVERSATIONS]
    return Place(person, next((one for one in latest if bare_subject(one.subject) == wanted), None))
