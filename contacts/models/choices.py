"""What a person can be: the lists of DOMAIN.md, in its order."""

from functools import cache

import pycountry
from django.db import models
from django.utils.translation import gettext_lazy as _

from tesoro.addresses import countries  # noqa: F401  (the first migration knows them by this place)


class Kind(models.TextChoices):
    """The section a person is in."""

    LEAD = "lead", _("Lead")
    CONTACT = "contact", _("Contact")


class Role(models.TextChoices):
    """What a contact is to the office."""

    BUYER = "buyer", _("Buyer")
    SELLER = "seller", _("Seller")
    TENANT = "tenant", _("Tenant")
    LANDLORD = "landlord", _("Landlord")
    LAWYER = "lawyer", _("Lawyer")
    NOTARY = "notary", _("Notary")
    ARCHITECT = "architect", _("Architect")
    EXTERNAL_AGENT = "external_agent", _("External agent")
    MORTGAGE_ADVISER = "mortgage_adviser", _("Mortgage adviser")
    TAX_ADVISER = "tax_adviser", _("Tax adviser")
    SURVEYOR = "surveyor", _("Surveyor")
    PROPERTY_MANAGER = "property_manager", _("Property manager")
    PHOTOGRAPHER = "photographer", _("Photographer")
    CONTRACTOR = "contractor", _("Contractor")
    OTHER = "other", _("Other")


CLIENT_ROLES = [Role.BUYER, Role.SELLER, Role.TENANT, Role.LANDLORD]
STAKEHOLDER_ROLES = [role for role in Role if role not in CLIENT_ROLES]
ROLE_GROUPS = [
    (_("Client"), [(role.value, role.label) for role in CLIENT_ROLES]),
    (_("Stakeholder"), [(role.value, role.label) for role in STAKEHOLDER_ROLES]),
]


class Salutation(models.TextChoices):
    """How a person is addressed."""

    MRS = "mrs", _("Mrs.")
    MR = "mr", _("Mr.")
    MS = "ms", _("Ms.")
    MX = "mx", _("Mx.")
    DR = "dr", _("Dr.")
    PROF = "prof", _("Prof.")
    NONE = "", _("None")


@cache
def languages() -> list[tuple[str, str]]:
    """Return the languages of ISO 639-1 as (code, name), by name. Source: pycountry."""
    found = [(language.alpha_2, language.name) for language in pycountry.languages if hasattr(language, "alpha_2")]
    return sorted(found, key=lambda pair: pair[1])
