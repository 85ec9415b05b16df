"""The meeting: a viewing, a call or an appointment, with users and people."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField, ProseField
from tesoro.trash import LiveManager, Trashable, TrashQuerySet

# With an upper bound the calendar finds what goes on in a week from the index on the start alone.
LONGEST = timedelta(days=31)
EARLIEST, LATEST = 1970, 2200  # years


class MeetingKind(models.TextChoices):
    """What kind of appointment it is."""

    MEETING = "meeting", _("Meeting")
    VIEWING = "viewing", _("Viewing")
    CALL = "call", _("Call")


class MeetingQuerySet(TrashQuerySet):
    """Queries with names."""

    def of_person(self, person: Any) -> Self:
        """Return the meetings that ``person`` attends."""
        return self.filter(attendances__person=person, attendances__left_at__isnull=True)

    def of_deal(self, deal: Any) -> Self:
        """Return the meetings about ``deal``."""
        return self.filter(attendances__deal=deal, attendances__left_at__isnull=True)

    def of_user(self, user: Any) -> Self:
        """Return the meetings that ``user`` attends."""
        return self.filter(attendances__user=user, attendances__left_at__isnull=True)

    def upcoming(self, now: datetime) -> Self:
        """Return what is not over yet, the soonest first."""
        return self.filter(ends_at__gte=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> Self:
        """Return what is over."""
        return self.filter(ends_at__lt=now)

    def ending_after(self, moment: datetime) -> Self:
        """Return what goes on after ``moment``, in the order of the start."""
        return self.filter(starts_at__gt=moment - LONGEST, ends_at__gt=moment).order_by("starts_at", "pk")

    def within(self, start: datetime, end: datetime) -> Self:
        """Return what goes on at any time between the two, in the order of the start."""
        return self.ending_after(start).filter(starts_at__lt=end)

    def with_attendees(self) -> Self:
        """Read along who attends, and the deals that the meetings are about."""
        return self.select_related("author").prefetch_related("attendances")


class Meeting(Trashable):
    """An appointment. ``uid`` and ``sequence`` are what calendar programs know it by (RFC 5545).

    Its organiser may change it, an admin any. One that was cancelled is kept, struck through.
    """

    title = LineField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=7, choices=MeetingKind.choices, default=MeetingKind.MEETING)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    place = LineField(_("place"), max_length=200, blank=True, default="")
    details = ProseField(_("details"), max_length=5_000, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("organiser"),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    created_at = models.DateTimeField(_("planned"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(MeetingQuerySet)()
    with_trash: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta(Trashable.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["account", "deleted_at", "starts_at", "id"], name="meeting_start")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after")
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Judge the two times together."""
        super().clean()
        if self.starts_at is None or self.ends_at is None:
            return
        for name in ("starts_at", "ends_at"):
            if not EARLIEST < getattr(self, name).year < LATEST:
                raise ValidationError({name: _("That is too far away for any calendar.")})
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end comes after the start.")})
        if self.ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends_at": _("A meeting lasts at most 31 days.")})

    def get_absolute_url(self) -> str:
        """Return the address of the meeting."""
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        """Whether it has ended: nobody is told of it any more."""
        return self.ends_at <= timezone.now()

    @property
    def is_off(self) -> bool:
        """Whether it does not take place: cancelled, or in the trash."""
        return self.is_cancelled or self.in_trash

    @property
    def attendees(self) -> list[Any]:
        """Who attends, users and people."""
        return [one for one in self.attendances.all() if not one.deal_id]

    @property
    def deals(self) -> list[Any]:
        """The deals that the meeting is about."""
        return [one.deal for one in self.attendances.all() if one.deal_id]

    @property
    def is_invited_to(self) -> bool:
        """Whether anybody who attends was invited by email. Reads the attendees."""
        return any(attendance.is_invited for attendance in self.attendees)

    def may_change(self, user: Any) -> bool:
        """Whether ``user`` may change, cancel and delete it: its organiser and every admin."""
        return user.is_admin or user.pk == self.author_id

    def demand(self, user: Any) -> None:
        """Raise PermissionDenied unless ``user`` may change it."""
        if not self.may_change(user):
            raise PermissionDenied
