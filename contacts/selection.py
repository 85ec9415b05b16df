"""Which people a bulk action means: the ticked rows, or all that match the list's search and filters."""

from typing import Any

from django.http import QueryDict

from contacts.listing import Listing
from contacts.models import Kind, Person
from tesoro.access import Request
from tesoro.posted import keys

MOST_TICKED = 500


class Selection:
    """The people chosen in a list. Ids of other accounts, or of rows in the trash, select nothing."""

    def __init__(self, request: Request, kind: Kind) -> None:
        self.request = request
        self.kind = kind
        self.all = request.POST.get("all") == "1"
        self.scope = request.POST.get("scope", "")
        self.ids = keys(request.POST.getlist("id")[:MOST_TICKED])

    @property
    def people(self) -> Any:
        """The chosen people of the request's account and section."""
        if self.all:
            listing = Listing(self.request, self.kind)
            listing.data = QueryDict(self.scope)
            listing.query = listing.data.get("q", "").strip()
            if listing.filtered and listing.filter.form.errors:
                return Person.objects.none()  # what the list left out silently must not widen what is done
            return listing.people
        account = self.request.account
        return Person.objects.for_account(account).filter(kind=self.kind, pk__in=self.ids)
