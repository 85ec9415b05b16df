"""The records of a list that stand on a map."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from contacts.listing import Listing
from tesoro.addresses import LOCATED, POINT
from tesoro.counting import COUNTED, bounded_count, capped
from tesoro.geocoding.places import Point

MOST = 1_000
# What a point tells of its record, of whichever kind, beside where it is.
TOLD = ("first_name", "last_name", "name", "kind", "street", "city", *POINT)


class Located:
    """The records that match what a list asks for and have a point: the thousand with the latest activity."""

    def __init__(self, listing: Listing) -> None:
        self.listing = listing

    @cached_property
    def records(self) -> Any:
        """All that match and have a point, in no order yet."""
        return self.listing.records.filter(LOCATED)

    @cached_property
    def count(self) -> int:
        """How many match and have a point, up to 10,001."""
        return bounded_count(self.records.order_by())

    @property
    def said(self) -> str:
        """How many of the list stand on the map."""
        if not self.listing.matches:
            return _("Nothing matches.") if self.listing.narrowed else _("There is nothing here yet.")
        if not self.count:
            return _("None of these has a place on the map yet: the map icon beside the street of a form gives it one.")
        words = {"most": capped(MOST), "located": capped(self.count), "matches": capped(self.listing.matches)}
        if self.count > MOST:
            return _("The %(most)s with the latest activity, of %(located)s that have a place on the map") % words
        if self.count == self.listing.matches <= COUNTED:
            return _("All %(matches)s are on the map") % words
        return _("%(located)s of %(matches)s are on the map; of the others no place is known") % words

    @property
    def points(self) -> list[dict[str, Any]]:
        """What the script draws, by the names it reads."""
        model = self.listing.section.everybody(self.listing.account).model
        own = {field.name for field in model._meta.concrete_fields}
        rows = self.records.order_by("-last_activity_at", "-pk").only(*(name for name in TOLD if name in own))[:MOST]
        return [
            {
                "name": str(row),
                "about": ", ".join(part for part in (row.street, row.city) if part),
                "url": row.get_absolute_url(),
                "latitude": point.latitude,
                "longitude": point.longitude,
            }
            for row in rows
            if (point := Point.of(row))
        ]
