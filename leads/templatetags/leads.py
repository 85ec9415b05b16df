"""What the pages of a lead ask of it."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from leads.models import Lead, Stage, Status
from leads.rows import HEAT_ICONS

register = template.Library()
PATH = [Status.NEW, Status.CONTACTED, Status.QUALIFIED, Status.CONVERTED]


@dataclass(frozen=True)
class Step:
    """One status on the way: where a click leads, and whether it is behind."""

    key: str
    label: str
    url: str
    panel: bool
    current: bool
    done: bool


@register.filter
def steps(lead: Lead) -> list[Step]:
    """Return the pipeline as the page shows it; the last step opens the conversion."""
    here = PATH.index(Status(lead.status)) if lead.status in PATH else -1
    return [
        Step(
            key=status.value,
            label=str(status.label),
            url=reverse("leads:conversion" if status == Status.CONVERTED else "leads:status", args=[lead.pk]),
            panel=status == Status.CONVERTED,
            current=place == here,
            done=place < here,
        )
        for place, status in enumerate(PATH)
    ]


@register.simple_tag
def leaving_url(lead: Lead, status: str, carried: str = "") -> str:
    """Return where is asked why a lead leaves the path; ``carried`` is what the addresses of the page take along."""
    return f"{reverse('leads:status', args=[lead.pk])}{carried}{'&' if carried else '?'}status={status}"


@register.filter
def heat_icon(lead: Lead) -> str:
    """Return the icon of a lead's stage."""
    return HEAT_ICONS[Stage(lead.stage)]
