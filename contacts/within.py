"""The list from which one came to a record's page, carried in the address: the way back to it, and the next in it.

``within`` is the query of that list, so that the address of the page can be sent to a colleague: the neighbours are
those in the order and the filter of the list, found by their keys however long it is. Of a board they are those in the
record's lane, in the order that the office gave it.
"""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from contacts.listing import WITHIN, Listing
from contacts.sections import sections
from contacts.subjects.page import SubjectPage
from tesoro import keyset
from tesoro.access import Request

SHAPE = "shape"


def within_of(request: Request) -> str:
    """Return the query of the list that a request names; of a part that htmx fetches, that of the page it is on."""
    htmx = getattr(request, "htmx", None)
    page = urlsplit((htmx.current_url_abs_path if htmx else "") or "").query
    return request.GET.get(WITHIN, "") or QueryDict(page).get(WITHIN, "")


def carried(request: Request) -> str:
    """Return the query string by which an address takes the list along, "" where there is none."""
    words = within_of(request)
    return f"?{urlencode({WITHIN: words})}" if words else ""


class InList(SubjectPage):
    """A page that knows from which list it was opened. Nothing is asked of the database before it is used."""

    @cached_property
    def within(self) -> str:
        """The query of the list."""
        return within_of(self.request)

    @cached_property
    def carried(self) -> str:
        """What the addresses of this page, and of its neighbours, take along."""
        return carried(self.request)

    @cached_property
    def listing(self) -> Listing:
        """The list, as its address asked for it."""
        data = QueryDict(self.within, mutable=True)
        shape = data.pop(SHAPE, [""])[-1]
        board = shape == "board" and sections[self.section].board
        return self.listing_of(data, "board" if board else "list")

    def listing_of(self, data: QueryDict, shape: str) -> Listing:
        """Return the list that these words ask for, in one of its shapes."""
        return Listing(self.request, sections[self.section], data, shape=shape)

    @property
    def back_url(self) -> str:
        """The address of the list as one left it."""
        return f"{self.listing.here}{self.listing.address}" if self.within else self.list_url

    @cached_property
    def newer(self) -> str:
        """The address of the one before in the list, or nothing."""
        return self._beside(forward=False) if self.within else super().newer

    @cached_property
    def older(self) -> str:
        """The address of the one after in the list, or nothing."""
        return self._beside(forward=True) if self.within else super().older

    def _beside(self, *, forward: bool) -> str:
        rows, sort = self.listing.records, self.listing.sort
        if self.listing.shape == "board":
            rows, sort = self._lane(rows)
        found: Any = keyset.neighbour(rows, sort, self.subject, forward=forward)
        return reverse(f"{self.section}:detail", args=[found]) + self.carried if found else ""

    def _lane(self, rows: Any) -> tuple[Any, keyset.Sort]:
        """Return those of a board that lie in the record's lane, and their order."""
        lane, rank = sections[self.section].lanes
        return rows.filter(**{lane: keyset.value(self.subject, lane)}), keyset.Sort("rank", rank)
