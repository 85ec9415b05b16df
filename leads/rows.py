"""The cells of leads in a list; those they share with contacts are drawn there."""

from typing import Any

from django.utils.safestring import mark_safe

from contacts.cells import cut, dot_cell, name_cell, quiet
from contacts.models import Kind
from contacts.rows import PeopleWords
from leads.models import LeadType, Source, Stage, Status
from tesoro.faces import avatar
from tesoro.icons import icon
from tesoro.templatetags.ui import badge, flag, since

HEAT_ICONS = {Stage.HOT: "flame", Stage.NEUTRAL: "minus", Stage.COLD: "snowflake"}
STATUS_HUES = {
    Status.NEW: "blue", Status.CONTACTED: "amber", Status.QUALIFIED: "green", Status.CONVERTED: "violet",
    Status.UNQUALIFIED: "", Status.LOST: "",
}  # fmt: skip


class LeadWords(PeopleWords):
    """What cells of leads are drawn with. What somebody looks for is put into words once a row."""

    def __init__(self, account: Any) -> None:
        super().__init__(Kind.LEAD, account)
        self.statuses, self.stages, self.types, self.sources = (
            {one.value: str(one.label) for one in kind} for kind in (Status, Stage, LeadType, Source)
        )
        self._wishes: dict[int, str] = {}

    def wish(self, person: Any) -> str:
        """Return what a lead looks for."""
        if person.pk not in self._wishes:
            self._wishes[person.pk] = wish(person.lead, self.account)
        return self._wishes[person.pk]


def wish(lead: Any, account: Any) -> str:
    """Return what fits a row of what somebody looks for: kinds, places, price."""
    parts = [lead.what(), lead.where(), lead.price(account.currency)]
    return " · ".join(part for part in parts if part)


def name(person: Any, words: LeadWords) -> str:
    """Draw a lead's name; on a phone status, stage and wish stand below it."""
    lead = person.lead
    beside = f"{words.statuses[lead.status]} · {words.stages[lead.stage]} · {words.wish(person)}"
    return name_cell(words.url(person), person.full_name, beside, face=avatar(person), flag=flag(person.country))


def status(person: Any, words: LeadWords) -> str:
    """Draw the place in the pipeline."""
    return dot_cell(words.statuses[person.lead.status], STATUS_HUES[Status(person.lead.status)])


def stage(person: Any, words: LeadWords) -> str:
    """Draw the temperature."""
    heat = person.lead.stage
    return mark_safe(
        f'<span class="heat" data-heat="{heat}">{icon(HEAT_ICONS[Stage(heat)])}{words.stages[heat]}</span>'
    )


def looking_for(person: Any, words: LeadWords) -> str:
    """Draw the type, and what the lead looks for."""
    kind = person.lead.type
    return mark_safe(f'<span class="row">{badge(words.types[kind], kind)}{cut(words.wish(person))}</span>')


def source(person: Any, words: LeadWords) -> str:
    """Draw where the lead came from: the portal by its own name."""
    return str(person.lead.get_portal_display()) if person.lead.portal else words.sources[person.lead.source]


def type_(person: Any, words: LeadWords) -> str:
    """Draw the type as a badge."""
    return badge(words.types[person.lead.type], person.lead.type)


def portal(person: Any, words: Any) -> str:
    """Draw the portal, where the lead came by one."""
    return str(person.lead.get_portal_display()) if person.lead.portal else ""


def timing(person: Any, words: Any) -> str:
    """Draw the time in which the lead wants to come to a result."""
    return person.lead.timing_told()


def properties(person: Any, words: Any) -> str:
    """Draw the kinds of property."""
    return person.lead.what()


def places(person: Any, words: Any) -> str:
    """Draw the places."""
    return person.lead.where()


def price(person: Any, words: LeadWords) -> str:
    """Draw the price."""
    return person.lead.price(words.account.currency)


def size(person: Any, words: Any) -> str:
    """Draw rooms and area."""
    return person.lead.size()


def features(person: Any, words: Any) -> str:
    """Draw what the property should have."""
    return person.lead.features


def since_when(person: Any, words: Any) -> str:
    """Draw how long the lead has had its status."""
    return quiet(since(person.lead.status_since))
