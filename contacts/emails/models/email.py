"""The email: written from here, or received. Outgoing text is Markdown, incoming HTML is made safe when shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.emails.models.conversation import Conversation
from contacts.timeline.models import Entry
from tesoro.fields import LineField, ProseField
from tesoro.outbox import Outgoing

BODY_LIMIT = 50_000


class Direction(models.TextChoices):
    """Which way it went."""

    OUT = "out", _("Sent")
    IN = "in", _("Received")


class Email(Entry, Outgoing):
    """One email. ``html`` is what came in, as it came; ``calendar`` is an invitation that goes along (iCalendar)."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="emails", editable=False)
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.OUT, editable=False)
    subject = LineField(_("subject"), max_length=200)
    body = ProseField(_("message"), max_length=BODY_LIMIT, blank=True)
    html = models.TextField(blank=True, default="", editable=False)
    calendar = models.TextField(blank=True, default="", editable=False)
    sender = models.CharField(_("from"), max_length=320, blank=True, default="", editable=False)
    recipient = models.CharField(_("to"), max_length=320, blank=True, default="", editable=False)
    message_id = models.CharField(max_length=255, blank=True, default="", editable=False)
    references = models.TextField(blank=True, default="", editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    attachments = models.ManyToManyField(Attachment, related_name="emails", blank=True)

    class Meta(Entry.Meta):
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        indexes = [
            *Entry.Meta.indexes,
            models.Index(fields=["state", "queued_at"], name="email_waiting",
                         condition=models.Q(state__in=["queued", "sending"])),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["account", "message_id"], condition=~models.Q(message_id=""), name="email_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_ours(self) -> bool:
        """Whether the office wrote it."""
        return self.direction == Direction.OUT
