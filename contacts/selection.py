"""Which records a bulk action means: the ticked rows, or all that match the list's search and filters."""

from typing import Any

from django.http import QueryDict

from contacts.listing import Listing
from contacts.sections import Section
from tesoro.access import Request
from tesoro.posted import keys

MOST_TICKED = 500


class Selection:
    """The records chosen in a list. Ids of other accounts, or of rows in the trash, select nothing."""

    def __init__(self, request: Request, section: Section) -> None:
        self.request = request
        self.section = section
        self.all = request.POST.get("all") == "1"
        self.scope = request.POST.get("scope", "")
        self.ids = keys(request.POST.getlist("id")[:MOST_TICKED])

    @property
    def records(self) -> Any:
        """The chosen records of the request's account and section."""
        everybody = self.section.everybody(self.request.account)
        if not self.all:
            return everybody.filter(pk__in=self.ids)
        listing = Listing(self.request, self.section, QueryDict(self.scope))
        if listing.filtered and listing.filter.form.errors:
            return everybody.none()  # what the list left out silently must not widen what is done
        return listing.records
