"""What the board of leads is asked for: its heading counts what its lanes hold, the converted along and apart."""

from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from contacts.listing import Listing
from leads.models import Status
from tesoro.counting import capped

if TYPE_CHECKING:
    from leads.board import LeadBoard


class BoardListing(Listing):
    """The leads that a board is asked for, and with them who became contacts: the list of leads has only the first.

    ``board`` is the one that stands on it.
    """

    board: "LeadBoard"

    @cached_property
    def matches(self) -> int:
        """How many cards the lanes hold."""
        return sum(lane.count for lane in self.board.lanes)

    @cached_property
    def total(self) -> int:
        """How many cards they hold where nothing narrows them."""
        return sum(self.board.all_counts.values())

    @property
    def count_text(self) -> str:
        """What stands beside the title: "42 of 118 · 12 converted"; who reckons a rate finds both numbers there."""
        converted = self.board.lane(Status.CONVERTED).count
        if not converted:
            return super().count_text
        return _("%(all)s · %(converted)s converted") % {"all": super().count_text, "converted": capped(converted)}

    @property
    def counted_exactly(self) -> bool:
        """Nothing is counted after the page: only the list counts to the last."""
        return True
