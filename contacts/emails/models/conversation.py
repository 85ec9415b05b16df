"""The conversation: emails that answer one another. Its token stands in the reply address."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # what survives being read aloud and lower-cased
TOKEN_LENGTH = 24


def new_token() -> str:
    """Return a token nobody can guess: 24 signs of 32, which are 120 bits."""
    return "".join(secrets.choice(ALPHABET) for _place in range(TOKEN_LENGTH))


class Conversation(AccountOwned):
    """Emails with one person under one subject; those about a deal stand on its timeline too."""

    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, related_name="conversation_set")
    deal = models.ForeignKey(
        "deals.Deal", on_delete=models.SET_NULL, null=True, related_name="conversation_set", editable=False,
        db_index=False,
    )  # fmt: skip
    subject = models.CharField(_("subject"), max_length=200)
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = [models.Index(fields=["deal"], name="conversation_deal", condition=models.Q(deal__isnull=False))]

    def __str__(self) -> str:
        return self.subject

    @property
    def told_on(self) -> dict[str, Any]:
        """On whose timelines its emails stand, as the keywords of ``record``."""
        return {"person": self.person, **({"deal": self.deal} if self.deal else {})}
