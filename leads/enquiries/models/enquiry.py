"""The enquiry: what somebody asked, word for word, on the timeline of the person they are."""

import uuid
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models import Entry
from leads.enquiries.models.fields import PageField
from leads.enquiries.models.form import CONSENT_LIMIT
from leads.enquiries.models.token import ApiToken
from leads.models import Portal, Source
from tesoro.fields import LineField, ProseField
from tesoro.phones import PhoneField
from tesoro.trash import LiveManager, TrashQuerySet

MESSAGE_LIMIT = 5_000
WISH_LENGTH = 500


class EnquiryQuerySet(TrashQuerySet):
    """Queries with names."""

    def delivered(self, delivery: str) -> "EnquiryQuerySet":
        """Return the enquiry that came by this delivery before; none for a delivery without a name."""
        return self.filter(delivery=delivery) if delivery else self.none()


class Enquiry(Entry):
    """One enquiry. ``name``, ``phone`` and ``wish`` are as they were given: the person may be known by others.

    ``delivery`` names what brought it, so that the same delivery is stored once. ``made_lead``: the person became a
    lead by it. ``consent`` is the text that was agreed to, and ``consented_at`` when.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = LineField(_("name"), max_length=201, editable=False)
    phone = PhoneField(_("phone"), editable=False)
    wish = models.CharField(_("looking for"), max_length=WISH_LENGTH, blank=True, default="", editable=False)
    message = ProseField(_("message"), max_length=MESSAGE_LIMIT, blank=True, default="")
    reference = LineField(_("property reference"), max_length=100, blank=True, default="")
    property_url = PageField(_("page of the property"), blank=True, default="")
    page = PageField(_("sent from"), blank=True, default="")
    source = models.CharField(_("source"), max_length=14, choices=Source.choices, default=Source.WEBSITE)
    portal = models.CharField(_("portal"), max_length=16, choices=Portal.choices, blank=True, default="")
    consent = ProseField(_("consent"), max_length=CONSENT_LIMIT, blank=True, default="")
    consented_at = models.DateTimeField(_("consent given"), null=True, editable=False)
    sender = models.ForeignKey(ApiToken, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    delivery = models.CharField(max_length=64, blank=True, default="", editable=False)
    made_lead = models.BooleanField(_("made a lead"), default=False, editable=False)
    # When the agent was written to, and how often the mail server refused.
    told_at = models.DateTimeField(null=True, editable=False)
    mails_refused = models.PositiveSmallIntegerField(default=0, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(EnquiryQuerySet)()  # type: ignore[misc]
    with_trash: ClassVar[Any] = EnquiryQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Entry.Meta):
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        constraints = [
            models.UniqueConstraint(
                fields=["account", "delivery"], condition=~models.Q(delivery=""), name="enquiry_delivered_once"
            )
        ]

    def __str__(self) -> str:
        return self.message[:60] or self.name

    @property
    def origin(self) -> str:
        """Where it came from, in a word: the portal, or else the source."""
        return str(self.get_portal_display() if self.portal else self.get_source_display())

    @property
    def property_name(self) -> str:
        """What stands for the property: its reference, or else the site of its page."""
        return self.reference or urlsplit(self.property_url).netloc

    @property
    def page_name(self) -> str:
        """The page it was sent from, short enough to be read."""
        parts = urlsplit(self.page)
        return f"{parts.netloc}{parts.path}".rstrip("/")

    def claim(self) -> bool:
        """Take it upon oneself to tell the agent; of several workers one gets True."""
        return bool(type(self).objects.filter(pk=self.pk, told_at=None).update(told_at=timezone.now()))

    def give_back(self) -> int:
        """Say that nobody was told, because the mail server refused; return how often it has by now."""
        type(self).objects.filter(pk=self.pk).update(told_at=None, mails_refused=models.F("mails_refused") + 1)
        self.refresh_from_db(fields=["mails_refused"])
        return self.mails_refused
