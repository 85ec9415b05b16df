"""The token by which a portal, or the office's website, hands in enquiries."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leads.models import Portal, Source
from tesoro.addresses import countries
from tesoro.fields import LineField
from tesoro.tenancy import AccountOwned, AccountQuerySet

PREFIX = "tesoro_"
REFUSAL_LENGTH = 300
# How exactly "last used" is kept: not every delivery writes the row.
USE_NOTED_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """Return what is stored of a token. It is 32 random bytes, so a plain hash is enough."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


class ApiTokenQuerySet(AccountQuerySet):
    """Queries with names."""

    def standing(self) -> Self:
        """Return those that were not revoked."""
        return self.filter(revoked_at=None)

    def newest(self) -> Self:
        """Return tokens as the settings show them: those that work first, newest first."""
        return self.order_by(models.F("revoked_at").asc(nulls_first=True), "-pk")


class ApiToken(AccountOwned):
    """Lets its holder hand in enquiries for one account, and nothing else. Only a digest of it is stored.

    ``source`` and ``portal`` are those of what comes in, unless a delivery names its own; ``country`` reads numbers
    without a country code. ``refusal`` is what was wrong with the last delivery that was refused.
    """

    name = LineField(_("name"), max_length=60)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    source = models.CharField(_("source"), max_length=14, choices=Source.choices, default=Source.PORTALS)
    portal = models.CharField(_("portal"), max_length=16, choices=Portal.choices, blank=True, default="")
    country = models.CharField(
        _("country of numbers without code"), max_length=2, choices=countries, blank=True, default=""
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    refused_at = models.DateTimeField(_("last refused"), null=True, editable=False)
    refusal = models.CharField(_("refused because"), max_length=REFUSAL_LENGTH, blank=True, default="", editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects: ClassVar[Any] = ApiTokenQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("token for enquiries")
        verbose_name_plural = _("tokens for enquiries")
        indexes = [models.Index(fields=["account", "id"], name="api_token_of_account")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Ask for the portal where the source is Portals, and drop it elsewhere."""
        super().clean()
        if self.source != Source.PORTALS:
            self.portal = ""
        elif not self.portal:
            raise ValidationError({"portal": ValidationError(_("Choose the portal."), code="portal_missing")})

    @classmethod
    def of(cls, token: str) -> "ApiToken | None":
        """Return the row of a token that was not revoked, with its account; None for every other text.

        The row is found by the digest, and compared once more in constant time.
        """
        wanted = digest(token)
        found: ApiToken | None = cls.objects.standing().select_related("account").filter(token_digest=wanted).first()
        return found if found is not None and hmac.compare_digest(found.token_digest, wanted) else None

    def issue(self, *, by: Any) -> str:
        """Store a new token and return it. It is returned this once; the caller shows it."""
        token = PREFIX + secrets.token_urlsafe(32)
        self.token_digest, self.made_by = digest(token), by
        self.save()
        return token

    def revoke(self) -> None:
        """End the token at once."""
        type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())

    def note_use(self) -> None:
        """Remember that it was used just now."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at > USE_NOTED_EVERY:
            type(self).objects.filter(pk=self.pk).update(used_at=now)

    def note_refusal(self, why: str) -> None:
        """Remember what was wrong with a delivery, for an admin to see: a portal tells nobody."""
        row = type(self).objects.filter(pk=self.pk)
        row.update(refused_at=timezone.now(), refusal=why[:REFUSAL_LENGTH])
