"""From an email that a merge took out of use to whoever stayed: the one person writes from either."""

import json
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from contacts.duplicates.models import Merge
from contacts.models import Person
from tesoro.emails import email_key

MOST_STEPS = 20  # who stayed may have been merged into another since


def who_stayed(account: Any, email: str) -> Person | None:
    """Return the live person into whom somebody who used this email was merged, or who used it before the merge."""
    merges = Merge.objects.standing().filter(account=account).select_related("kept", "gone")
    mentioned = Q(words__icontains=json.dumps(email)[1:-1])
    known = merges.annotate(words=Cast("told", TextField())).filter(Q(gone__email_key=email_key(email)) | mentioned)
    done: Any = next((merge for merge in known if _left_it(merge, email)), None)
    for _step in range(MOST_STEPS):
        if done is None or done.kept is None:
            return None
        if not done.kept.in_trash:
            return done.kept
        done = merges.filter(gone=done.kept).first()
    return None


def _left_it(merge: Any, email: str) -> bool:
    """Whether the email was one that the merge put out of use: that of who went, or the one that was replaced."""
    left = [change["old"] for change in merge.told.get("changes", []) if change["field"] == "email"]
    left += [merge.gone.email] if merge.gone else []
    return email_key(email) in map(email_key, left)
