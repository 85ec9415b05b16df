"""Who attends a meeting: a colleague, or a person; and the deal it is about. It stands on the timeline of both last."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.meetings.models.meeting import Meeting
from contacts.timeline.models import Event
from tesoro.tenancy import AccountOwned, AccountQuerySet

# What is told of a meeting on a timeline beside its planning: these come and go with it.
FOLLOWING = ["meeting_changed", "meeting_cancelled"]
LONG = ["person__notes", "person__search_text", "deal__description", "deal__search_text"]


class AttendanceQuerySet(AccountQuerySet):
    """Queries with names."""

    def show_events(self, meeting: Meeting, *, shown: bool) -> None:
        """Show or hide all that the timelines of these people and deals tell of the meeting. Three statements."""
        rows = self.filter(meeting=meeting, user=None).select_related(None).order_by()
        Event.objects.filter(pk__in=rows.values("event_id")).update(shown=shown)
        # One by one: an index answers either question, none the two in one.
        for told in (Q(person__in=rows.values("person_id")), Q(deal__in=rows.values("deal_id"), echo=False)):
            following = Event.objects.filter(told, verb__in=FOLLOWING, data__meeting=meeting.pk)
            following.update(shown=shown)

    def named(self) -> Any:
        """Read user, person and deal along; what of them is long stays behind."""
        return self.select_related("user", "person", "deal").defer(*LONG)


class AttendingManager(models.Manager.from_queryset(AttendanceQuerySet)):  # type: ignore[misc]
    """The default manager: who attends, with their names, so that a page of cards asks for them once."""

    def get_queryset(self) -> Any:
        """Return those who have not been taken off."""
        return super().get_queryset().filter(left_at__isnull=True).named()


class Attendance(AccountOwned):
    """One attendee, or a deal that the meeting is about: that stands among them, and is neither named nor invited.

    ``invited_sequence`` is the version of the meeting they were last written about.

    ``mails_refused`` counts how often the mail server did not take what they are to be told now.

    Who is taken off stays as a row with ``left_at``: a worker may still have to tell them.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="attendances")
    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, null=True, related_name="attendance_set")
    deal = models.ForeignKey("deals.Deal", on_delete=models.CASCADE, null=True, related_name="attendance_set")
    event = models.OneToOneField(Event, on_delete=models.SET_NULL, null=True, related_name="attendance")
    invited_sequence = models.PositiveIntegerField(_("invited to version"), null=True, editable=False)
    mails_refused = models.PositiveSmallIntegerField(_("refused mails"), default=0, editable=False)
    left_at = models.DateTimeField(_("taken off"), null=True, editable=False)

    objects: ClassVar[Any] = AttendingManager()
    with_left: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        base_manager_name = "with_left"
        default_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attendance_user_once"),
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_person_once"),
            models.UniqueConstraint(fields=["meeting", "deal"], name="attendance_deal_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=True, person__isnull=False, deal__isnull=True)
                | Q(user__isnull=False, person__isnull=True, deal__isnull=True)
                | Q(user__isnull=True, person__isnull=True, deal__isnull=False),
                name="attendance_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.attendee)

    @property
    def attendee(self) -> Any:
        """The user, the person or the deal."""
        return self.person if self.person_id else self.user if self.user_id else self.deal

    @property
    def name(self) -> str:
        """Their full name; that of the deal."""
        return str(self.user.get_full_name() if self.user else self.attendee)

    @property
    def is_invited(self) -> bool:
        """Whether they were ever written about the meeting."""
        return self.invited_sequence is not None

    def claim(self, sequence: int) -> bool:
        """Note that the attendee is told of this version now; False when they were already.

        One conditional update: of several workers one gets it, and nobody is written to twice.
        """
        mine = Attendance.with_left.filter(pk=self.pk)
        untold = mine.filter(Q(invited_sequence__isnull=True) | Q(invited_sequence__lt=sequence))
        if not untold.update(invited_sequence=sequence):
            return False
        self.invited_sequence = sequence
        return True

    def give_back(self, sequence: int, told: int | None) -> int:
        """Take the claim of a version back, whose mail was refused: they know only ``told``, or nothing.

        Returns how often that happened since there is something to tell; 0 when a newer version was claimed meanwhile.
        """
        mine = Attendance.with_left.filter(pk=self.pk, invited_sequence=sequence)
        if not mine.update(invited_sequence=told, mails_refused=models.F("mails_refused") + 1):
            return 0
        self.refresh_from_db(fields=["invited_sequence", "mails_refused"])
        return self.mails_refused

    def show(self, left_at: datetime | None) -> None:
        """Take the attendee off, or on again; the meeting leaves their timeline, or returns to it."""
        self.left_at = left_at
        self.save(update_fields=["left_at"])
        Attendance.with_left.filter(pk=self.pk).show_events(self.meeting, shown=left_at is None)
