"""The meeting: a viewing, a call or an appointment, with users and people."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField, ProseField
from tesoro.trash import Trashable


class MeetingKind(models.TextChoices):
    """What kind of appointment it is."""

    MEETING = "meeting", _("Meeting")
    VIEWING = "viewing", _("Viewing")
    CALL = "call", _("Call")


class Meeting(Trashable):
    """An appointment. ``uid`` and ``sequence`` are what calendar programs know it by (RFC 5545)."""

    title = LineField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=7, choices=MeetingKind.choices, default=MeetingKind.MEETING)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    place = LineField(_("place"), max_length=200, blank=True, default="")
    details = ProseField(_("details"), max_length=5_000, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, editable=False)
    created_at = models.DateTimeField(_("planned"), default=timezone.now, editable=False)

    class Meta(Trashable.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["account", "deleted_at", "starts_at", "id"], name="meeting_start")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="meeting_ends_after")
        ]

    def __str__(self) -> str:
        return self.title
