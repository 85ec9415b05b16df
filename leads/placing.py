"""Where a lead stands: a new one, and one whose status changed, lie on top of their column."""

from typing import Any

from django.utils import timezone

from contacts.criteria.choices import PropertyType
from leads.models import Lead
from tesoro.ranking import top_rank


def new_lead(person: Any) -> Lead:
    """Return the lead of somebody of whom no more is known than that they are a prospect."""
    return Lead(account=person.account, property_types=PropertyType.OTHER)


def column(account: Any, status: str) -> Any:
    """Return the leads of one status of an account, from the top."""
    return Lead.objects.for_account(account).of_status(status)


def place(lead: Any, moved: list[str]) -> None:
    """Lay a lead whose status moved on top of its column. Call it before the lead is saved.

    Any other keeps the place it has by now: a colleague may have moved its card since it was read.
    """
    if "status" in moved:
        lead.status_since = timezone.now()
        lead.rank = top_rank(column(lead.account_id, lead.status).exclude(pk=lead.pk))
    else:
        lead.refresh_from_db(fields=["rank"])
