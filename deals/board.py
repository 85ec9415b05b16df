"""The boards of deals: one for each pipeline, a lane a stage, each lane counted and summed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts import boards
from contacts.boards import Board, LaneKind
from contacts.listing import Listing
from contacts.tickets import Ticket
from deals import pipeline as moving
from deals.cards import deal_cards
from deals.filters import DealFilter
from deals.models import CLOSED, Deal, Pipeline, Stage
from deals.models.choices import CHANCES, stages_of
from deals.moves import standing
from deals.rows import STAGE_HUES
from deals.section import DealSection
from tesoro.access import Request
from tesoro.keyset import Sort
from tesoro.money import brief, told
from tesoro.ranking import RANKED, Place

# What a card reads of a deal and of its agent.
SHOWN = [
    "account", "name", "type", "pipeline", "stage", "rank", "reason", "value", "closing_on", "closed_at",
    "deleted_at", "last_activity_at", "stage_since",
]  # fmt: skip
AGENT_SHOWN = [f"assigned_to__{name}" for name in ("account", "first_name", "last_name", "email", "photo")]
ANY_STAGE = "\N{SYMBOL FOR SUBSTITUTE}stage"  # stands for each lane's stage in one statement for all
# The board one looked at last: a cookie of this browser, before that a word of the session.
MEMORY, IN_SESSION = "deals_pipeline", "deals.pipeline"
A_YEAR = 365 * 24 * 60 * 60


class BoardFilter(DealFilter):
    """What the board can be narrowed to: it shows one pipeline by itself, and every stage of it."""

    @classmethod
    def get_filters(cls) -> Any:
        """Return the filters of the list without those two."""
        return {name: one for name, one in super().get_filters().items() if name not in ("pipeline", "stage")}


class BoardSection(DealSection):
    """Deals as the board narrows them."""

    filter_class = BoardFilter


class Tally(NamedTuple):
    """How many deals, and what they are worth together."""

    cards: int = 0
    worth: Decimal = Decimal(0)


class PipelineListing(Listing):
    """The deals of one pipeline that a request asks for."""

    beside = ("pipeline",)

    def __init__(self, request: Request, pipeline: str, data: Any = None) -> None:
        super().__init__(request, BoardSection(), data, shape="board")
        self.pipeline = pipeline

    @cached_property
    def everybody(self) -> Any:
        """All deals of the pipeline."""
        return Deal.objects.for_account(self.account).filter(pipeline=self.pipeline)

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """What matches in each stage, counted and summed for all in one query."""
        # By their worth in cents, which stands in the index; no row is read.
        rows = self.records.order_by().values_list("stage").annotate(count=Count("*"), cents=Sum("worth"))
        return {stage: Tally(count, Decimal(cents) / 100) for stage, count, cents in rows}

    @cached_property
    def matches(self) -> int:
        """How many deals match."""
        return sum(tally.cards for tally in self.tallies.values())

    @cached_property
    def total(self) -> int:
        """How many deals the pipeline holds."""
        return int(self.everybody.count()) if self.narrowed else self.matches

    @property
    def counted_exactly(self) -> bool:
        """Nothing is left to be counted after the page."""
        return True

    @property
    def everything(self) -> str:
        """The address of all deals of this pipeline."""
        words = {"pipeline": self.pipeline, **({"view": "all"} if self.opening else {})}
        return f"{self.here}?{urlencode(words)}"

    @property
    def without_filters(self) -> str:
        """The query string with the search alone."""
        return f"?{urlencode({'pipeline': self.pipeline, 'q': self.query})}" if self.query else self.everything

    @property
    def create_url(self) -> str:
        """The address of the form for a new deal of this pipeline."""
        return f"{super().create_url}?pipeline={self.pipeline}"


@dataclass(frozen=True)
class Part:
    """A stage in the line that shows where the value lies: in hundredths of the line, and how dark."""

    name: str
    start: str
    width: str
    shade: str


@dataclass(frozen=True)
class Ledger:
    """What the open deals of a pipeline are worth, what they are likely to bring, and where the value lies."""

    worth: str
    expected: str
    parts: list[Part]


def _lane(stage: Stage) -> LaneKind:
    return LaneKind(
        key=stage.value,
        label=stage.label,
        hue=STAGE_HUES[stage],
        folded=stage in CLOSED,
        asks=stage == Stage.LOST,
        cheers=stage == Stage.WON,
    )


class DealBoard(Board):
    """Deals of one pipeline by stage, each lane in the order that the office gave it."""

    model = Deal
    pipeline: ClassVar[Pipeline]
    listing: PipelineListing
    sort = Sort("rank", "rank")
    ledger_template = "deals/board_ledger.html"
    word = "stage"
    wide = True

    @property
    def switch(self) -> Sequence[boards.Way]:
        """The boards of both pipelines, narrowed alike."""
        return [
            boards.Way(one.label, self.address(pipeline=one.value, open=[]), one == self.pipeline) for one in Pipeline
        ]

    def rows(self, kind: LaneKind) -> Any:
        """Return the deals of one stage."""
        return self.listing.records.filter(stage=kind.key)

    def count(self, kind: LaneKind) -> int:
        """Count a lane, with all others."""
        return self._tally(kind.key).cards

    def sum(self, kind: LaneKind) -> boards.Sum:
        """Sum a lane, with all others."""
        worth, currency = self._tally(kind.key).worth, self.listing.account.currency
        return boards.Sum(brief(worth, currency), told(worth, currency))

    def _tally(self, stage: str) -> Tally:
        return self.listing.tallies.get(stage, Tally())

    @property
    def ledger(self) -> Ledger:
        """What stands above the lanes."""
        currency, chances = self.listing.account.currency, CHANCES[self.pipeline]
        open_stages = [stage for stage in stages_of(self.pipeline) if stage not in CLOSED]
        worths = {stage: self._tally(stage).worth for stage in open_stages}
        expected = sum((worth * chances[stage] for stage, worth in worths.items()), Decimal(0)) / 100
        total = sum(worths.values(), Decimal(0))
        return Ledger(told(total, currency), told(round(expected, 0), currency), _parts(worths))

    def top_questions(self, lanes: list[str]) -> list[tuple[str, list[Any]]]:
        """Return for each lane the question for its top: one statement, written once."""
        top = self.listing.records.filter(stage=ANY_STAGE).order_by(*RANKED).values("pk")[: self.size + 1]
        sql, params = top.query.sql_with_params()
        return [(sql, [lane if one == ANY_STAGE else one for one in params]) for lane in lanes]

    def loaded(self, rows: Any) -> Any:
        """Load what a card shows but the clients, in one query."""
        return rows.select_related("assigned_to").only(*SHOWN, *AGENT_SHOWN)

    def cards_of(self, records: list[Any]) -> list[Ticket]:
        """Return the deals as cards."""
        kinds = {kind.key: kind for kind in self.kinds}
        return deal_cards(
            records,
            self.listing.account,
            lambda deal, **words: self.menu(kinds[deal.stage], **words),
            self.listing.within,
        )

    def create_url(self, kind: LaneKind) -> str:
        """Return the address of the form for a new deal in this stage."""
        return f"{self.listing.create_url}&stage={kind.key}"

    def place_url(self, record: Any) -> str:
        """Return the address to which the move of a deal is posted."""
        return reverse("deals:place", args=[record.pk])

    def lane_of(self, record: Any) -> str:
        """Return the stage."""
        return str(record.stage)

    def rank_of(self, record: Any) -> int:
        """Return the rank of a deal."""
        return int(record.rank)

    def hold(self, record: Any) -> None:
        """Wait for others who move deals, or change this one; see where it is then."""
        boards.wait_for_board(record.account_id)
        try:
            record.refresh_from_db(from_queryset=Deal.with_trash.select_for_update())
        except ObjectDoesNotExist:
            raise boards.Gone(_("Somebody moved this deal to the trash meanwhile.")) from None

    def place_of(self, record: Any) -> Place:
        """Return where a deal lies. Raises Gone for one that is in the trash, or in the other pipeline by now."""
        if record.in_trash:
            raise boards.Gone(_("Somebody moved this deal to the trash meanwhile."))
        if record.pipeline != self.pipeline:
            text = _("Somebody moved this deal to the pipeline “%(pipeline)s” meanwhile.")
            raise boards.Gone(text % {"pipeline": Pipeline(record.pipeline).label})
        return moving.place_of(record)

    def standing(self, record: Any) -> dict[str, Any]:
        """Return stage, reason, rank, and the days that go with them."""
        return standing(record)

    def arrange(self, record: Any, place: Place, *, by: Any, was: Mapping[str, Any] | None = None) -> None:
        """Put a deal into a place."""
        try:
            moving.arrange(record, place, by=by, was=was)
        except moving.Gone:
            raise boards.Gone(_("Somebody moved this deal to the trash meanwhile.")) from None
        record.refresh_from_db()


class BuyerBoard(DealBoard):
    """The pipeline of those who look for a home."""

    pipeline = Pipeline.BUYER
    kinds: ClassVar[list[LaneKind]] = [_lane(stage) for stage in stages_of(Pipeline.BUYER)]


class OwnerBoard(DealBoard):
    """The pipeline of owners."""

    pipeline = Pipeline.OWNER
    kinds: ClassVar[list[LaneKind]] = [_lane(stage) for stage in stages_of(Pipeline.OWNER)]


BOARDS: dict[str, type[DealBoard]] = {board.pipeline.value: board for board in (BuyerBoard, OwnerBoard)}


def remembered(request: Request) -> str:
    """Return the pipeline one looked at last, or that of buyers."""
    known = request.COOKIES.get(MEMORY), request.session.get(IN_SESSION)
    return next((pipeline for pipeline in known if pipeline in BOARDS), Pipeline.BUYER.value)


def remember(answer: HttpResponse, pipeline: str) -> None:
    """Have the browser keep which board one looked at: to look at a page writes nothing."""
    answer.set_cookie(
        MEMORY,
        pipeline,
        max_age=A_YEAR,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def board_of(request: Request, pipeline: str, data: Any = None, **options: Any) -> DealBoard:
    """Return the board of a pipeline as a request asks for it, or the words of another address in ``data``."""
    return BOARDS[pipeline](PipelineListing(request, pipeline, data), **options)


def _parts(worths: dict[Stage, Decimal]) -> list[Part]:
    """Return the stages that hold any value, side by side, the later the darker."""
    whole = sum(worths.values())
    parts, start = [], Decimal(0)
    for place, (stage, worth) in enumerate(worths.items(), 1):
        if worth:
            width = worth * 100 / whole
            shade = Decimal(place) / len(worths)
            parts.append(Part(str(stage.label), f"{start:.2f}", f"{width:.2f}", f"{shade:.2f}"))
            start += width
    return parts
