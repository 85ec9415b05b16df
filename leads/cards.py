"""The cards of the board, made ready for their template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from contacts.tasks.late import LateTask, late_tasks
from leads.models import LeadType, Stage
from leads.rows import HEAT_ICONS
from tesoro.faces import avatar
from tesoro.templatetags.ui import age, badge, flag


@dataclass(frozen=True, slots=True)
class LeadCard:
    """One person on the board, in words and ready markup."""

    pk: int
    url: str
    name: str
    flag: str
    wish: str
    price: str
    stage: str
    heat: str
    heat_icon: str
    badge: str
    age: str
    agent: str
    agent_face: SafeString
    late: LateTask | None
    place_url: str
    menu: SafeString


def lead_cards(people: list[Any], account: Any, menu: Callable[..., SafeString]) -> list[LeadCard]:
    """Return a card for each person, who must be loaded with their lead and agent; one query, for the tasks.

    ``menu`` draws the ways of a lead out of its lane; with none of them the card stays where it is.
    """
    late = late_tasks("person", [person.pk for person in people], account)
    urls = [reverse(name, args=[0]) for name in ("leads:detail", "contacts:detail", "leads:place", "leads:status")]
    return [_card(person, account, late.get(person.pk), urls, menu) for person in people]


def _card(person: Any, account: Any, late: LateTask | None, urls: list[str], menu: Any) -> LeadCard:
    lead, agent = person.lead, person.assigned_to
    of_lead, of_contact, place, ask = (url.replace("0", str(person.pk)) for url in urls)
    ways = menu(lead, name=person.full_name, place_url=place, ask_url=ask)
    return LeadCard(
        pk=person.pk,
        url=of_contact if person.is_contact else of_lead,
        name=person.full_name,
        flag=flag(person.country),
        wish=" · ".join(part for part in (lead.what(), lead.where()) if part),
        price=lead.price(account.currency),
        stage=str(Stage(lead.stage).label),
        heat=lead.stage,
        heat_icon=HEAT_ICONS[Stage(lead.stage)],
        badge=badge(str(LeadType(lead.type).label), lead.type),
        age=age(lead.status_since),
        agent=agent.get_full_name() if agent else "",
        agent_face=avatar(agent, "s"),
        late=late,
        place_url=place if ways else "",
        menu=ways,
    )
