"""Companies by their name: how two spellings are compared, and those that a file names and nobody has entered yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from contacts.relations.models import Relation
from contacts.subjects.trashing import trash_records
from contacts.timeline.models import Event
from tesoro.text import collapse, natural_key


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: case, accents, commas, dots and hyphens do not count."""
    return natural_key(name, "") or collapse(name)


def clean_name(text: str) -> str:
    """Return a name as it is stored, or raise ValidationError: the rules are the model's own."""
    field: Any = Relation._meta.get_field("name")
    relation = Relation(name=field.clean(text, None))
    try:
        relation.clean()
    except ValidationError as error:
        raise ValidationError(error.error_dict["name"]) from None
    return relation.name


def known_names(account: Any, names: Iterable[str]) -> dict[str, int]:
    """Return by the key of its name the live company that has one of ``names``; of two the older one. One query."""
    wanted = {name_key(name) for name in names} - {""}
    if not wanted:
        return {}
    stored = {natural_key(key, "") for key in wanted}
    rows = Relation.objects.for_account(account).filter(name_key__in=stored).order_by("-pk").values_list("name", "pk")
    found = {name_key(name): pk for name, pk in rows}
    return {key: pk for key, pk in found.items() if key in wanted}


class Names:
    """The companies that rows of a file name and nobody had entered when the rows were checked."""

    def __init__(self, run: Any, rows: Sequence[Any], at: datetime) -> None:
        self._run, self._at = run, at
        self._rows = [row for row in rows if isinstance(row.values.get("relation"), str)]
        self.made: dict[int, int] = {}

    def make(self) -> dict[int, int]:
        """Return by line the companies, making each once; kept as ``made``.

        A new one keeps run and line, by which an undo finds it, and has the event "imported". Call it in the
        transaction that writes the rows.
        """
        wanted: dict[str, tuple[int, str]] = {}
        for row in self._rows:
            wanted.setdefault(name_key(row.values["relation"]), (row.line, row.values["relation"]))
        found = _found_or_made(self._run, wanted, self._at) if wanted else {}
        self.made = {row.line: found[name_key(row.values["relation"])] for row in self._rows}
        return self.made


def trash_unused(run: Any, *, by: Any) -> int:
    """Move to the trash the companies that a run made beside its records, unless somebody has used them since.

    Somebody has, when live people hang on one, when it was changed, or its timeline tells more than the import.
    """
    people: Any = Relation._meta.get_field("people").related_model
    hanging = people.objects.filter(relation=OuterRef("pk"))
    told = Event.objects.filter(relation=OuterRef("pk")).exclude(verb="imported")
    told = told.exclude(verb__in=["linked", "unlinked"], person__import_run=run)
    made = Relation.objects.for_account(run.account).filter(import_run=run, version=1)
    return trash_records(made.exclude(Exists(hanging)).exclude(Exists(told)), by=by)[0]


def _found_or_made(run: Any, wanted: Mapping[str, tuple[int, str]], at: datetime) -> dict[str, int]:
    """Return companies by the key of their name; ``wanted`` holds the first line that names each, and the name."""
    found = known_names(run.account, [name for _line, name in wanted.values()])
    made = [_new(run, line, name, at) for key, (line, name) in wanted.items() if key not in found]
    if made:
        Relation.objects.bulk_create(made)
        Event.objects.bulk_create([_imported(run, relation) for relation in made])
    return found | {name_key(relation.name): relation.pk for relation in made}


def _new(run: Any, line: int, name: str, at: datetime) -> Relation:
    relation = Relation(
        account=run.account, name=name, created_by_id=run.user_id, created_at=at, last_activity_at=at,
        import_run=run, import_line=line,
    )  # fmt: skip
    relation.draw_keys()
    return relation


def _imported(run: Any, relation: Relation) -> Event:
    data = {"file": run.file_name, "line": relation.import_line}
    return Event(
        account_id=relation.account_id, relation=relation, verb="imported", actor_id=run.user_id,
        at=relation.created_at, data=data,
    )  # fmt: skip
