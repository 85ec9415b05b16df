"""What a deal can be: the lists of DOMAIN.md, in its order."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models import Role


class DealType(models.TextChoices):
    """What the office's client wants to do."""

    BUY = "buy", _("Buy")
    SELL = "sell", _("Sell")
    RENT = "rent", _("Rent")
    RENT_OUT = "rent_out", _("Rent out")


class Pipeline(models.TextChoices):
    """The way a deal goes: that of somebody who looks for a home, or that of an owner."""

    BUYER = "buyer", _("Buyer")
    OWNER = "owner", _("Owner")


class Stage(models.TextChoices):
    """A step of either pipeline."""

    KNOWING = "knowing", _("Knowing Property")
    FIRST_VISIT = "first_visit", _("First Visit")
    MORE_VISITS = "more_visits", _("Multiple Visits")
    MANDATE = "mandate", _("Mandate")
    ONLINE = "online", _("Online")
    VISITS = "visits", _("Visits")
    OFFER = "offer", _("Offer")
    RESERVATION = "reservation", _("Reservation")
    CONTRACT = "contract", _("10% Contract")
    DEPOSIT = "deposit", _("Deposit")
    DEED = "deed", _("Signing Deed")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")

    @property
    def is_end(self) -> bool:
        """Whether the deal is won or lost here."""
        return self in (Stage.WON, Stage.LOST)


PIPELINES: Mapping[Pipeline, list[Stage]] = {
    Pipeline.BUYER: [
        Stage.KNOWING, Stage.FIRST_VISIT, Stage.MORE_VISITS, Stage.OFFER, Stage.RESERVATION, Stage.CONTRACT,
        Stage.DEED, Stage.WON, Stage.LOST,
    ],
    Pipeline.OWNER: [
        Stage.MANDATE, Stage.ONLINE, Stage.VISITS, Stage.OFFER, Stage.RESERVATION, Stage.DEPOSIT, Stage.WON, Stage.LOST,
    ],
}  # fmt: skip
PIPELINE_OF: Mapping[DealType, Pipeline] = {
    DealType.BUY: Pipeline.BUYER,
    DealType.RENT: Pipeline.BUYER,
    DealType.SELL: Pipeline.OWNER,
    DealType.RENT_OUT: Pipeline.OWNER,
}
CLOSED = [stage for stage in Stage if stage.is_end]
# The chance that an open deal at this stage is won, in hundredths: Tesoro's own reckoning, the same for every office,
# growing along the way. No statistics stand behind it.
CHANCES: Mapping[Pipeline, Mapping[Stage, int]] = {
    Pipeline.BUYER: {
        Stage.KNOWING: 5, Stage.FIRST_VISIT: 10, Stage.MORE_VISITS: 25, Stage.OFFER: 40, Stage.RESERVATION: 70,
        Stage.CONTRACT: 90, Stage.DEED: 95, Stage.WON: 100, Stage.LOST: 0,
    },
    Pipeline.OWNER: {
        Stage.MANDATE: 20, Stage.ONLINE: 30, Stage.VISITS: 40, Stage.OFFER: 50, Stage.RESERVATION: 70,
        Stage.DEPOSIT: 90, Stage.WON: 100, Stage.LOST: 0,
    },
}  # fmt: skip
# What the client of a deal is to it.
CLIENT_OF: Mapping[DealType, Role] = {
    DealType.BUY: Role.BUYER,
    DealType.SELL: Role.SELLER,
    DealType.RENT: Role.TENANT,
    DealType.RENT_OUT: Role.LANDLORD,
}
# The other way round: what a lead of this type wants to do.
TYPE_OF = {role: kind for kind, role in CLIENT_OF.items()}


def pipeline_of(kind: str) -> Pipeline:
    """Return the pipeline of a type of deal; that of buyers for what is none."""
    return PIPELINE_OF.get(kind, Pipeline.BUYER)  # type: ignore[call-overload]


def way_of(pipeline: str) -> list[Stage]:
    """Return the stages of a pipeline at which a deal is open, in order."""
    return [stage for stage in stages_of(pipeline) if not stage.is_end]


def stages_of(pipeline: str) -> list[Stage]:
    """Return the stages of a pipeline, in order."""
    return PIPELINES[Pipeline(pipeline)]
