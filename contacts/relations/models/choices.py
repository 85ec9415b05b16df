"""What a company can be: the lists of DOMAIN.md, in its order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RelationType(models.TextChoices):
    """What kind of company it is."""

    LAW_FIRM = "law_firm", _("Law firm")
    NOTARY = "notary", _("Notary's office")
    BANK = "bank", _("Bank")
    CONSTRUCTION = "construction", _("Construction company")
    AGENCY = "agency", _("Real-estate agency")
    ARCHITECT = "architect", _("Architect's office")
    DEVELOPER = "developer", _("Property developer")
    INSURANCE = "insurance", _("Insurance")
    OTHER = "other", _("Other")


class Status(models.TextChoices):
    """Whether the office works with the company."""

    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")


class Channel(models.TextChoices):
    """How the company prefers to be reached."""

    EMAIL = "email", _("Email")
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SMS = "sms", _("SMS")
