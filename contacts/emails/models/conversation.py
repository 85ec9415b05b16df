"""The conversation: emails that answer one another. Its token stands in the reply address."""

import secrets

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
    """Emails with one person under one subject."""

    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, related_name="conversation_set")
    subject = models.CharField(_("subject"), max_length=200)
    token = models.CharField(max_length=TOKEN_LENGTH, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return self.subject
