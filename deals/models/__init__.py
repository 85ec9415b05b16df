"""Deals, who takes part in them, and the tags they carry."""

from deals.models.choices import CLOSED, DealType, Pipeline, Stage
from deals.models.deal import Deal
from deals.models.party import Party
from deals.models.tag import DealTag

__all__ = ["CLOSED", "Deal", "DealTag", "DealType", "Party", "Pipeline", "Stage"]
