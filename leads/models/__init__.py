"""Leads: a person seen as a prospect, with a place in the pipeline and what they look for."""

from leads.models.choices import LeadType, Portal, Source, Stage, Status, Timing
from leads.models.lead import Lead

__all__ = ["Lead", "LeadType", "Portal", "Source", "Stage", "Status", "Timing"]
