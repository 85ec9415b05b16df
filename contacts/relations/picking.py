"""Finding a company by what somebody types: while they type, and by its name as it stands in a plain field.

A name need not be unique. Where several companies have one, or where it reads as if it carried an id, the text that
stands for a company is its name with its id, "Notaría Sánchez #12".
"""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from contacts.relations.models import Relation
from contacts.relations.naming import name_key
from tesoro.posted import key
from tesoro.text import collapse, natural_key

MOST_FOUND = 8
MOST_NAMED = 3
_WITH_ID = re.compile(r"(.*\S)\s*#([0-9]{1,18})")
_READS_AS_ID = re.compile(r"(.*#)?\s*[0-9]+")


def suggest(account: Any, query: str) -> list[Relation]:
    """Return up to eight live companies that match by name, email or phone, those last active first."""
    if not query.strip():
        return []
    matching = Relation.objects.for_account(account).matching(account, query)
    return list(matching.order_by("-last_activity_at", "-pk")[:MOST_FOUND])


def texts(account: Any, relations: Iterable[Relation]) -> dict[int, str]:
    """Return by id the text that stands for each company in a field: :func:`resolve` finds it by that. One query."""
    chosen = list(relations)
    live = Relation.objects.for_account(account).filter(name_key__in={one.name_key for one in chosen})
    count = dict(live.order_by().values_list("name_key").annotate(n=Count("pk")))
    return {one.pk: _text(one, others=count.get(one.name_key, 0) - (not one.in_trash)) for one in chosen}


def resolve(account: Any, text: str, *, current: Relation | None = None) -> Relation:
    """Return the live company that ``text`` names; case, accents, commas, dots and hyphens do not count.

    ``current`` is the one that is chosen already: it may lie in the trash, and is meant before others of its name.
    Raises ValidationError when none has the name, or several have.
    """
    text = collapse(text)
    live = Relation.objects.for_account(account)
    given = _WITH_ID.fullmatch(text)
    if given and (found := _of_name(live.filter(pk=key(given[2])), given[1], current, key(given[2]))):
        return found[0]
    found = _of_name(live, text, current)
    if not found:
        raise ValidationError(_("No company has this name."), code="unknown")
    if current in found:
        return current  # type: ignore[return-value]
    if len(found) > 1:
        raise _ambiguous(found)
    return found[0]


def _text(relation: Relation, others: int) -> str:
    carries_id = others > 0 or _READS_AS_ID.fullmatch(relation.name)
    return f"{relation.name} #{relation.pk}" if carries_id else relation.name


def _of_name(live: Any, name: str, current: Relation | None, pk: int = 0) -> list[Relation]:
    """Return the companies among ``live`` of this name, and ``current`` where it has it; the older ones first."""
    wanted = name_key(name)
    rows = [row for row in live.filter(name_key=natural_key(name, "")).order_by("pk") if name_key(row.name) == wanted]
    if current and current.in_trash and name_key(current.name) == wanted and pk in (0, current.pk):
        rows.append(current)
    return rows


def _ambiguous(found: list[Relation]) -> ValidationError:
    named = ", ".join(f"{one.name} #{one.pk}" for one in found[:MOST_NAMED])
    text = _("Several companies have this name. Write the number after it: %(named)s.")
    return ValidationError(text, code="ambiguous", params={"named": named})
