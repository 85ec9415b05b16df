"""The seal of a drawn form: who drew it, when, and which consent it showed, signed by us.

It stands in for Django's CSRF token, which needs a cookie: a form in a frame on another site gets none.
"""

import secrets
import time
from dataclasses import dataclass

from django.core import signing

from leads.enquiries.models import PublicForm
from tesoro.opened import mark

SALT = "leads.enquiries.form"
LEAST_SECONDS = 2  # nobody types a name, an email and a phone sooner
MOST_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Seal:
    """What a form was drawn with: its own ``nonce``, the moment in seconds since 1970, and whether it was once more."""

    nonce: str
    at: float
    again: bool

    @property
    def is_hasty(self) -> bool:
        """Whether less time has passed than a person needs, unless all was filled in already."""
        return not self.again and time.time() - self.at < LEAST_SECONDS


def seal(form: PublicForm, *, again: bool = False) -> str:
    """Return the seal of a form that is drawn now. Drawn ``again``, with all filled in, it may be sent at once."""
    drawn = [form.key, secrets.token_urlsafe(9), round(time.time(), 1), mark(form.consent), again]
    return signing.dumps(drawn, salt=SALT)


def opened(form: PublicForm, sealed: str) -> Seal | None:
    """Return what a seal says; None for one that is not ours, not this form's, too old, or of another consent."""
    try:
        key, nonce, at, consent, again = signing.loads(sealed, salt=SALT, max_age=MOST_SECONDS)
    except (signing.BadSignature, ValueError, UnicodeError):
        return None
    return Seal(nonce, at, again) if (key, consent) == (form.key, mark(form.consent)) else None
