"""Who else a search would find: what an empty list says of another section."""

from typing import Any

from contacts.models import Kind, Person
from tesoro.counting import bounded_count

EXAMPLES = 3


def found_elsewhere(account: Any, kind: Kind, query: str) -> dict[str, Any]:
    """Return how many people of a kind match a search, up to 10,001, and three of them; without a search nobody."""
    if not query:
        return {"others": 0, "examples": []}
    people = Person.objects.for_account(account).filter(kind=kind).matching(account, query)
    count = bounded_count(people)
    examples = list(people.order_by("-last_activity_at", "-pk")[:EXAMPLES]) if count else []
    return {"others": count, "examples": examples}
