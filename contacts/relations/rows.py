"""The rows of the list of companies, made ready for their template."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.relations.models import RelationType, Status
from contacts.rows import TAGS_SHOWN
from tesoro.templatetags.ui import badge, flag, grouped, since


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One company of a list, in words and ready markup."""

    pk: int
    url: str
    name: str
    select: str
    flag: str
    type: str
    badge: str
    status: str
    active: bool
    email: str
    phone: str
    city: str
    people: str
    people_url: str
    tags: list[Any]
    more: int
    last: str


def relation_rows(relations: list[Any]) -> list[RelationRow]:
    """Return a row for each company; they must be loaded by ``for_list``."""
    url, people_url = reverse("relations:detail", args=[0]), reverse("relations:contacts", args=[0])
    types = {kind.value: str(kind.label) for kind in RelationType}
    statuses = {status.value: str(status.label) for status in Status}
    select = _("Select %(name)s")
    return [
        RelationRow(
            pk=relation.pk,
            url=url.replace("0", str(relation.pk)),
            name=relation.name,
            select=select % {"name": relation.name},
            flag=flag(relation.country),
            type=types[relation.type],
            badge=badge(types[relation.type], ""),
            status=statuses[relation.status],
            active=relation.status == Status.ACTIVE,
            email=relation.email,
            phone=str(relation.phone or ""),
            city=relation.city,
            people=grouped(relation.people_count) if relation.people_count else "",
            people_url=people_url.replace("0", str(relation.pk)),
            tags=(tags := sorted(relation.tags.all(), key=lambda tag: tag.key))[:TAGS_SHOWN],
            more=max(0, len(tags) - TAGS_SHOWN),
            last=since(relation.last_activity_at),
        )
        for relation in relations
    ]
