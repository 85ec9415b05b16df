"""The language in which an office speaks to people it does not know yet."""

from typing import Any

from django.conf import settings


def spoken(account: Any) -> str:
    """Return the account's language if the screens are translated into it, else English: better than half of each."""
    return account.language if account.language in settings.INTERFACE_LANGUAGES else "en"
