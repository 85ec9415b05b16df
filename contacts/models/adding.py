"""Adding a person: the rules, the race for the email, the first event."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from contacts.models.companions import accompany, beside, judge
from contacts.models.linking import tell_of_link
from contacts.timeline.recording import record

EMAIL_TAKEN = _("Another record (lead or contact) already uses this email address.")


class Addable(models.Model):
    """A person that can be added."""

    class Meta:
        abstract = True

    def add(self: Any, *, by: Any, tags: list[str] | None = None, verb: str = "created", data: Any = None) -> Any:
        """Store a new person, with its companions and the event "created", in one transaction.

        ``verb`` and ``data`` tell it otherwise. Raises ValidationError by field, also when somebody took the email at
        the same moment.
        """
        self.created_by = by
        if self.assigned_to_id is None:
            self.assigned_to = by
        self.language = self.language or self.account.language
        accompany(self)
        judge(self)
        with transaction.atomic(), email_race_told():
            self.save()
            for kind, row in beside(self):
                kind.before_save(row, list(kind.fields))
                row.save(force_insert=True)
            record(verb, by=by, person=self, **(data or {}))
            tell_of_link(self, by=by)
            self.set_tags(tags or [])
        return self


def email_taken() -> ValidationError:
    """Return the error, at ``email``, that another live record has the address."""
    return ValidationError({"email": ValidationError(EMAIL_TAKEN, code="email_taken")})


@contextmanager
def email_race_told() -> Iterator[None]:
    """Turn the database's refusal of a second live row with one email into the form's error at ``email``.

    Two who save at once both pass validation; the constraint stops the second. Other refusals pass through.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        text = str(error)
        if "person_email_once" not in text and "email_key" not in text:
            raise
        raise email_taken() from error
