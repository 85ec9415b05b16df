"""The link between a person and a company: one event on the timelines of both."""

from typing import Any

from contacts.timeline.recording import record


def tell_of_link(person: Any, before: Any = None, *, by: Any, version: int | None = None) -> None:
    """Write that the person left the company ``before``, and came to the one they belong to now, where there is one.

    ``version`` is the person's, when the link is a change of theirs.
    """
    for verb, company in (("unlinked", before), ("linked", person.relation)):
        if company is not None:
            names = {"old": company.name, "new": ""} if verb == "unlinked" else {"old": "", "new": company.name}
            data: dict[str, Any] = {"version": version, "changes": [{"field": "relation", **names}]} if version else {}
            record(verb, by=by, person=person, relation=company, who=person.full_name, company=company.name, **data)
