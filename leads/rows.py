"""The rows of the list, made ready for their template."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leads.models import LeadType, Source, Stage, Status
from tesoro.faces import avatar
from tesoro.templatetags.ui import badge, day, flag, since

HEAT_ICONS = {Stage.HOT: "flame", Stage.NEUTRAL: "minus", Stage.COLD: "snowflake"}
STATUS_HUES = {
    Status.NEW: "blue", Status.CONTACTED: "amber", Status.QUALIFIED: "green", Status.CONVERTED: "violet",
    Status.UNQUALIFIED: "", Status.LOST: "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead of a list, in words and ready markup."""

    pk: int
    url: str
    name: str
    select: str
    face: SafeString
    flag: str
    status: str
    hue: str
    stage: str
    heat: str
    heat_icon: str
    type: str
    badge: str
    wish: str
    source: str
    phone: str
    agent: Any
    agent_face: SafeString
    last: str
    created: str


def lead_rows(people: list[Any], account: Any) -> list[LeadRow]:
    """Return a row for each person, who must be loaded with their lead and agent."""
    url, select = reverse("leads:detail", args=[0]), _("Select %(name)s")
    words = [{one.value: str(one.label) for one in kind} for kind in (Status, Stage, LeadType, Source)]
    return [_row(person, account, url.replace("0", str(person.pk)), select, words) for person in people]


def _row(person: Any, account: Any, url: str, select: str, words: list[dict[str, str]]) -> LeadRow:
    lead, name, agent = person.lead, person.full_name, person.assigned_to
    statuses, stages, types, sources = words
    source = lead.get_portal_display() if lead.portal else sources[lead.source]
    return LeadRow(
        pk=person.pk,
        url=url,
        name=name,
        select=select % {"name": name},
        face=avatar(person),
        flag=flag(person.country),
        status=statuses[lead.status],
        hue=STATUS_HUES[Status(lead.status)],
        stage=stages[lead.stage],
        heat=lead.stage,
        heat_icon=HEAT_ICONS[Stage(lead.stage)],
        type=types[lead.type],
        badge=badge(types[lead.type], lead.type),
        wish=wish(lead, account),
        source=source,
        phone=str(person.phone),
        agent=agent,
        agent_face=avatar(agent, "s"),
        last=since(person.last_activity_at),
        created=day(person.created_at),
    )


def wish(lead: Any, account: Any) -> str:
    """Return what fits a row of what somebody looks for: kinds, places, price."""
    parts = [lead.what(), lead.where(), lead.price(account.currency)]
    return " · ".join(part for part in parts if part)
