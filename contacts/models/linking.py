"""The link between a person and a company: one event on the timelines of both."""

from collections.abc import Iterable
from typing import Any

from contacts.relations.models import Relation
from contacts.timeline.recording import record


def hold_companies(ids: Iterable[int]) -> None:
    """Hold companies until the transaction ends, in one order, before their timelines move on.

    Whoever links people holds the people first, then the companies: two at once wait for one another, never both.
    """
    list(Relation.with_trash.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))


def tell_of_link(person: Any, before: Any = None, *, by: Any, version: int | None = None) -> None:
    """Write that the person left the company ``before``, and came to the one they belong to now, where there is one.

    A company in the trash is not told as the one they were at. ``version`` is the person's, when the link is a change
    of theirs.
    """
    if before is not None and person.relation is not None:
        hold_companies([before.pk, person.relation.pk])
    for verb, company in (("unlinked", before), ("linked", person.relation)):
        if company is not None:
            names = {"old": company.name, "new": ""} if verb == "unlinked" else {"old": "", "new": company.name}
            data: dict[str, Any] = {"version": version, "changes": [{"field": "relation", **names}]} if version else {}
            if verb == "linked" and before is not None and not before.in_trash:
                data["before"] = before.name
            record(verb, by=by, person=person, relation=company, who=person.full_name, company=company.name, **data)
