"""An invitation: a link by email that makes its reader a user of the account, once, within seven days."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User
from tesoro.fields import EmailAddressField
from tesoro.tenancy import AccountOwned, AccountQuerySet


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationClosedError(Exception):
    """The link has been used, renewed, withdrawn or has expired since it was opened."""


class InvitationQuerySet(AccountQuerySet):
    """Queries with names."""

    def pending(self) -> Self:
        """Return those nobody has accepted, expired ones too."""
        return self.filter(accepted_at=None)

    def open(self) -> Self:
        """Return those whose link still works."""
        return self.pending().filter(expires_at__gt=timezone.now())

    def of_link(self, token: str) -> Self:
        """Return the invitation that this link was last sent for, open or not: at most one."""
        return self.filter(token_digest=_digest(token))


class Invitation(AccountOwned):
    """Somebody invited to an account. Only a digest of the link's token is stored."""

    email = EmailAddressField(_("email"))
    role = models.CharField(_("role"), max_length=5, choices=User.Role.choices, default=User.Role.AGENT)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(_("invited"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends"), editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "email"], condition=models.Q(accepted_at=None), name="invitation_once"
            )
        ]

    def __str__(self) -> str:
        return self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the email spelled as users' are."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    @property
    def has_expired(self) -> bool:
        """Whether the link has ended; sending it again makes a new one."""
        return self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.accepted_at is None and not self.has_expired

    def renew(self) -> str:
        """Make a new link for seven days and return its token; earlier links stop working.

        The token is returned once and never stored; the caller sends it.
        """
        token = secrets.token_urlsafe(32)
        self.token_digest = _digest(token)
        self.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
        self.save()
        return token

    def accept(self, *, password: str, first_name: str, last_name: str) -> User:
        """Make the user and use the link up, in one transaction.

        Raises InvitationClosedError when the link ended in the meantime, or the address became a user elsewhere.
        """
        try:
            with transaction.atomic():
                self._use_up()
                return User.objects.create_user(
                    self.email,
                    password,
                    account=self.account,
                    role=self.role,
                    first_name=first_name,
                    last_name=last_name,
                )
        except IntegrityError as error:
            raise InvitationClosedError from error

    def _use_up(self) -> None:
        """Mark it accepted. One conditional update: of several at once exactly one finds it still open."""
        now = timezone.now()
        open_link = Invitation.objects.open().filter(pk=self.pk, token_digest=self.token_digest)
        if not open_link.update(accepted_at=now):
            raise InvitationClosedError
        self.accepted_at = now
