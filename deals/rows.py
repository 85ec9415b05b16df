"""The rows of the list of deals, made ready for their template."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from contacts.rows import TAGS_SHOWN
from deals.models import Deal, DealType, Stage
from tesoro.faces import avatar
from tesoro.money import told
from tesoro.templatetags.ui import badge, day, since

STAGE_HUES = {
    Stage.KNOWING: "blue", Stage.FIRST_VISIT: "blue", Stage.MORE_VISITS: "blue", Stage.MANDATE: "blue",
    Stage.ONLINE: "blue", Stage.VISITS: "blue", Stage.OFFER: "amber", Stage.RESERVATION: "amber",
    Stage.CONTRACT: "violet", Stage.DEPOSIT: "violet", Stage.DEED: "violet", Stage.WON: "green", Stage.LOST: "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal of a list, in words and ready markup."""

    pk: int
    url: str
    name: str
    select: str
    stage: str
    hue: str
    type: str
    badge: str
    clients: str
    value: str
    commission: str
    closing: str
    agent: Any
    agent_face: SafeString
    tags: list[Any]
    more: int
    last: str
    created: str
    cold: bool


def deal_rows(deals: list[Any], account: Any) -> list[DealRow]:
    """Return a row for each deal; they must be loaded by ``for_list``."""
    url, select = reverse("deals:detail", args=[0]), _("Select %(name)s")
    words = [{one.value: str(one.label) for one in kind} for kind in (DealType, Stage)]
    return [_row(deal, account, url.replace("0", str(deal.pk)), select, words) for deal in deals]


def _row(deal: Any, account: Any, url: str, select: str, words: list[dict[str, str]]) -> DealRow:
    types, stages = words
    tags, agent = sorted(deal.tags.all(), key=lambda tag: tag.key), deal.assigned_to
    return DealRow(
        pk=deal.pk,
        url=url,
        name=deal.name,
        select=select % {"name": deal.name},
        stage=stages[deal.stage],
        hue=STAGE_HUES[Stage(deal.stage)],
        type=types[deal.type],
        badge=badge(types[deal.type], deal.type),
        clients=clients(deal),
        value=told(deal.value, account.currency),
        commission=told(deal.commission_amount, account.currency),
        closing=day(deal.closing_on) if deal.closing_on else "",
        agent=agent,
        agent_face=avatar(agent, "s"),
        tags=tags[:TAGS_SHOWN],
        more=max(0, len(tags) - TAGS_SHOWN),
        last=since(deal.last_activity_at),
        created=day(deal.created_at),
        cold=deal.is_cold(account),
    )


def clients(deal: Deal) -> str:
    """Return the names of those for whom the deal is made; it must be loaded with its parties."""
    return ", ".join(party.person.full_name for party in deal.who if party.is_client)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a contact takes part in, as which, in words and ready markup."""

    url: str
    name: str
    role: str
    type: str
    stage: str
    hue: str
    value: str
    closing: str
    agent: Any
    agent_face: SafeString


def part_rows(parties: list[Any], account: Any) -> list[PartRow]:
    """Return a row for each party; they must be loaded with their deals and the deals' agents."""
    return [_part(party.deal, party.role_label, account) for party in parties]


def _part(deal: Any, role: str, account: Any) -> PartRow:
    return PartRow(
        url=deal.get_absolute_url(),
        name=deal.name,
        role=role,
        type=str(deal.get_type_display()),
        stage=str(deal.get_stage_display()),
        hue=STAGE_HUES[Stage(deal.stage)],
        value=told(deal.value, account.currency),
        closing=day(deal.closing_on) if deal.closing_on else "",
        agent=deal.assigned_to,
        agent_face=avatar(deal.assigned_to, "s"),
    )
