"""The message: one SMS or WhatsApp message, sent or received."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.messaging import segments
from contacts.messaging.models.template import Template
from contacts.timeline.models import Entry
from tesoro.fields import ProseField
from tesoro.outbox import Outgoing
from tesoro.trash import LiveManager, TrashQuerySet

BODY_LIMIT = 1_600  # characters: the most Twilio takes in one message
WINDOW = dt.timedelta(hours=24)  # WhatsApp's, after the last word of the other side


class Channel(models.TextChoices):
    """How it travels."""

    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")


class Wish(models.TextChoices):
    """What an incoming SMS asks of Twilio, which obeys by itself."""

    STOP = "stop", _("No more SMS")
    START = "start", _("SMS again")


class MessageQuerySet(TrashQuerySet):
    """Queries with names."""

    def by(self, channel: str) -> Self:
        """Return those of one channel, with what a bubble shows."""
        return self.filter(channel=channel).select_related("author")

    def received(self, channel: str) -> Self:
        """Return those that came in, newest first."""
        return self.filter(channel=channel, incoming=True).order_by("-created_at", "-pk")


class Message(Entry, Outgoing):
    """One message. ``sid`` is Twilio's name for it, ``failure`` Twilio's reason.

    ``body`` is what was said: of a template, its text as it was, filled. ``media`` are the types of what came along.
    """

    channel = models.CharField(max_length=8, choices=Channel.choices, editable=False)
    incoming = models.BooleanField(default=False, editable=False)
    number = models.CharField(_("number"), max_length=32, editable=False)
    body = ProseField(_("message"), max_length=BODY_LIMIT, blank=True)
    template = models.ForeignKey(Template, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    content_sid = models.CharField(max_length=34, blank=True, default="", editable=False)
    variables = models.JSONField(default=dict, editable=False)
    sid = models.CharField(max_length=34, blank=True, default="", editable=False)
    media = models.JSONField(default=list, editable=False)
    wish = models.CharField(max_length=5, choices=Wish.choices, blank=True, default="", editable=False)
    moved_at = models.DateTimeField(_("state since"), null=True, editable=False)
    # The form it was written in: sent twice by a double click, it is one message.
    form_key = models.CharField(max_length=32, blank=True, default="", editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(MessageQuerySet)()  # type: ignore[misc]
    with_trash: ClassVar[Any] = MessageQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Entry.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            *Outgoing.Meta.indexes,
            # A tab is one channel: its count and its thread are read from here alone.
            models.Index(fields=["person", "channel", "deleted_at", "created_at", "id"], name="message_of_person"),
            models.Index(
                fields=["person", "channel", "created_at", "id"],
                name="message_received",
                condition=models.Q(incoming=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["account", "sid"], condition=~models.Q(sid=""), name="message_once"),
            models.UniqueConstraint(
                fields=["account", "form_key"], condition=~models.Q(form_key=""), name="message_form_once"
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def is_sms(self) -> bool:
        """Whether it travels as SMS."""
        return self.channel == Channel.SMS

    @property
    def templated(self) -> bool:
        """Whether it was made from a template, which WhatsApp takes at any time."""
        return bool(self.template_id or self.content_sid)

    @property
    def segments(self) -> int:
        """How many SMS it costs."""
        return segments.count(self.body).segments if self.is_sms else 0

    @property
    def window_closes_at(self) -> dt.datetime | None:
        """Until when this message lets the office write freely, if it does so still."""
        if not self.incoming or self.is_sms or self.created_at + WINDOW <= timezone.now():
            return None
        return self.created_at + WINDOW
