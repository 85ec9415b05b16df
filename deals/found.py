"""Deals as the search from every page finds and shows them."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.finder.groups import Group, Hit, glyph
from deals.models import Deal, Stage
from deals.rows import STAGE_HUES
from tesoro.money import told


def deal_hit(deal: Any) -> Hit:
    """Return a deal as a hit, with its stage and its value."""
    stage = Stage(deal.stage)
    return Hit(
        key=deal.pk,
        url=deal.get_absolute_url(),
        title=deal.name,
        face=glyph("handshake"),
        about=[deal.street, deal.city],
        badge=format_html('<span class="badge" data-hue="{}">{}</span>', STAGE_HUES[stage] or "grey", stage.label),
        aside=told(deal.value, deal.account.currency),
    )


DEALS = Group(
    name="deals",
    title=_("Deals"),
    rows=Deal.objects.for_account,
    loaded=lambda rows: rows.select_related("account").only(
        "account__currency", "name", "stage", "street", "city", "value"
    ),
    hit=deal_hit,
    place=40,
    list_name="deals:list",
    in_list=_("Search deals for"),
)
