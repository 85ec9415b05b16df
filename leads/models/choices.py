"""What a lead can be: the lists of DOMAIN.md, in its order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeadType(models.TextChoices):
    """What a prospect wants; the words are the client roles of a contact."""

    BUYER = "buyer", _("Buyer")
    SELLER = "seller", _("Seller")
    TENANT = "tenant", _("Tenant")
    LANDLORD = "landlord", _("Landlord")


class Status(models.TextChoices):
    """The pipeline, and the two ways off it."""

    NEW = "new", _("New")
    CONTACTED = "contacted", _("Contacted")
    QUALIFIED = "qualified", _("Qualified")
    CONVERTED = "converted", _("Converted")
    UNQUALIFIED = "unqualified", _("Unqualified")
    LOST = "lost", _("Lost")


# Where an agent can put a lead by hand; Converted is reached by converting.
OPEN_STATUSES = [status for status in Status if status != Status.CONVERTED]
# A reason is asked for here.
CLOSED_STATUSES = [Status.UNQUALIFIED, Status.LOST]


class Stage(models.TextChoices):
    """The temperature."""

    HOT = "hot", _("Hot")
    NEUTRAL = "neutral", _("Neutral")
    COLD = "cold", _("Cold")


class Source(models.TextChoices):
    """Where a lead came from."""

    COLD_CALLING = "cold_calling", _("Cold Calling")
    INCOMING_CALL = "incoming_call", _("Incoming Call")
    REFERRAL = "referral", _("Referral")
    WEBSITE = "website", _("Website")
    SOCIAL_MEDIA = "social_media", _("Social Media")
    EMAIL_CAMPAIGN = "email_campaign", _("Email Campaign")
    INCOMING_MAIL = "incoming_mail", _("Incoming Mail")
    BY_PERSON = "by_person", _("By Person")
    PORTALS = "portals", _("Portals")
    NETWORKING = "networking", _("Networking Events")
    PRINT = "print", _("Print Advertising")
    PARTNERS = "partners", _("Collaborative Partners")
    OUTDOOR = "outdoor", _("Outdoor Advertising")
    RADIO_TV = "radio_tv", _("Radio/TV Advertising")


class Portal(models.TextChoices):
    """The portal a lead came from."""

    IDEALISTA = "idealista", "Idealista"
    FOTOCASA = "fotocasa", "Fotocasa"
    KYERO = "kyero", "Kyero"
    THINK_SPAIN = "think_spain", "Think Spain"
    PLACE_IN_THE_SUN = "place_in_the_sun", "A Place in the Sun"
    LUXURY_ESTATE = "luxury_estate", "Luxury Estate"
    GREEN_ACRES = "green_acres", "Green Acres"
    RIGHTMOVE = "rightmove", "Rightmove"
    ZOOPLA = "zoopla", "Zoopla"
    OTHER = "other", _("Other")


class Timing(models.TextChoices):
    """Within what time they look to buy, sell or move: months from when it was noted."""

    NOW = "now", _("at once")
    MONTHS_3 = "3m", _("within 3 months")
    MONTHS_6 = "6m", _("within 6 months")
    MONTHS_12 = "12m", _("within a year")
    LATER = "later", _("later than a year")
    OPEN = "open", _("no date in mind")
