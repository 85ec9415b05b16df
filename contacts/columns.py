"""Columns of a list: which are shown, and in what order. The address bar says it: ``columns=name,city``.

The first column of a section leads to the record: it always stands, and stands first.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from contacts.cells import Row, cell
from contacts.sections import Head, Section

WORD = "columns"


class ColumnSection(Section):
    """A section whose columns can be chosen: each of its heads draws its own cell."""

    rows_template: ClassVar[str] = "list/_rows.html"
    choosable: ClassVar[bool] = True

    @abstractmethod
    def loaded_for(self, rows: Any, heads: Sequence[Head]) -> Any:
        """Return the queryset with all that these columns read."""

    @abstractmethod
    def words_of(self, account: Any) -> Any:
        """Return what the heads draw with: looked up once a page, not once a row."""

    def loaded(self, rows: Any) -> Any:
        """Return the queryset with all that the usual columns read."""
        return self.loaded_for(rows, usual(self))

    def rows_of(self, records: list[Any], account: Any) -> list[Row]:
        """Return the records as rows with the usual columns."""
        return self.drawn(records, account, usual(self))

    def drawn(self, records: list[Any], account: Any, heads: Sequence[Head], within: str = "") -> list[Row]:
        """Return the records as rows with these columns; ``within`` is what their links take along."""
        words, select = self.words_of(account), _("Select %(name)s")
        words.within = within
        draws = [(head.key, head.draw, head.titled) for head in heads if head.draw]
        return [
            Row(
                record.pk,
                name := str(record),
                select % {"name": name},
                mark_safe("".join([cell(key, draw(record, words), titled) for key, draw, titled in draws])),
            )
            for record in records
        ]


def usual(section: Section) -> list[Head]:
    """Return the columns that stand where nobody chose any."""
    return [head for head in section.heads if not head.extra]


def asked(data: Any) -> list[str]:
    """Return the keys that an address names: between commas, or each in a word of its own as a form sends them."""
    return [key for value in data.getlist(WORD) for key in value.split(",")]


def chosen(section: Section, keys: Sequence[str]) -> list[Head]:
    """Return the columns of these keys in their order, or the usual ones; a key that says nothing is passed over."""
    known = {head.key: head for head in section.heads}
    found = [known[key] for key in dict.fromkeys(keys) if key in known]
    if not section.choosable or not found:
        return usual(section)
    first = section.heads[0]
    return [first, *(head for head in found if head is not first)]


def moved(keys: list[str], key: str, by: int) -> list[str]:
    """Return the keys with one of them moved by some places; the first keeps its place."""
    if key not in keys[1:]:
        return keys
    rest = [one for one in keys if one != key]
    rest.insert(min(max(keys.index(key) + by, 1), len(rest)), key)
    return rest
