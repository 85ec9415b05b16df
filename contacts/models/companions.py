"""Companions: rows that rooms above keep beside a person, one each, made and changed together with it.

A lead's place in the pipeline is one. The person's commands know a companion by what it is registered with, not by
its room: its fields are changed, compared, told and merged as if they stood on the person.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError


@dataclass(frozen=True)
class Companion:
    """``name`` is the person's attribute, ``fields`` what is tracked; people of ``kind`` have one, made by ``make``.

    ``before_save`` is told the companion and the names of the fields that moved, and returns the names of those that it
    has set beside them. ``verbs`` names the events of their own that tell a change of the fields given, the first of
    which must be among those that changed.
    """

    name: str
    fields: Sequence[str]
    kind: str
    make: Callable[[Any], Any]
    before_save: Callable[[Any, list[str]], list[str]]
    verbs: Mapping[str, list[str]] = field(default_factory=dict)


companions: list[Companion] = []


def register(companion: Companion) -> None:
    """Make a companion known; the app that owns it calls it when it is ready."""
    companions.append(companion)


def beside(person: Any) -> list[tuple[Companion, Any]]:
    """Return the companions that a person of this kind has, each with its row."""
    wanted = [kind for kind in companions if kind.kind == person.kind]
    return [(kind, row) for kind in wanted if (row := _row(person, kind.name)) is not None]


def _row(person: Any, name: str) -> Any:
    try:
        return getattr(person, name)
    except ObjectDoesNotExist:
        return None


def accompany(person: Any) -> None:
    """Give a person that is being added the companions its kind wants, unless it brings them."""
    for kind in companions:
        if kind.kind == person.kind:
            row = _row(person, kind.name) or kind.make(person)
            row.account = person.account
            setattr(person, kind.name, row)


def complete(people: Any) -> None:
    """Give everybody of a queryset the companions of their kind that they lack.

    Somebody who was merged away left theirs with the one who stayed, and may come back alone.
    """
    for kind in companions:
        for person in people.filter(kind=kind.kind, **{f"{kind.name}__isnull": True}).select_related("account"):
            accompany(person)
            row = getattr(person, kind.name)
            kind.before_save(row, list(kind.fields))
            row.save(force_insert=True)


def judge(person: Any, only: Collection[str] = ()) -> None:
    """Judge a person and its companions by their rules, or raise ValidationError with all that is wrong, by field.

    ``only`` names the fields to be judged; without it all are.
    """
    wrong: dict[str, list[Any]] = {}
    needed = {*only, "account", "deleted_at", "email_key"}
    rows = [(person, needed, {"tags"}), *((row, set(only), {"person", "account"}) for _kind, row in beside(person))]
    for row, kept, never in rows:
        others = {field.name for field in row._meta.fields} - kept if only else set()
        try:
            row.full_clean(exclude=others | never)
        except ValidationError as error:
            for name, errors in error.error_dict.items():
                wrong.setdefault(name, []).extend(errors)
    if wrong:
        raise ValidationError(wrong)


def verbs_of_companions() -> list[tuple[str, list[str]]]:
    """Return each verb that tells a change of companions' fields, with the fields."""
    return [pair for kind in companions for pair in kind.verbs.items()]
