"""Saying that two people are not the same, for good, and taking that back."""

from typing import Any

from django.db import transaction

from contacts.duplicates.models import Dismissal, Suggestion, ordered
from contacts.duplicates.scanning import newest


def dismiss(one: Any, two: Any, *, by: Any) -> Dismissal:
    """Remember that two people are not the same: they are not suggested again."""
    first, second = ordered(one.pk, two.pk)
    with transaction.atomic():
        suggested = Suggestion.objects.between(first, second)
        found: Any = suggested.values("reason", "score", "likeness").first() or {}
        values = {"account_id": one.account_id, "by": by, **found}
        dismissal, _new = Dismissal.objects.get_or_create(one_id=first, two_id=second, defaults=values)
        suggested.delete()
    return dismissal


def take_back(dismissal: Dismissal) -> None:
    """Forget that two people are not the same; what was suggested stands in the list again."""
    with transaction.atomic():
        scan = newest(dismissal.account)
        if scan and dismissal.reason and dismissal.one_id and dismissal.two_id:
            found = {"reason": dismissal.reason, "score": dismissal.score, "likeness": dismissal.likeness}
            values = {"account_id": dismissal.account_id, "scan": scan, **found}
            Suggestion.objects.get_or_create(one_id=dismissal.one_id, two_id=dismissal.two_id, defaults=values)
        dismissal.delete()
