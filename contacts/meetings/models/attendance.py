"""Who attends a meeting: a colleague, or a person, on whose timeline it then stands."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.meetings.models.meeting import Meeting
from contacts.timeline.models import Event
from tesoro.tenancy import AccountOwned


class Attendance(AccountOwned):
    """One attendee. ``invited_sequence`` is the version of the meeting they were last written about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="attendances")
    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, null=True, related_name="attendance_set")
    event = models.OneToOneField(Event, on_delete=models.SET_NULL, null=True, related_name="attendance")
    invited_sequence = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("attendee")
        verbose_name_plural = _("attendees")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attendance_user_once"),
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_person_once"),
            models.CheckConstraint(
                condition=Q(user__isnull=True, person__isnull=False) | Q(user__isnull=False, person__isnull=True),
                name="attendance_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.user)
