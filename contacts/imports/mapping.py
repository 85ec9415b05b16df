"""Mapping: which column of the file goes to which field, as proposed, as shown and as chosen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.imports import carrying, kinds
from contacts.imports.formulas import as_typed
from contacts.imports.matching import How, Match, fingerprint
from contacts.imports.models import ImportRun, Job, OnExisting, RememberedMapping, Status
from contacts.imports.source import Record, Source

SAMPLE_ROWS = 500
SAMPLES = 3
SAMPLE_LENGTH = 60


@dataclass(slots=True)
class ColumnView:
    """A column of the file as the mapping step shows it. ``note`` says what the field's rule finds in it."""

    place: int
    label: str
    samples: list[str]
    field: str
    how: str  # a How value, or "chosen"
    score: int = 100
    note: str = ""
    tone: str = ""  # "good", "warn" or ""
    remembered_at: Any = None


@dataclass(slots=True)
class _Findings:
    samples: list[str] = field(default_factory=list)
    values: set[Any] = field(default_factory=set)
    faults: Counter = field(default_factory=Counter)


def matches(run: ImportRun) -> list[Match]:
    """Return what is found for each column: as remembered for this header, by name, or as a suggestion."""
    remembered = _remembered(run)
    return kinds.get(run.kind).vocabulary.match(run.columns, remembered.mapping if remembered else None)


def proposed(run: ImportRun, suggestions: bool = True) -> dict[str, str]:
    """Return the mapping to begin with; without ``suggestions`` only what names or memory are sure of."""
    sure = (How.NAME, How.REMEMBERED, How.SUGGESTED) if suggestions else (How.NAME, How.REMEMBERED)
    return {str(match.place): match.field for match in matches(run) if match.how in sure}


def columns(run: ImportRun) -> list[ColumnView]:
    """Return the columns of the file with their first values; nameless ones without any value are left out."""
    remembered = _remembered(run)
    found, nameless = _look_at(run), set(run.nameless)
    views = []
    for match in matches(run):
        chosen = run.places.get(match.place, "")
        how = match.how if chosen == match.field else ("chosen" if chosen else How.NONE)
        view = ColumnView(match.place, match.label, found[match.place].samples, chosen, how, match.score)
        if how == How.REMEMBERED and remembered:
            view.remembered_at = remembered.updated_at
        _describe(view, found[match.place], kinds.get(run.kind).columns)
        if view.samples or view.field or view.place not in nameless:
            views.append(view)
    return views


def checklist(run: ImportRun, chosen: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """Return what must be mapped as (field, its label, the label of the column ``chosen`` for it or "")."""
    kind = kinds.get(run.kind)
    mapped = {name: run.columns[place] for place, name in chosen.items() if place < len(run.columns)}
    return [(name, str(kind.columns[name].label), mapped.get(name, "")) for name in kind.required]


def save(run: ImportRun, chosen: Mapping[Any, str], options: Mapping[str, Any], *, remember: bool = True) -> None:
    """Store the mapping (field by index of the column) and the options, ready to be verified.

    Raises ValidationError with messages by ``mapping`` and by option. What was staged before is thrown away, but for
    cells corrected by hand.
    """
    places = {int(place): name for place, name in chosen.items() if name}
    with transaction.atomic():
        run.lock()
        if wrong := _too_late(run) or _wrong(run, places) | _wrong_options(run, options):
            raise ValidationError(wrong)
        run.mapping = {str(place): name for place, name in sorted(places.items())}
        run.options = {name: value for name, value in options.items() if value}
        run.status, run.job, run.checked = Status.MAPPED, "", 0
        run.refusal, run.refusal_line = "", None
        carrying.clear(run)
        run.save()
        if remember:
            RememberedMapping.objects.update_or_create(
                account=run.account,
                kind=run.kind,
                fingerprint=fingerprint(run.columns),
                defaults={"mapping": run.mapping},
            )


def _too_late(run: ImportRun) -> dict[str, list[str]]:
    if run.can_change:
        return {}
    if run.job == Job.VERIFY:
        return {"mapping": [_("The rows are being checked. Wait until that is done, or stop it, then try again.")]}
    return {"mapping": [_("The import has started; its mapping can no longer be changed.")]}


def _wrong(run: ImportRun, places: Mapping[int, str]) -> dict[str, list[str]]:
    kind = kinds.get(run.kind)
    messages = []
    for name, count in Counter(places.values()).items():
        if name not in kind.columns:
            messages.append(_("There is no field %(field)s.") % {"field": name})
        elif count > 1:
            messages.append(_("%(field)s is mapped twice.") % {"field": kind.columns[name].label})
    if any(not 0 <= place < len(run.columns) for place in places):
        messages.append(_("The file has no such column."))
    missing = [str(kind.columns[name].label) for name in kind.required if name not in places.values()]
    if missing:
        messages.append(_("These fields must be mapped: %(fields)s.") % {"fields": ", ".join(missing)})
    return {"mapping": messages} if messages else {}


def _wrong_options(run: ImportRun, options: Mapping[str, Any]) -> dict[str, list[str]]:
    wrong = {name: [message] for name, message in kinds.get(run.kind).check_options(options).items()}
    if options.get("on_existing") and options["on_existing"] not in OnExisting.values:
        wrong["on_existing"] = [_("Choose error, skip or update.")]
    return wrong


def _remembered(run: ImportRun) -> RememberedMapping | None:
    known = RememberedMapping.objects.filter(account=run.account, kind=run.kind, fingerprint=fingerprint(run.columns))
    return known.first()


def _look_at(run: ImportRun) -> list[_Findings]:
    """Read the first rows: some values of each column, and what the rule of its field makes of them."""
    found = [_Findings() for _column in run.columns]
    session = kinds.get(run.kind).session(run)
    session.begin_chunk(lambda _name: [])  # whom or what a cell names is told when the rows are verified
    with run.opened() as file:
        for record in islice(Source(file, run.dialect), SAMPLE_ROWS):
            _take_in(record, found, {place: session.columns[name] for place, name in run.places.items()})
    return found


def _take_in(record: Record, found: list[_Findings], mapped: Mapping[int, Any]) -> None:
    for place, findings in enumerate(found):
        cell = " ".join(as_typed(record.cells[place][: SAMPLE_LENGTH * 2]).split())
        if cell and len(findings.samples) < SAMPLES and cell[:SAMPLE_LENGTH] not in findings.samples:
            findings.samples.append(cell[:SAMPLE_LENGTH])
        if cell and place in mapped:
            try:
                findings.values.add(str(mapped[place].widget.clean(record.cells[place])))
            except ValidationError as refusal:
                findings.faults[getattr(refusal, "code", "invalid")] += 1


def _describe(view: ColumnView, found: _Findings, fields: Mapping[str, Any]) -> None:
    """Say in a few words what is to be expected of the column."""
    view.tone = "good" if view.field else ""
    count = found.faults["no_country_code"]
    if count:
        view.note = ngettext("%(count)d without country code", "%(count)d without country code", count)
    elif count := found.faults["invalid_choice"]:
        view.note = ngettext("%(count)d value not recognised", "%(count)d values not recognised", count)
    elif view.field and fields[view.field].listed and found.values:
        count = len(found.values)
        view.note = ngettext("%(count)d value matched", "%(count)d values matched", count)
        view.note %= {"count": count}
        return
    if count:
        view.note %= {"count": count}
        view.tone = "warn"
