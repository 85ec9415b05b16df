"""A column of an import: what it is called, and the one function by which its cells are read.

Columns are django-import-export fields, so that the same definition serves the import, the exports and Django admin.
"""

from collections.abc import Callable, Iterable
from typing import Any

from import_export.fields import Field
from import_export.widgets import Widget

from contacts.imports.formulas import as_typed, harmless

Rule = Callable[[str], Any]


class RuleWidget(Widget):
    """Reads a cell by a rule, and renders a value so that no spreadsheet runs it."""

    def __init__(self, rule: Rule, render: Callable[[Any], str] = str) -> None:
        super().__init__()
        self.rule = rule
        self.text_of = render

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the cleaned value, or raise ValidationError."""
        return self.rule(as_typed("" if value is None else str(value)))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Return the cell of an export. A number is none that a spreadsheet runs, not even one below nought."""
        if value is None:
            return ""
        text = self.text_of(value)
        return text if isinstance(value, float) else harmless(text)


class Column(Field):
    """A field of the CRM that a file can fill.

    ``label`` is the header that exports and the sample file write; ``names`` are the other headers by which the column
    is recognised, the most telling first, and ``parents`` what nested headers put before them: the "address" of
    "address.city". A ``required`` column must be mapped; a ``risky`` one is never suggested because its name is merely
    alike; the values of a ``listed`` one come from a list.
    """

    def __init__(
        self,
        label: str,
        attribute: str,
        rule: Rule,
        *,
        names: Iterable[str] = (),
        parents: Iterable[str] = (),
        required: bool = False,
        risky: bool = False,
        render: Callable[[Any], str] = str,
        example: str = "",
        listed: bool = False,
    ) -> None:
        super().__init__(attribute=attribute, column_name=label, widget=RuleWidget(rule, render))
        self.label = label
        self.names = (label, *names)
        self.parents = frozenset(parents)
        self.required = required
        self.risky = risky
        self.example = example
        self.listed = listed
