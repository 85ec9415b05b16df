"""What the page of a deal shows around its tabs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.emails.models import Email
from contacts.listing import Listing
from contacts.meetings.models import Attendance
from contacts.record import Reach
from contacts.subjects.sheet import Groups, Sheet
from contacts.tasks.models import Task
from contacts.timeline.models import Note
from contacts.within import InList
from deals.board import BOARDS, PipelineListing
from deals.forms import DealFieldForm
from deals.models import Deal, Party, Stage
from deals.models.choices import stages_of
from deals.rows import closing
from tesoro.money import told
from tesoro.tenancy import fetch
from tesoro.trash import live

GROUPS: Groups = {
    "deal": (_("Deal"), ["name", "type", "stage", "reason", "assigned_to", "tags"]),
    "money": (_("Money"), ["value", "commission", "closing_on"]),
    "property": (_("Property"), ["description", "street", "zip_code", "city", "state", "country"]),
    "criteria": (
        _("Looking for, or offering"),
        ["property_types", "locations", "price_from", "price_to", "bedrooms", "bathrooms", "area_from", "area_to",
         "features"],
    ),
}  # fmt: skip
LABELS: Mapping[str, Any] = {
    "name": _("Name"),
    "type": _("Type"),
    "stage": _("Stage"),
    "reason": _("Reason"),
    "assigned_to": _("Assigned to"),
    "tags": _("Tags"),
    "value": _("Value"),
    "commission": _("Commission, %"),
    "closing_on": _("Closing date"),
    "description": _("Property description"),
    "street": _("Street"),
    "zip_code": _("Zip code"),
    "city": _("City"),
    "state": _("State"),
    "country": _("Country"),
    "property_types": _("Property types"),
    "locations": _("Locations"),
    "price_from": _("Price from"),
    "price_to": _("Price to"),
    "bedrooms": _("Bedrooms, at least"),
    "bathrooms": _("Bathrooms, at least"),
    "area_from": _("Area from, m²"),
    "area_to": _("Area to, m²"),
    "features": _("Features"),
}
SHEET = Sheet(
    groups=lambda deal: GROUPS,
    labels=LABELS,
    form=lambda deal: DealFieldForm,
    absent={"tags": _("None"), "assigned_to": _("Nobody")},
    wide=frozenset({"name", "tags", "description", "street", "property_types", "locations", "features"}),
    in_panel=frozenset({"type", "stage", "reason"}),
)


@dataclass(frozen=True)
class Step:
    """A stage of the pipeline as the page shows it: passed, current, or ahead."""

    key: str
    label: Any
    done: bool
    current: bool


class DealRecord(InList):
    """A deal as its page shows it."""

    labels: ClassVar[Mapping[str, Any]] = {
        "activities": _("Activities"),
        "info": _("Info"),
        "contacts": _("Contacts"),
        "notes": _("Notes"),
        "emails": _("Emails"),
        "tasks": _("Tasks"),
        "meetings": _("Meetings"),
        "attachments": _("Attachments"),
    }
    sheet: ClassVar[Sheet] = SHEET
    template: ClassVar[str] = "deals/detail.html"
    saved_template: ClassVar[str] = "deals/_fact_saved.html"

    @property
    def events(self) -> Any:
        """What its timeline tells: not what the timelines of its contacts repeat."""
        return self.subject.events.filter(echo=False)

    def entries(self) -> dict[str, Any]:
        """Return what each tab counts: what is live, to be done yet, and not called off."""
        return {
            "contacts": Party.objects.present(),
            "notes": Note.objects.all(),
            "emails": Email.objects.filter(live("person")).about_deals(),
            "tasks": Task.objects.open(),
            "meetings": Attendance.objects.filter(live("meeting"), meeting__cancelled_at=None),
            "attachments": Attachment.objects.all(),
        }

    def listing_of(self, data: QueryDict, shape: str) -> Listing:
        """Return the list that these words ask for; of a board that of its pipeline."""
        if shape != "board":
            return super().listing_of(data, shape)
        pipeline = data.get("pipeline", "")
        return PipelineListing(self.request, pipeline if pipeline in BOARDS else self.subject.pipeline, data)

    def neighbours(self) -> Any:
        """Return the deals of the account."""
        return Deal.objects.for_account(self.subject.account_id)

    def reloaded(self) -> Deal:
        """Return the deal as it is stored now."""
        rows = Deal.objects.select_related("account", "assigned_to", "created_by")
        return fetch(rows, self.request, pk=self.subject.pk)

    @cached_property
    def parties(self) -> list[Party]:
        """Who takes part, clients first."""
        rows = Party.objects.present().filter(deal=self.subject).in_order()
        return list(rows.select_related("person__relation"))

    @property
    def kinds(self) -> list[Reach]:
        """What the composer can begin."""
        return [
            Reach("note", now_("Note"), self.url_of("activities"), "note"),
            Reach("email", now_("Email"), self.form_url("email"), "email"),
            Reach("task", now_("Task"), self.form_url("task"), "task"),
            Reach("calendar-plus", now_("Meeting"), self.form_url("meeting"), "meeting"),
        ]

    @property
    def reach(self) -> list[Reach]:
        """What can be done in the deal. Whom an email goes to, and who may not be written to, its form says."""
        note = f"{self.url_of('activities')}#note-body"
        return [
            Reach("email", now_("Email"), self.form_url("email"), "m", True, now_("Write an email")),
            Reach("note", now_("Note"), note, "n", told=now_("Write a note")),
            Reach("task", now_("Task"), self.form_url("task"), "t", True, now_("New task")),
            Reach("calendar-plus", now_("Meeting"), self.form_url("meeting"), "", True, now_("New meeting")),
        ]

    @property
    def steps(self) -> list[Step]:
        """The way of the deal but Lost, which lies off it; of a lost deal none is passed."""
        deal = self.subject
        way = [stage for stage in stages_of(deal.pipeline) if stage != Stage.LOST]
        at = way.index(deal.stage) if deal.stage in way else -1
        return [Step(stage.value, stage.label, place < at, place == at) for place, stage in enumerate(way)]

    @property
    def stage_url(self) -> str:
        """Where a stage is chosen."""
        return reverse("deals:stage", args=[self.subject.pk]) + self.carried

    @property
    def lost_url(self) -> str:
        """Where is asked why the deal was lost."""
        return f"{self.stage_url}{'&' if self.carried else '?'}stage={Stage.LOST}"

    @property
    def value(self) -> str:
        """The value in words."""
        return told(self.subject.value, self.subject.account.currency)

    @property
    def commission(self) -> str:
        """The commission as an amount."""
        return told(self.subject.commission_amount, self.subject.account.currency)

    @property
    def wish(self) -> str:
        """The search criteria in one line."""
        return str(self.subject.criteria_told(self.subject.account.currency))

    @property
    def end(self) -> str:
        """When it was won or lost, else when it is to be closed."""
        return closing(self.subject)

    @property
    def is_cold(self) -> bool:
        """Whether nothing happened for the account's threshold."""
        return bool(self.subject.is_cold(self.subject.account))

    @property
    def days_in_stage(self) -> int:
        """How many whole days it is in its stage."""
        return (timezone.now() - self.subject.stage_since).days

    @property
    def age_in_days(self) -> int:
        """How many whole days old it is, or was when it was closed."""
        return max(((self.subject.closed_at or timezone.now()) - self.subject.created_at).days, 0)
