"""Secrets in the database: a field whose value is stored encrypted, with keys that never lie in the database.

The keys are ``settings.FIELD_KEYS``: the first encrypts, every one decrypts, so a key is replaced by putting a new one
in front. Fernet (AES-128-CBC with HMAC-SHA256) from the package cryptography.
"""

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class UnreadableError(Exception):
    """A stored secret was encrypted with a key that is not among ``FIELD_KEYS``: it has to be typed in again."""


@lru_cache(maxsize=4)
def _lock(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(value: str) -> str:
    """Return ``value`` encrypted; nothing stays nothing."""
    return _lock(tuple(settings.FIELD_KEYS)).encrypt(value.encode()).decode() if value else ""


def unseal(stored: str) -> str:
    """Return what was sealed, or raise UnreadableError."""
    try:
        return _lock(tuple(settings.FIELD_KEYS)).decrypt(stored.encode()).decode() if stored else ""
    except InvalidToken:
        raise UnreadableError from None


class SecretField(models.TextField):
    """A text that is stored encrypted. Reading a row does not decrypt: ``unseal(row.token)`` does, where it is used.

    So the attribute holds the encrypted text, and what prints, exports, serialises or logs a row shows no secret.
    Assign ``seal(value)``. Never editable in a ModelForm: a form offers an empty password field of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(editable=False, blank=True, default="")
        super().__init__(*args, **kwargs)
