"""Where a lead stands: a new one, and one whose status changed, lie on top of their column."""

from typing import Any

from django.utils import timezone

from contacts.criteria.choices import PropertyType
from leads.models import Lead
from tesoro.ranking import top_rank

# How a lead stands, but for since when.
STANDING = ["status", "reason", "rank"]


def standing(lead: Lead) -> dict[str, Any]:
    """Return how a lead stands, as JSON has it, so that it can be put back when a deed, to it or to many, is undone."""
    return {**{name: getattr(lead, name) for name in STANDING}, "since": lead.status_since.isoformat()}


def new_lead(person: Any) -> Lead:
    """Return the lead of somebody of whom no more is known than that they are a prospect."""
    return Lead(account=person.account, property_types=PropertyType.OTHER)


def column(account: Any, status: str) -> Any:
    """Return the leads of one status of an account, from the top."""
    return Lead.objects.for_account(account).of_status(status)


def place(lead: Any, moved: list[str]) -> list[str]:
    """Lay a lead whose status moved on top of its column; return what is to be saved beside what moved.

    Of any other nothing is: a colleague may have moved its card since it was read.
    """
    if "status" not in moved:
        return []
    lead.status_since = timezone.now()
    lead.rank = top_rank(column(lead.account_id, lead.status).exclude(pk=lead.pk))
    return ["status_since", "rank"]
