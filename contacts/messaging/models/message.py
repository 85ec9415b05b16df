"""The message: one SMS or WhatsApp message, sent or received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.messaging.models.template import Template
from contacts.timeline.models import Entry
from tesoro.fields import ProseField
from tesoro.outbox import Outgoing

BODY_LIMIT = 1_600  # characters: the most Twilio takes in one message


class Channel(models.TextChoices):
    """How it travels."""

    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")


class Message(Entry, Outgoing):
    """One message. ``sid`` is Twilio's name for it, ``failure`` Twilio's reason."""

    channel = models.CharField(max_length=8, choices=Channel.choices, editable=False)
    incoming = models.BooleanField(default=False, editable=False)
    number = models.CharField(_("number"), max_length=32, editable=False)
    body = ProseField(_("message"), max_length=BODY_LIMIT, blank=True)
    template = models.ForeignKey(Template, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    variables = models.JSONField(default=dict, editable=False)
    sid = models.CharField(max_length=34, blank=True, default="", editable=False)
    media = models.PositiveSmallIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(_("state since"), null=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["account", "sid"], condition=~models.Q(sid=""), name="message_once")
        ]

    def __str__(self) -> str:
        return self.body[:60]
