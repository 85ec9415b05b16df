"""The lead: the place of a person in the pipeline. It stays when the person becomes a contact."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.criteria.models import CRITERIA, Criteria
from contacts.models import Kind, Person
from leads.models.choices import CLOSED_STATUSES, LeadType, Portal, Source, Stage, Status, Timing
from tesoro.drawn import with_drawn
from tesoro.fields import LineField
from tesoro.ranking import RANKED, Ranked
from tesoro.tenancy import AccountOwned, AccountQuerySet
from tesoro.text import fold
from tesoro.trash import live

# What the form shows, in its order; a change of any of these is told on the timeline.
LEAD_FIELDS = ["type", "status", "reason", "stage", "source", "portal", *CRITERIA, "timing"]
DRAWN = {"places_key": ["locations"]}


class LeadQuerySet(AccountQuerySet):
    """Queries with names."""

    def in_pipeline(self) -> Self:
        """Return those whose person is a lead, and not in the trash."""
        return self.filter(live("person"), person__kind=Kind.LEAD)

    def converted(self) -> Self:
        """Return those whose person became a contact, and is not in the trash."""
        return self.filter(live("person"), person__kind=Kind.CONTACT, status=Status.CONVERTED)

    def of_status(self, status: str) -> Self:
        """Return the column of a board: its cards from the top."""
        return self.filter(status=status).order_by(*RANKED)


class Lead(Criteria, Ranked, AccountOwned):
    """What the office knows of a prospect beyond the person: type, status, stage, source, and what they look for."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="lead")
    type = models.CharField(_("lead type"), max_length=8, choices=LeadType.choices, default=LeadType.BUYER)
    status = models.CharField(_("status"), max_length=11, choices=Status.choices, default=Status.NEW)
    reason = LineField(_("reason"), max_length=200, blank=True, default="")
    stage = models.CharField(_("stage"), max_length=7, choices=Stage.choices, default=Stage.NEUTRAL)
    source = models.CharField(_("source"), max_length=14, choices=Source.choices, default=Source.BY_PERSON)
    portal = models.CharField(_("portal"), max_length=16, choices=Portal.choices, blank=True, default="")
    timing = models.CharField(_("timing"), max_length=5, choices=Timing.choices, blank=True, default="")
    places_key = models.TextField(default="", editable=False)
    status_since = models.DateTimeField(_("in this status since"), default=timezone.now, editable=False)
    converted_at = models.DateTimeField(_("converted"), null=True, editable=False)

    objects: ClassVar[Any] = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("lead")
        verbose_name_plural = _("leads")
        indexes = [
            models.Index(fields=["account", "status", "rank", "person"], name="lead_board"),
            models.Index(fields=["account", "stage", "person"], name="lead_stage"),
            models.Index(fields=["account", "source", "person"], name="lead_source"),
            models.Index(
                fields=["account", "converted_at", "person"],
                name="lead_converted",
                condition=models.Q(converted_at__isnull=False),
            ),
            models.Index(fields=["account", "status", "status_since", "person"], name="lead_since"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=Source.PORTALS) | ~models.Q(portal=""),
                name="lead_portal_named",
                violation_error_message=_("Choose the portal."),
                violation_error_code="portal_missing",
            )
        ]

    def __str__(self) -> str:
        return str(self.person)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; with the locations goes what the filter finds them by."""
        self.draw_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_drawn(kwargs["update_fields"], DRAWN)
        super().save(*args, **kwargs)

    def draw_keys(self) -> None:
        """Draw the stored key of the locations; who writes in bulk calls it for each."""
        self.places_key = fold(self.locations)

    def clean(self) -> None:
        """Judge what takes more than one field: the portal of source Portals, the reason of an end, the ranges."""
        wrong: dict[str, Any] = {}
        try:
            super().clean()
        except ValidationError as error:
            wrong = error.message_dict
        if self.source != Source.PORTALS:
            self.portal = ""
        elif not self.portal:
            wrong["portal"] = ValidationError(now_("Choose the portal."), code="required")
        if self.status not in CLOSED_STATUSES:
            self.reason = ""
        elif not self.reason:
            wrong["reason"] = ValidationError(now_("Give a reason."), code="required")
        if wrong:
            raise ValidationError(wrong)

    def told(self) -> str:
        """Return what the person looks for, in one line, with the time in which."""
        words = [self.criteria_told(self.account.currency), self.timing_told()]
        return ", ".join(word for word in words if word)

    def timing_told(self) -> str:
        """Return the time as the end of a sentence: "within 6 months"."""
        return str(self.get_timing_display()) if self.timing else ""

    @property
    def version(self) -> int:
        """The person's: both are saved as one."""
        return self.person.version

    @property
    def is_closed(self) -> bool:
        """Whether the lead is off the path: Unqualified or Lost."""
        return self.status in CLOSED_STATUSES
