"""A list as the address bar asks for it: search, filters, order, page, counts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.models import User
from contacts import columns
from contacts.filters import Chip, without
from contacts.models import SavedView, Tag
from contacts.sections import Head, Section, sections
from tesoro import keyset
from tesoro.access import Request
from tesoro.counting import COUNTED, bounded_count, capped
from tesoro.keyset import Page
from tesoro.prepared import PreparedRows

SIZES = [25, 50, 100]
WITHIN = "within"
# What each list asks for whatever is in it.
VIEWS = PreparedRows(
    lambda account, user, section: (
        SavedView.objects.seen_by(user, account).filter(section=section).with_default_of(user)[:100]
    )
)
COLLEAGUES = PreparedRows(lambda account: User.objects.for_account(account).active())
TAGS = PreparedRows(lambda account: Tag.objects.for_account(account)[:500])


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

    ``data`` is what is asked, where that is not the request's own address; ``shape`` is "list" or "board". Words
    ``beside`` say where one looks: a view that does not name them is the same in every such place.
    """

    beside: tuple[str, ...] = ()

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
        return self.section.filters(self.data, self.everybody, request=self.request)

    @cached_property
    def filtered(self) -> bool:
        """Whether the address bar names a filter. Building the form of all filters costs as much as a page of rows."""
        return any(name in self.section.filters.base_filters for name in self.data)

    @cached_property
    def records(self) -> Any:
        """The records that match search and filters, in no order yet."""
        records = self.filter.qs if self.filtered else self.everybody
        return records.matching(self.account, self.query)

    @cached_property
    def page(self) -> Page:
        """The rows to show, with the cursors of the neighbouring pages."""
        return keyset.page(
            self.section.loaded_for(self.records, self.heads),
            self.sort,
            self.size,
            after=self.data.get("after", ""),
            before=self.data.get("before", ""),
            scope=self.scope,
        )

    @property
    def rows(self) -> list[Any]:
        """The records of the page as the table shows them."""
        return self.section.drawn(self.page.rows, self.account, self.heads, self.within)

    @property
    def within(self) -> str:
        """What the links to records take along, so that their pages lead back here; nothing of the whole list."""
        shape = "" if self.shape == "list" else f"shape={self.shape}"
        words = "&".join(filter(None, [self.address.removeprefix("?"), shape]))
        return f"?{WITHIN}={quote(words, safe='')}" if words else ""

    @cached_property
    def heads(self) -> list[Head]:
        """The columns of the table: those the address bar names, or the usual ones."""
        return columns.chosen(self.section, columns.asked(self.data))

    @property
    def columns_chosen(self) -> bool:
        """Whether the columns are others than the usual."""
        return self.heads != columns.usual(self.section)

    @property
    def columns_url(self) -> str:
        """The address at which the columns are chosen."""
        return self.section.url("columns") + self.address

    @property
    def address(self) -> str:
        """What follows a path to ask for the same: the query string without a place in the pages."""
        words = without(self.data)
        return f"?{words}" if words else ""

    @property
    def here(self) -> str:
        """The path of the page in this shape."""
        return self.section.url(self.shape)

    @cached_property
    def views(self) -> list[SavedView]:
        """The saved views that stand above the list: the user's own before those of colleagues."""
        user = self.request.user.pk
        seen = VIEWS(self.account.pk, user, self.section.namespace)
        return sorted(seen, key=lambda view: view.owner_id != user)

    @cached_property
    def opening(self) -> SavedView | None:
        """The view with which the section opens for the user, where this shape can show it."""
        return next((view for view in self.views if view.opens and self.shows(view)), None)

    @property
    def everything(self) -> str:
        """The address of all records, in the usual order."""
        return f"{self.here}?view=all" if self.opening else self.here

    @property
    def create_url(self) -> str:
        """The address of the form for a new record."""
        return self.section.url("create")

    @property
    def filters_url(self) -> str:
        """The address of the filters, whose form leads back to this shape."""
        return self.section.url("filters" if self.shape == "list" else f"{self.shape}-filters") + self.address

    @property
    def scope(self) -> str:
        """The address bar without order, place and looks: what a cursor and a selection are bound to."""
        return without(self.data, "sort", "per_page", "columns", "view")

    @cached_property
    def chips(self) -> list[Chip]:
        """The active filters."""
        return self.filter.chips() if self.filtered else []

    @cached_property
    def lost(self) -> list[Chip]:
        """What the address bar asks for and nobody knows, or can read, or this shape leaves out. It filters nothing."""
        read = self.filter.lost() if self.filtered else []
        names = [name for name in self.left_out if self.data.get(name)]
        return read + [self._unheard(name) for name in names]

    @cached_property
    def left_out(self) -> dict[str, Any]:
        """The section's filters that this shape does not take: a board shows every stage, a lane each."""
        whole = sections.get(self.section.namespace, self.section).filters.base_filters
        ours = {*self.section.filters.base_filters, *self.beside}
        return {name: one for name, one in whole.items() if name not in ours}

    def _unheard(self, name: str) -> Chip:
        """Return the chip of a word that this shape leaves out; without it the view that holds it is left, too."""
        label, rest = str(self.left_out[name].label), without(self.data, name, "view")
        return Chip(name, label, "", rest, _("not used here, the board shows all"))

    def shows(self, view: SavedView) -> bool:
        """Whether this shape can show all that a view asks for."""
        return self.left_out.keys().isdisjoint(QueryDict(view.query))

    @property
    def heard(self) -> str:
        """The query string without what this shape leaves out: what a view of it holds."""
        return without(self.data, *self.left_out) if self.left_out else self.data.urlencode()

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
        return f"?{data.urlencode()}" if data else self.everything

    def place(self, **changes: str) -> str:
        """Return the whole address with some words changed, for a link on another page."""
        url = self.url(**changes)
        return f"{self.here}{url}" if url.startswith("?") else url

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
        return f"?{urlencode({'q': self.query})}" if self.query else self.everything

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
        return list(COLLEAGUES(self.account.pk))

    @cached_property
    def tags(self) -> list[Tag]:
        """The account's tags, for the field that adds one."""
        return list(TAGS(self.account.pk))

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
        return [self._column(head.key, head.label, head.sort) for head in self.heads]

    def _column(self, key: str, label: str, sort: str) -> Column:
        if not sort:
            return Column(key, label)
        current = self.sort.key.lstrip("-") == sort.lstrip("-")
        turned = self.sort.key.lstrip("-") if self.sort.descending else f"-{self.sort.key}"
        order = ("descending" if self.sort.descending else "ascending") if current else "none"
        return Column(key, label, sort, self.url(sort=turned if current else sort), order)


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True, use_l10n=True)
