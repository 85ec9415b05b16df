"""The board of leads: a lane a status, among them the people who became contacts."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.boards import Board, Gone, LaneKind, wait_for_board
from contacts.listing import Listing
from contacts.models import Person
from contacts.sections import sections
from contacts.tickets import Ticket
from leads import pipeline
from leads.board_listing import BoardListing
from leads.cards import lead_cards
from leads.models import Lead, Status
from leads.models.choices import CLOSED_STATUSES, OPEN_STATUSES
from leads.placing import standing
from leads.rows import STATUS_HUES
from leads.section import LeadSection
from tesoro.access import Request
from tesoro.counting import PreparedCount
from tesoro.keyset import Sort
from tesoro.prepared import Prepared
from tesoro.ranking import Place


class ConvertedSection(LeadSection):
    """People who became contacts: narrowed by the same filters, shown in a lane of their own."""

    def everybody(self, account: Any) -> Any:
        """Return the contacts who came out of the pipeline."""
        return Person.objects.for_account(account).contacts()


def _lane(status: Status) -> LaneKind:
    return LaneKind(
        key=status.value,
        label=status.label,
        hue=STATUS_HUES[status],
        folded=status in CLOSED_STATUSES,
        ordered=status != Status.CONVERTED,
        asks=status in (Status.CONVERTED, *CLOSED_STATUSES),
        movable=status != Status.CONVERTED,
    )


IN_PIPELINE = PreparedCount(
    lambda account, status: Lead.objects.for_account(account).filter(status=status).in_pipeline().values("pk")
)
CONVERTED = PreparedCount(
    lambda account, status: Lead.objects.for_account(account).filter(status=status).converted().values("pk")
)


@lru_cache(maxsize=16)
def _top(size: int, converted: bool) -> Prepared:
    """Return the question for the keys of the first leads of a status, in the index that holds their order."""

    def build(account: int, status: str) -> Any:
        rows = Lead.objects.for_account(account).of_status(status)
        return (rows.converted() if converted else rows.in_pipeline()).values("pk")[:size]

    return Prepared(build)


class LeadBoard(Board):
    """Leads by status, each lane in the order that the office gave it; the last to be converted comes first."""

    model = Person
    kinds: ClassVar[list[LaneKind]] = [_lane(status) for status in Status]
    sort = Sort("rank", "lead__rank")
    word = "status"

    @classmethod
    def of(cls, request: Request, data: Any = None, **options: Any) -> "LeadBoard":
        """Return the board that a request asks for, or the words of another address in ``data``."""
        listing = BoardListing(request, sections["leads"], data, shape="board")
        listing.board = cls(listing, **options)
        return listing.board

    def rows(self, kind: LaneKind) -> Any:
        """Return the people of one status."""
        listing, account = self.listing, self.listing.account
        if kind.key == Status.CONVERTED:
            listing = Listing(listing.request, ConvertedSection(), listing.data)
        return listing.records.filter(lead__account=account, lead__status=kind.key)

    def count(self, kind: LaneKind) -> int:
        """Count a lane; where nothing narrows it, with all others."""
        return super().count(kind) if self.listing.narrowed else self.all_counts[kind.key]

    @cached_property
    def all_counts(self) -> dict[str, int]:
        """How many cards each lane holds, asked in one go, in the one index that holds the leads by status."""
        account = self.listing.account.pk
        asked = [
            (CONVERTED if kind.key == Status.CONVERTED else IN_PIPELINE).statement(account, str(kind.key))
            for kind in self.kinds
        ]
        told = ", ".join(f"({sql})" for sql, _params in asked)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {told}", [param for _sql, params in asked for param in params])
            return dict(zip((kind.key for kind in self.kinds), cursor.fetchone(), strict=True))

    def top_questions(self, lanes: list[str]) -> list[tuple[str, list[Any]]]:
        """Return for each lane the question for its top; none where something narrows: each lane asks then."""
        account, size = self.listing.account.pk, self.size + 1
        asked = [] if self.listing.narrowed else lanes
        return [_top(size, lane == Status.CONVERTED).statement(account, str(lane)) for lane in asked]

    def loaded(self, rows: Any) -> Any:
        """Load what a card shows but the tasks, in one query."""
        return rows.with_agent("lead")

    def cards_of(self, records: list[Any]) -> list[Ticket]:
        """Return the people as cards."""
        kinds = {kind.key: kind for kind in self.kinds}
        return lead_cards(
            records,
            self.listing.account,
            lambda lead, **words: self.menu(kinds[lead.status], **words),
            self.listing.within,
        )

    def create_url(self, kind: LaneKind) -> str:
        """Return the address of the form for a new lead of this status."""
        return f"{reverse('leads:create')}?status={kind.key}" if kind.key in OPEN_STATUSES else ""

    def place_url(self, record: Any) -> str:
        """Return the address to which the move of a lead is posted."""
        return reverse("leads:place", args=[record.pk])

    def lane_of(self, record: Any) -> str:
        """Return the status."""
        return str(record.lead.status)

    def rank_of(self, record: Any) -> int:
        """Return the rank of a lead."""
        return int(record.lead.rank)

    def hold(self, record: Any) -> None:
        """Wait for others who move leads, or change this one; see where it is then."""
        wait_for_board(record.account_id)
        try:
            # A lead is changed by whoever holds its person.
            person = Person.with_trash.select_for_update()
            record.refresh_from_db(fields=["kind", "deleted_at", "version"], from_queryset=person)
            if not record.is_contact:
                record.lead.refresh_from_db()
        except ObjectDoesNotExist:
            raise Gone(_("Somebody has converted or deleted this lead in the meantime.")) from None

    def place_of(self, record: Any) -> Place:
        """Return where a lead lies. Raises Gone for whoever is none any more."""
        if record.is_contact or record.in_trash:
            raise Gone(_("Somebody has converted or deleted this lead in the meantime."))
        return pipeline.place_of(record.lead)

    def standing(self, record: Any) -> dict[str, Any]:
        """Return status, reason, rank, and since when."""
        return standing(record.lead)

    def arrange(self, record: Any, place: Place, *, by: Any, was: Mapping[str, Any] | None = None) -> None:
        """Put a lead into a place."""
        try:
            pipeline.arrange(record, place, by=by, was=was)
        except pipeline.Gone:
            raise Gone(_("Somebody has converted or deleted this lead in the meantime.")) from None
        record.lead.refresh_from_db()
