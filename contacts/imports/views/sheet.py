"""The rows of a run as a table that can be filtered, searched and paged: what Verify shows, and every correction."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.imports import kinds, reporting
from contacts.imports.models import ImportRow, ImportRun, Job, Status, Verdict
from contacts.imports.reporting import RowView, Totals

IN_SIGHT = 5  # columns, names included, that a laptop shows without scrolling
MOST_LINES = 2**31 - 1  # what the column of lines can hold


@dataclass(frozen=True)
class Tile:
    """A total, which is a filter too."""

    key: str
    count: int
    label: str
    url: str
    is_current: bool
    tone: str = ""


class Sheet:
    """The rows of a run as the address bar asks for them. Nothing is asked of the database before it is used."""

    def __init__(self, run: ImportRun, data: QueryDict, front: str | None = None) -> None:
        self.run = run
        self.kind = kinds.get(run.kind)
        self.data = data
        self.q = data.get("q", "").replace("\x00", "").strip()[:200]
        self._mapped = reporting.fields(run)
        asked = data.get("in", "")
        self.field = asked if asked in self._names else ""
        if front is not None:
            self.front = front

    @property
    def _names(self) -> list[str]:
        return [name for name, _label, _place in self._mapped]

    @cached_property
    def front(self) -> str:
        """The fields with errors, between commas: their columns stand behind the names, before the others, in sight.

        A page that is open hands it back with each correction: its columns stay where they are.
        """
        return ",".join(name for name in self._names if name in self._counts and name not in self.kind.names)

    @cached_property
    def fields(self) -> list[tuple[str, str, int]]:
        """The mapped columns as they stand in the table: field, label, place."""
        return sorted(self._mapped, key=lambda column: self._rank(column[0]))

    def arrange(self, views: list[RowView]) -> list[RowView]:
        """Put the cells of rows in the order of the columns."""
        for view in views:
            view.cells.sort(key=lambda cell: self._rank(cell.field))
            view.far = [cell for cell in view.cells[IN_SIGHT:] if cell.errors and view.row.verdict == Verdict.ERROR]
            view.offer = self._offer(view)
        return views

    def _offer(self, view: RowView) -> str:
        """Return how an option would fill what the row lacks, where that is all that is wrong with it."""
        wrong = [name for name in view.row.error_fields.split(",") if name]
        return self.kind.offer(wrong[0]) if len(wrong) == 1 and wrong[0] not in self._names else ""

    @property
    def last_name(self) -> str:
        """The last of the columns that a row is called by."""
        return self.kind.names[-1]

    def _rank(self, name: str) -> tuple[int, int]:
        must, front = self.kind.required, self.front.split(",")
        group = 0 if name in self.kind.names else 1 if name in front else 2 if name in must else 3
        return group, self._names.index(name)

    @cached_property
    def totals(self) -> Totals:
        """The rows by verdict."""
        return reporting.totals(self.run)

    @cached_property
    def verdict(self) -> str:
        """Which rows are shown: a verdict, or "" for all. Unless it is said, those with errors, where there are any."""
        asked = self.data.get("show", "")
        if asked in Verdict.values:
            return asked
        return Verdict.ERROR.value if not asked and (self.totals.error or self.field) else ""

    @cached_property
    def rows(self) -> list[RowView]:
        """The rows of this page."""
        return self.arrange(self.page.rows)

    @cached_property
    def page(self) -> reporting.Page:
        """The rows of this page with the lines of its neighbours."""
        return reporting.rows(
            self.run,
            verdict=self.verdict,
            field=self.field,
            q=self.q,
            after=_line(self.data.get("after")),
            before=_line(self.data.get("before")),
        )

    @property
    def can_correct(self) -> bool:
        """Whether cells may still be corrected."""
        return self.run.status == Status.VERIFIED

    @property
    def tiles(self) -> list[Tile]:
        """The totals, as filters."""
        found, begun = self.totals, self.run.job != Job.VERIFY
        return [
            self._tile("all", "", found.rows, _rows_beside(found.blank)),
            self._tile("new", Verdict.NEW, found.new, _("to be created") if begun else _("will be created")),
            self._tile("update", Verdict.UPDATE, found.update, _("to be updated") if begun else _("will be updated")),
            self._tile("skip", Verdict.SKIP, found.skip, _("skipped")),
            self._tile("error", Verdict.ERROR, found.error, _("with errors"), "bad" if found.error else ""),
        ]

    @cached_property
    def _counts(self) -> Counter[str]:
        """How many rows have errors in each field. One query; it answers with kinds of rows, not with rows."""
        failing = ImportRow.objects.filter(run=self.run).failing().order_by()
        counts: Counter[str] = Counter()
        for names, count in failing.values_list("error_fields").annotate(Count("pk")):
            for name in filter(None, names.split(",")):
                counts[name] += count
        return counts

    @property
    def columns_with_errors(self) -> list[tuple[str, str, int, str]]:
        """The fields that rows have errors in: field, label, how many rows, address."""
        found = [(name, label) for name, label, _place in self._mapped if name in self._counts]
        return [(name, label, self._counts[name], self.url(show="error", **{"in": name})) for name, label in found]

    @property
    def field_label(self) -> str:
        """The column that errors are looked for in."""
        return next((label for name, label, _place in self._mapped if name == self.field), _("Any column"))

    def url(self, **changes: Any) -> str:
        """Return the query string with some words changed and the first page asked for; None takes a word out."""
        data = self.data.copy()
        for name in ("after", "before"):
            data.pop(name, None)
        for name, value in changes.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
        return f"?{data.urlencode()}"

    @property
    def any_column_url(self) -> str:
        """The query string without the filter by column."""
        return self.url(**{"in": None})

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return self.url(before=self.page.before) if self.page.before else ""

    @property
    def next_url(self) -> str:
        """The page behind, or nothing."""
        return self.url(after=self.page.after) if self.page.after else ""

    def _tile(self, key: str, verdict: str, count: int, label: str, tone: str = "") -> Tile:
        return Tile(key, count, label, self.url(show=key, **{"in": None}), self.verdict == verdict, tone)


def _rows_beside(blank: int) -> str:
    """Say what is counted, and how many blank lines stand beside it in the file."""
    if not blank:
        return _("rows in the file")
    return ngettext("rows, and %(n)d blank line", "rows, and %(n)d blank lines", blank) % {"n": blank}


def _line(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) <= 10 and int(text) <= MOST_LINES else None
