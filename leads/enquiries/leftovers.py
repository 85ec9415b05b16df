"""What comes with an enquiry and no field takes: a price "on application" loses nobody, the agent reads it.

A portal sends an enquiry once and tells nobody of a refusal. So only who asks, and how to reach them, is demanded.
"""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

EACH = 200  # letters of one value that are kept
MOST = 1500  # and of all together


def readable(value: Any) -> str:
    """Return a value as a text that can be stored and read: what cannot be shown becomes a blank."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    hidden = {"Cc", "Cs", "Cn"}
    return "".join(char if char in "\n\r\t" or unicodedata.category(char) not in hidden else " " for char in text)


def cut(text: str, most: int) -> str:
    """Return the beginning of a text that is too long, and say so by its end."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def with_leftovers(message: str, unread: Mapping[str, Any], most: int) -> str:
    """Return the message with what was not read below it, in at most ``most`` letters."""
    if not unread:
        return message
    words = "; ".join(f"{name}: {cut(' '.join(readable(value).split()), EACH)}" for name, value in unread.items())
    told = cut(_("Not read: %(words)s") % {"words": words}, MOST)
    return f"{cut(message, most - len(told) - 2)}\n\n{told}".strip()
