"""Inviting people to an office: several addresses at once, each answered by itself."""

import re
from dataclasses import dataclass
from enum import StrEnum

from allauth.core import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.models import Invitation, User
from tesoro.emails import clean_email

MOST_AT_ONCE = 50
_BETWEEN = re.compile(r"[,;\n\r\t]+")
_NAMED = re.compile(r"[^<>]*<([^<>]+)>")


class Verdict(StrEnum):
    """What became of one address."""

    INVITED = "invited"
    UNSENT = "unsent"
    PENDING = "pending"
    USER = "user"
    INACTIVE = "inactive"
    REFUSED = "refused"
    INVALID = "invalid"
    LIMIT = "limit"


WORDS: dict[Verdict, str | Promise] = {
    Verdict.INVITED: _("Invited"),
    Verdict.UNSENT: _("The invitation is kept, but the mail could not be sent. Send it again later."),
    Verdict.PENDING: _("Was already invited"),
    Verdict.USER: _("Is already a user of this office"),
    Verdict.INACTIVE: _("Is a deactivated user of this office. Reactivate them instead."),
    Verdict.REFUSED: _("This address cannot be invited"),
    Verdict.LIMIT: _("Too many invitations today. Try again tomorrow."),
}


@dataclass(frozen=True)
class Answer:
    """One address and what became of it; ``invitation`` where there is one."""

    email: str
    verdict: Verdict
    invitation: Invitation | None = None
    reason: str = ""

    @property
    def text(self) -> str:
        """The verdict in words."""
        return self.reason or str(WORDS[self.verdict])

    @property
    def can_resend(self) -> bool:
        """Whether a new link is the way on."""
        return self.invitation is not None and self.verdict in (Verdict.PENDING, Verdict.UNSENT)

    @property
    def is_good(self) -> bool:
        """Whether a mail is on its way."""
        return self.verdict == Verdict.INVITED


def addresses(text: str) -> list[str]:
    """Return the addresses in ``text``, one a line or between commas or semicolons, each once, as they were typed.

    "Ana Ruiz <ana@example.com>" is read as its address.
    """
    found: dict[str, str] = {}
    for piece in _BETWEEN.split(text):
        named = _NAMED.fullmatch(piece.strip())
        address = (named[1] if named else piece).strip()
        if address:
            found.setdefault(address.lower(), address)
    return list(found.values())


def invite(request: HttpRequest, emails: list[str], role: str) -> list[Answer]:
    """Invite each address to the request's account as ``role``; the answers are in the order of the addresses."""
    return [_invite_one(request, email, role) for email in emails]


def resend(request: HttpRequest, invitation: Invitation) -> Answer:
    """Send a new link for seven days; the old one ends at once."""
    if not _may_send(request):
        return Answer(invitation.email, Verdict.LIMIT, invitation)
    return _send(request, invitation, invitation.renew())


def _invite_one(request: HttpRequest, typed: str, role: str) -> Answer:
    try:
        email = clean_email(typed).lower()
    except ValidationError as error:
        return Answer(typed, Verdict.INVALID, reason=" ".join(error.messages))
    known = _known(request, email)
    if known is not None:
        return known
    if not _may_send(request):
        return Answer(email, Verdict.LIMIT)
    invitation = Invitation(account=request.account, email=email, role=role, invited_by=request.user)  # type: ignore[attr-defined,misc]
    try:
        with transaction.atomic():
            token = invitation.renew()
    except IntegrityError:  # somebody else invited the same address at the same moment
        return _known(request, email) or Answer(email, Verdict.PENDING)
    return _send(request, invitation, token)


def _known(request: HttpRequest, email: str) -> Answer | None:
    """Return the answer for an address that is a user or invited already; strangers' users only get a refusal."""
    account = request.account  # type: ignore[attr-defined]
    user = User.objects.with_email(email).first()
    if user is not None and user.account_id != account.pk:
        return Answer(email, Verdict.REFUSED)
    if user is not None:
        return Answer(email, Verdict.USER if user.is_active else Verdict.INACTIVE)
    pending = Invitation.objects.for_account(account).pending().filter(email=email).first()
    return Answer(email, Verdict.PENDING, pending) if pending is not None else None


def _may_send(request: HttpRequest) -> bool:
    """Count one mail; an open sign-up page must not become a way to write to the whole world."""
    return bool(ratelimit.consume(request, action="invite", key=f"account:{request.account.pk}"))  # type: ignore[attr-defined]


def _send(request: HttpRequest, invitation: Invitation, token: str) -> Answer:
    context = {
        "invitation": invitation,
        "by": request.user,
        "days": settings.INVITATION_DAYS,
        "url": mail.absolute(reverse("invitation", args=[token]), request),
    }
    sent = mail.send("invitation", invitation.email, context, account=invitation.account)
    return Answer(invitation.email, Verdict.INVITED if sent else Verdict.UNSENT, invitation)
