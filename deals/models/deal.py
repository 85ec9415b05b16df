"""The deal: one transaction, in one of two pipelines."""

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.criteria.choices import PropertyType
from contacts.criteria.fields import ChoicesField
from contacts.criteria.models import CRITERIA, Criteria
from contacts.subjects.revising import Change, Revisable
from contacts.subjects.trashing import TrashCommands
from contacts.tasks.models.due import validate_day
from contacts.timeline.recording import echo, record
from deals.models.choices import CLOSED, DealType, Pipeline, Stage, pipeline_of, stages_of
from deals.models.opening import hold_people, kept_shut
from deals.models.party import Party
from deals.models.telling import parted, words_of_move
from tesoro import search
from tesoro.addresses import LOCATED, PARTS, Addressed
from tesoro.drawn import with_drawn
from tesoro.fields import LineField, ProseField
from tesoro.money import AmountField, PercentField
from tesoro.ranking import RANKED, Ranked, top_rank
from tesoro.text import natural_key
from tesoro.trash import LiveManager, Trashable, TrashQuerySet

DESCRIPTION_LIMIT = 10_000
TRACKED = [
    "name", "type", "stage", "reason", "value", "commission", "closing_on", "assigned_to", "description", *PARTS,
    *CRITERIA,
]  # fmt: skip
DRAWN = {"name_key": ["name"], "search_text": ["name", "street", "city"], "pipeline": ["type"], "worth": ["value"]}
LIVE = Q(deleted_at__isnull=True)


class DealQuerySet(TrashQuerySet):
    """Queries with names."""

    def matching(self, account: Any, query: str) -> Self:
        """Return those whose name or property's address matches ``query``; see :mod:`tesoro.search`."""
        return search.search(self, account, query)

    def open(self) -> Self:
        """Return those that are neither won nor lost."""
        return self.exclude(stage__in=CLOSED)

    def of_stage(self, pipeline: str, stage: str) -> Self:
        """Return the column of a board: its cards from the top."""
        return self.filter(pipeline=pipeline, stage=stage).order_by(*RANKED)

    def cold(self, account: Any) -> Self:
        """Return open deals without activity for the account's threshold."""
        return self.open().filter(last_activity_at__lt=timezone.now() - dt.timedelta(days=account.cold_after_days))

    def with_parties(self) -> Self:
        """Load who takes part, clients first, in one query more; those in the trash are left out."""
        parties = Party.objects.present().in_order().select_related("person")
        return self.prefetch_related(models.Prefetch("parties", parties, to_attr="who"))

    def for_list(self) -> Self:
        """Load what a row of the list shows, in three queries, whatever the number of rows."""
        return self.with_parties().select_related("assigned_to").prefetch_related("tags")


class Deal(Criteria, Ranked, Revisable, TrashCommands, Addressed, search.Searchable):
    """One transaction: buying, selling, renting or renting out a property, for at least one client."""

    subject: ClassVar[str] = "deal"
    namespace: ClassVar[str] = "deals"
    tracked: ClassVar[Sequence[str]] = TRACKED

    name = LineField(_("name"), max_length=100)
    type = models.CharField(_("type"), max_length=8, choices=DealType.choices, default=DealType.BUY)
    # Drawn from the type: what the board and its index ask by.
    pipeline = models.CharField(_("pipeline"), max_length=5, choices=Pipeline.choices, editable=False)
    stage = models.CharField(_("stage"), max_length=11, choices=Stage.choices)
    reason = LineField(_("reason"), max_length=200, blank=True, default="")
    value = AmountField(_("value"), null=True, blank=True)
    commission = PercentField(_("commission, %"), null=True, blank=True)
    closing_on = models.DateField(_("closing date"), null=True, blank=True, validators=[validate_day])
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="deals", db_index=False,
        verbose_name=_("assigned to"),
    )  # fmt: skip
    description = ProseField(_("property description"), max_length=DESCRIPTION_LIMIT, blank=True, default="")
    property_types = ChoicesField(_("property types"), kinds=PropertyType, blank=True, default="")
    tags = models.ManyToManyField(
        "contacts.Tag", through="deals.DealTag", related_name="deals", blank=True, verbose_name=_("tags")
    )

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    last_activity_at = models.DateTimeField(_("last activity"), default=timezone.now, editable=False)
    stage_since = models.DateTimeField(_("in this stage since"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("won or lost"), null=True, editable=False)
    name_key = models.CharField(max_length=200, editable=False)
    # The value in cents, 0 where it is not known: what a list is ordered by holds no null.
    worth = models.BigIntegerField(default=0, editable=False)
    # Which row of which file made this deal: the guard against creating any twice.
    import_run = models.ForeignKey(
        "imports.ImportRun", on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    import_line = models.PositiveIntegerField(null=True, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(DealQuerySet)()
    with_trash: ClassVar[Any] = DealQuerySet.as_manager()

    class Meta(Trashable.Meta):
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        indexes = [
            models.Index(fields=["account", "pipeline", "stage", "rank", "id"], name="deal_board", condition=LIVE),
            models.Index(fields=["account", "name_key", "id"], name="deal_name", condition=LIVE),
            models.Index(fields=["account", "created_at", "id"], name="deal_created", condition=LIVE),
            models.Index(fields=["account", "last_activity_at", "id"], name="deal_active", condition=LIVE),
            models.Index(fields=["account", "last_activity_at", "id"], name="deal_located", condition=LIVE & LOCATED),
            models.Index(fields=["account", "worth", "id"], name="deal_worth", condition=LIVE),
            models.Index(fields=["account", "closed_at", "id"], name="deal_closed", condition=LIVE),
            # What the board and the dashboard count and sum; deleted_at stands in them as in those of people.
            models.Index(
                fields=[
                    "account",
                    "pipeline",
                    "stage",
                    "closing_on",
                    "last_activity_at",
                    "worth",
                    "assigned_to",
                    "deleted_at",
                ],
                name="deal_open_sums",
                condition=LIVE,
            ),
            models.Index(
                fields=["account", "stage", "closed_at", "worth", "assigned_to", "deleted_at"],
                name="deal_closed_sums",
                condition=LIVE,
            ),
            models.Index(fields=["account", "assigned_to", "id"], name="deal_agent", condition=LIVE),
            models.Index(fields=["account", "deleted_at", "id"], name="deal_trash", condition=~LIVE),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(Q(pipeline=name, stage__in=stages_of(name)) for name in Pipeline.values), _connector=Q.OR
                ),
                name="deal_stage_of_pipeline",
                violation_error_message=_("This stage belongs to the other pipeline."),
            ),
            models.UniqueConstraint(
                fields=["import_run", "import_line"], condition=Q(import_run__isnull=False), name="deal_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Judge what takes more than one field: the stage in its pipeline, the reason of a loss, the assignee."""
        wrong: dict[str, Any] = {}
        try:
            super().clean()
        except ValidationError as error:
            wrong = error.message_dict
        self.pipeline = pipeline_of(self.type)
        if self.stage in Stage.values and self.stage not in stages_of(self.pipeline):
            text = now_("Choose a stage of the pipeline “%(pipeline)s”.")
            told = {"pipeline": Pipeline(self.pipeline).label}
            wrong["stage"] = ValidationError(text, code="other_pipeline", params=told)
        if self.stage != Stage.LOST:
            self.reason = ""
        elif not self.reason:
            wrong["reason"] = ValidationError(now_("Give a reason."), code="required")
        if fault := self._agent_fault():
            wrong["assigned_to"] = fault
        if wrong:
            raise ValidationError(wrong)

    def _agent_fault(self) -> str:
        agent = self.assigned_to
        if agent is not None and agent.account_id != self.account_id:
            return now_("This user does not belong to your account.")
        stored = type(self).with_trash.filter(pk=self.pk).values_list("assigned_to", flat=True).first()
        if agent is not None and not agent.is_active and agent.pk != stored:
            return now_("This user is no longer active.")
        return ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the columns that are drawn from others."""
        self.draw_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_drawn(kwargs["update_fields"], DRAWN)
        super().save(*args, **kwargs)

    def draw_keys(self) -> None:
        """Draw the stored keys from the fields they depend on."""
        self.pipeline = pipeline_of(self.type)
        self.name_key = natural_key(self.name, "")
        self.worth = int(Decimal(self.value or 0) * 100)
        self.search_text = search.text_for([self.name, self.street, self.city], [])

    def add(self, *, by: Any, tags: list[str] | None = None, parties: Sequence[Party] = ()) -> "Deal":
        """Store a new deal with who takes part and the event "created", in one transaction.

        Raises ValidationError by field; at ``clients`` when no client takes part.
        """
        self.created_by = by
        self.assigned_to = self.assigned_to or by
        self.judge()
        if not any(party.is_client for party in parties):
            raise ValidationError({"clients": ValidationError(now_("A deal needs a client."), code="required")})
        with transaction.atomic():
            self._enter_stage()
            self.save()
            Party.seat(self, parties)
            record("created", by=by, deal=self)
            echo("deal_made", by=by, deal=self, people=[party.person for party in parties])
            self.set_tags(tags or [])
        return self

    def store(self, moved: Collection[str]) -> None:
        """Store the fields that moved; a deal that changes its column lies on top of the new one.

        A type of the same pipeline leaves it in its place. In the same stage of the other pipeline it stays won or lost
        since when it was. Raises ValidationError at ``stage`` where a lead would take part in an open deal.
        """
        if not {"stage", "type"}.isdisjoint(moved):
            # All who take part are told of it: in one order, as whoever assigns or tags many people locks them.
            hold_people(type(self).with_trash.filter(pk=self.pk))
        if self._leaves_column(moved):
            self._demand_contacts()
            closed_at = self.closed_at
            self._enter_stage()
            self.closed_at = self.closed_at if "stage" in moved else closed_at
            names = [*self.parts()[""].names, "pipeline", "rank", "stage_since", "closed_at"]
            drawn = {"pipeline", "rank", "stage_since", "closed_at"}
            self.save(update_fields=[name for name in names if name in moved or name in drawn])
        else:
            super().store(moved)

    def _leaves_column(self, moved: Collection[str]) -> bool:
        """Whether the deal stands in another column than the stored one; a change of type alone takes a query."""
        if "stage" in moved or "type" not in moved:
            return "stage" in moved
        stored = type(self).with_trash.filter(pk=self.pk).values_list("pipeline", flat=True)
        return pipeline_of(self.type) not in stored

    def _demand_contacts(self) -> None:
        if not self.is_closed and (reason := kept_shut([self.pk]).get(self.pk)):
            raise ValidationError({"stage": ValidationError(reason, code="lead")})

    def _enter_stage(self) -> None:
        """Lie on top of the column of the stage, from now on."""
        self.pipeline = pipeline_of(self.type)
        self.stage_since = timezone.now()
        self.closed_at = self.stage_since if self.is_closed else None
        column = Deal.objects.for_account(self.account_id).of_stage(self.pipeline, self.stage)
        self.rank = top_rank(column.exclude(pk=self.pk))

    def tell(self, changes: list[Change], before: Any, *, by: Any) -> None:
        """Write the event of the change; another stage is one of its own, here and with everybody who takes part.

        So is the other pipeline. With another type the clients are something else to the deal.
        """
        moved, rest = parted(changes, went_over=before.pipeline != self.pipeline)
        if moved:
            was, now = ((one.pipeline, str(one.get_stage_display())) for one in (before, self))
            self._record_move(moved, {**words_of_move(was, now), "reason": self.reason}, by=by)
        if rest:
            record("changed", by=by, version=self.version, changes=rest, deal=self)
        if before.type != self.type:
            Party.follow(self, before.type, by=by)

    def _record_move(self, changes: list[Change], words: dict[str, Any], *, by: Any) -> None:
        """Write the move here, and to everybody who takes part, in the trash or not: none of their fields changed."""
        event = record("deal_moved", by=by, deal=self, version=self.version, changes=changes, **words)
        people = [party.person for party in self.parties.select_related("person")]
        echo("deal_moved", by=by, deal=self, people=people, at=event.at, **words)

    @property
    def is_closed(self) -> bool:
        """Whether it is won or lost."""
        return self.stage in CLOSED

    @property
    def is_won(self) -> bool:
        """Whether it is won."""
        return self.stage == Stage.WON

    def is_cold(self, account: Any) -> bool:
        """Whether nothing happened in this open deal for the account's threshold."""
        limit = dt.timedelta(days=account.cold_after_days)
        return not self.is_closed and self.last_activity_at < timezone.now() - limit

    @property
    def commission_amount(self) -> Decimal | None:
        """What the office earns, to the cent, half a cent upwards; None while value or commission is not known."""
        if self.value is None or self.commission is None:
            return None
        exact = Decimal(self.value) * Decimal(self.commission) / 100
        return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    @property
    def section(self) -> str:
        """The name of the section deals are in."""
        return str(_("Deals"))

    def get_absolute_url(self) -> str:
        """Return the address of the deal's page."""
        return reverse("deals:detail", args=[self.pk])
