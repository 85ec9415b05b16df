"""The email: written from here, or received. Outgoing text is Markdown, incoming HTML is made safe when shown."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.emails.models.conversation import Conversation
from contacts.timeline.models import Entry
from tesoro.emails import email_key
from tesoro.fields import LineField, ProseField
from tesoro.outbox import Outgoing
from tesoro.trash import LiveManager, TrashQuerySet

BODY_LIMIT = 50_000


class Direction(models.TextChoices):
    """Which way it went."""

    OUT = "out", _("Sent")
    IN = "in", _("Received")


class EmailQuerySet(TrashQuerySet):
    """Queries with names."""

    def newest_of_each(self) -> Self:
        """Return the newest live email of each conversation, with ``n``, how many it holds."""
        others = Email.objects.filter(conversation=OuterRef("conversation")).order_by()
        # A step on the index for each, whose whole order PostgreSQL wants to be told. Asked whether none is newer, it
        # would join all with all of a conversation.
        newest = others.order_by("-deleted_at", "-created_at", "-pk").values("pk")[:1]
        many = others.values("conversation").annotate(n=Count("pk")).values("n")
        return self.live().filter(pk=Subquery(newest)).annotate(n=Subquery(many))

    def about_deals(self) -> Self:
        """Give each the deal that its conversation is about, as ``deal``."""
        return self.annotate(deal=F("conversation__deal"))

    def for_list(self) -> Self:
        """Leave out what only the email itself shows."""
        return self.select_related("author", "conversation").defer("html", "calendar", "references")


class RecipientKeyField(models.CharField):
    """The address an email of ours went to, as addresses are compared. Whoever updates ``recipient`` sets it too."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """Derive it, however the row is stored."""
        key = email_key(model_instance.recipient) if model_instance.is_ours else ""
        setattr(model_instance, self.attname, key)
        return key


class Email(Entry, Outgoing):
    """One email. ``html`` is what came in, as it came; ``calendar`` is an invitation that goes along (iCalendar)."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="emails", editable=False, db_index=False
    )
    direction = models.CharField(max_length=3, choices=Direction.choices, default=Direction.OUT, editable=False)
    subject = LineField(_("subject"), max_length=200)
    body = ProseField(_("message"), max_length=BODY_LIMIT, blank=True)
    html = models.TextField(blank=True, default="", editable=False)
    calendar = models.TextField(blank=True, default="", editable=False)
    sender = models.CharField(_("from"), max_length=320, blank=True, default="", editable=False)
    recipient = models.CharField(_("to"), max_length=320, blank=True, default="", editable=False)
    recipient_key = RecipientKeyField(max_length=320, blank=True, default="", editable=False)
    message_id = models.CharField(max_length=255, blank=True, default="", editable=False)
    references = models.TextField(blank=True, default="", editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    attachments = models.ManyToManyField(Attachment, related_name="emails", blank=True)
    # Stored, so that a card that says how many files went along asks nothing of the database.
    attachment_count = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(EmailQuerySet)()
    with_trash: ClassVar[Any] = EmailQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("email")
        verbose_name_plural = _("emails")
        indexes = [
            *Entry.Meta.indexes,
            *Outgoing.Meta.indexes,
            models.Index(fields=["conversation", "deleted_at", "created_at", "id"], name="email_of_conversation"),
            # Reports and webhooks ask by these, for all offices at once.
            models.Index(fields=["message_id"], name="email_message_id"),
            models.Index(fields=["recipient_key"], name="email_recipient"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "message_id"], condition=~models.Q(message_id=""), name="email_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def judge(self) -> None:
        """Normalise subject and message by their rules, or raise ValidationError, told by field."""
        self.clean_fields({field.name for field in self._meta.fields} - {"subject", "body"})

    def confirm(self, **fields: Any) -> bool:
        """Note that an email of unknown state has arrived, when it was handed over; False when its state is known."""
        return super().confirm(sent_at=self.claimed_at, **fields)

    @property
    def timelines(self) -> list[Any]:
        """The person, and the deal that the conversation is about."""
        return list(self.conversation.told_on.values())

    @property
    def is_ours(self) -> bool:
        """Whether the office wrote it."""
        return self.direction == Direction.OUT
