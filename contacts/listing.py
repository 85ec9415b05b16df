"""A list as the address bar asks for it: search, filters, order, page, counts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.filters import Chip, without
from contacts.models import Tag
from contacts.sections import Section
from tesoro import keyset
from tesoro.access import Request
from tesoro.counting import COUNTED, bounded_count, capped
from tesoro.keyset import Page

SIZES = [25, 50, 100]


@dataclass(frozen=True)
class Column:
    """A column's head: its name, and how a click orders the list."""

    key: str
    label: str
    sort: str = ""
    url: str = ""
    order: str = "none"


class Listing:
    """The records of one section that a request asks for. Nothing is asked of the database before it is used.

    ``data`` is what is asked, where that is not the request's own address; ``shape`` is "list" or "board".
    """

    def __init__(self, request: Request, section: Section, data: Any = None, shape: str = "list") -> None:
        self.request = request
        self.shape = shape
        self.data = request.GET if data is None else data
        self.section = section
        self.account = request.account
        self.query = self.data.get("q", "").strip()
        self.sort = keyset.chosen_sort(section.sorts, self.data.get("sort", ""))
        asked = self.data.get("per_page", "")
        self.size = next((size for size in SIZES if str(size) == asked), SIZES[0])

    @cached_property
    def everybody(self) -> Any:
        """All records of the section."""
        return self.section.everybody(self.account)

    @cached_property
    def filter(self) -> Any:
        """The filters, bound to the address bar; one that makes no sense filters nothing."""
        return self.section.filter_class(self.data, self.everybody, request=self.request)

    @cached_property
    def filtered(self) -> bool:
        """Whether the address bar names a filter. Building the form of all filters costs as much as a page of rows."""
        return any(name in self.section.filter_class.base_filters for name in self.data)

    @cached_property
    def records(self) -> Any:
        """The records that match search and filters, in no order yet."""
        records = self.filter.qs if self.filtered else self.everybody
        return records.matching(self.account, self.query)

    @cached_property
    def page(self) -> Page:
        """The rows to show, with the cursors of the neighbouring pages."""
        return keyset.page(
            self.section.loaded(self.records),
            self.sort,
            self.size,
            after=self.data.get("after", ""),
            before=self.data.get("before", ""),
            scope=self.scope,
        )

    @property
    def rows(self) -> list[Any]:
        """The records of the page as the table shows them."""
        return self.section.rows_of(self.page.rows, self.account)

    @property
    def address(self) -> str:
        """What follows a path to ask for the same: the query string without a place in the pages."""
        words = without(self.data)
        return f"?{words}" if words else ""

    @property
    def here(self) -> str:
        """The path of the page in this shape."""
        return self.section.url(self.shape)

    @property
    def filters_url(self) -> str:
        """The address of the filters, whose form leads back to this shape."""
        return self.section.url("filters" if self.shape == "list" else f"{self.shape}-filters") + self.address

    @property
    def scope(self) -> str:
        """The address bar without order and place: what a cursor and a selection are bound to."""
        return without(self.data, "sort", "per_page")

    @cached_property
    def chips(self) -> list[Chip]:
        """The active filters."""
        return self.filter.chips() if self.filtered else []

    @cached_property
    def narrowed(self) -> bool:
        """Whether search or a filter leaves any record out."""
        return bool(self.query or self.chips)

    @cached_property
    def total(self) -> int:
        """How many records the section holds, up to 10,001."""
        return self.section.total(self.account)

    @cached_property
    def matches(self) -> int:
        """How many records match, up to 10,001."""
        return bounded_count(self.records) if self.narrowed else self.total

    @property
    def count_text(self) -> str:
        """What stands beside the title: "318 of 512", or "512"."""
        if not self.narrowed:
            return capped(self.total)
        return _("%(matches)s of %(total)s") % {"matches": capped(self.matches), "total": capped(self.total)}

    @property
    def counted_exactly(self) -> bool:
        """Whether the number of matches is known; beyond ten thousand it is fetched after the page."""
        return self.matches <= COUNTED

    @property
    def exact_count_text(self) -> str:
        """What stands beside the title, counted to the last: it takes its time among hundreds of thousands."""
        total = _grouped(self.everybody.count())
        if not self.narrowed:
            return total
        return _("%(matches)s of %(total)s") % {"matches": _grouped(self.records.order_by().count()), "total": total}

    def url(self, **changes: str) -> str:
        """Return the query string with some words changed; an empty value takes a word out."""
        data = self.data.copy()
        for name in ("after", "before"):
            data.pop(name, None)
        for name, value in changes.items():
            if value:
                data[name] = value
            else:
                data.pop(name, None)
        return f"?{data.urlencode()}"

    @property
    def shown(self) -> str:
        """What the foot says: how many rows stand on this page, and of how many."""
        rows = number_format(len(self.page.rows))
        return _("Showing %(rows)s of %(matches)s") % {"rows": rows, "matches": self.matches_text}

    @property
    def matches_text(self) -> str:
        """The number of matches for a reader."""
        return capped(self.matches)

    @property
    def without_filters(self) -> str:
        """The query string with the search alone."""
        return f"?{urlencode({'q': self.query})}" if self.query else "?"

    def kept(self, *but: str) -> list[tuple[str, str]]:
        """Return the words of the address bar as hidden fields, without ``but`` and without a place in the pages."""
        left_out = {"after", "before", *but}
        return [(name, value) for name, values in self.data.lists() if name not in left_out for value in values]

    @property
    def kept_beside_query(self) -> list[tuple[str, str]]:
        """The hidden fields of the search form."""
        return self.kept("q")

    @property
    def kept_beside_size(self) -> list[tuple[str, str]]:
        """The hidden fields of the choice of rows."""
        return self.kept("per_page")

    @cached_property
    def colleagues(self) -> list[User]:
        """Whom records can be assigned to."""
        return list(User.objects.for_account(self.account).active())

    @cached_property
    def tags(self) -> list[Tag]:
        """The account's tags, for the field that adds one."""
        return list(Tag.objects.for_account(self.account)[:500])

    @property
    def previous_url(self) -> str:
        """The address of the previous page, or nothing."""
        return self.url(before=self.page.previous) if self.page.previous else ""

    @property
    def next_url(self) -> str:
        """The address of the next page, or nothing."""
        return self.url(after=self.page.next) if self.page.next else ""

    @property
    def columns(self) -> list[Column]:
        """The heads of the table, in order; a click on the current one turns it round."""
        return [self._column(head.key, head.label, head.sort) for head in self.section.heads]

    def _column(self, key: str, label: str, sort: str) -> Column:
        if not sort:
            return Column(key, label)
        current = self.sort.key.lstrip("-") == sort.lstrip("-")
        turned = self.sort.key.lstrip("-") if self.sort.descending else f"-{self.sort.key}"
        order = ("descending" if self.sort.descending else "ascending") if current else "none"
        return Column(key, label, sort, self.url(sort=turned if current else sort), order)


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True, use_l10n=True)
