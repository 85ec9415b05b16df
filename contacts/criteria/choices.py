"""The kinds of property: the list of DOMAIN.md, in its order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PropertyType(models.TextChoices):
    """What kind of home or ground is looked for, or offered."""

    APARTMENT = "apartment", _("Apartment")
    PENTHOUSE = "penthouse", _("Penthouse")
    DUPLEX = "duplex", _("Duplex")
    STUDIO = "studio", _("Studio")
    HOUSE = "house", _("House")
    TOWNHOUSE = "townhouse", _("Townhouse")
    VILLA = "villa", _("Villa")
    FINCA = "finca", _("Finca")
    PLOT = "plot", _("Plot")
    COMMERCIAL = "commercial", _("Commercial")
    GARAGE = "garage", _("Garage")
    OTHER = "other", _("Other")
