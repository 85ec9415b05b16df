"""The feed: a private address at which a calendar program reads the meetings of one user."""

import hashlib
import secrets
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned, AccountQuerySet


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class CalendarFeedQuerySet(AccountQuerySet):
    """Queries with names."""

    def of_address(self, token: str) -> Self:
        """Return the feed whose address ends in ``token``, while its user is active: at most one."""
        return self.filter(token_digest=_digest(token), user__is_active=True).select_related("user__account")


class CalendarFeed(AccountOwned):
    """The address of a user's calendar. Only a digest of its token is stored: whoever reads the database knows none."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed", editable=False
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def renew(cls, user: Any) -> str:
        """Make an address for ``user``, in place of the one there was, and return its token.

        The token is returned once and never stored; the caller shows it.
        """
        token = secrets.token_urlsafe(32)
        made = {"account_id": user.account_id, "token_digest": _digest(token), "made_at": timezone.now()}
        cls.objects.update_or_create(user=user, defaults=made)
        return token
