"""Companies as the search from every page finds and shows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from contacts.finder.groups import Group, Hit, glyph
from contacts.relations.models import Relation, RelationType
from tesoro.templatetags.ui import badge


def relation_hit(relation: Any) -> Hit:
    """Return a company as a hit, with its kind."""
    return Hit(
        key=relation.pk,
        url=relation.get_absolute_url(),
        title=relation.name,
        face=glyph("building-2"),
        about=[relation.email, str(relation.phone or ""), relation.city],
        badge=badge(str(RelationType(relation.type).label), ""),
    )


RELATIONS = Group(
    name="relations",
    title=_("Relations"),
    rows=Relation.objects.for_account,
    loaded=lambda rows: rows.only("account", "name", "type", "email", "phone", "city"),
    hit=relation_hit,
    place=30,
    list_name="relations:list",
    in_list=_("Search relations for"),
)
