"""The cells of companies in a list; those they share with people are drawn there."""

from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from contacts.cells import dot_cell, name_cell, tags_cell
from contacts.relations.models import Channel, RelationType, Status
from contacts.rows import phone
from tesoro.links import by_key
from tesoro.templatetags.ui import badge, flag, grouped


class RelationWords:
    """What cells of companies are drawn with."""

    def __init__(self) -> None:
        self.types, self.statuses, self.channels = (
            {one.value: str(one.label) for one in kind} for kind in (RelationType, Status, Channel)
        )
        self.within = ""
        self._address, self._address_of_people = by_key("relations:detail"), by_key("relations:contacts")
        self.people = _("%(n)s of %(name)s")

    def url(self, relation: Any) -> str:
        """Return the address of a company's page, which takes along from where it was opened."""
        return self._address(relation.pk) + self.within

    def people_url(self, relation: Any) -> str:
        """Return the address of a company's people, which takes along the same."""
        return self._address_of_people(relation.pk) + self.within


def name(relation: Any, words: RelationWords) -> str:
    """Draw a company's name; on a phone its type and its place or number stand below it."""
    parts = [words.types[relation.type], relation.city or phone(relation, words)]
    beside = " · ".join(part for part in parts if part)
    return name_cell(words.url(relation), relation.name, beside, flag=flag(relation.country))


def type_(relation: Any, words: RelationWords) -> str:
    """Draw the type as a badge."""
    return badge(words.types[relation.type], "")


def status(relation: Any, words: RelationWords) -> str:
    """Draw whether the office still works with them."""
    return dot_cell(words.statuses[relation.status], "green" if relation.status == Status.ACTIVE else "")


def people(relation: Any, words: RelationWords) -> str:
    """Draw how many people belong to it, as the way to them."""
    if not relation.people_count:
        return ""
    number, url = grouped(relation.people_count), words.people_url(relation)
    told = escape(words.people % {"n": number, "name": relation.name})
    return mark_safe(f'<a href="{url}" aria-label="{told}">{number}</a>')


def tags(relation: Any, words: Any) -> str:
    """Draw the first tags."""
    return tags_cell(sorted(relation.tags.all(), key=lambda tag: tag.key))


def website(relation: Any, words: Any) -> str:
    """Draw the website as a way there."""
    if not relation.website:
        return SafeString()
    url, shown = escape(relation.website), escape(relation.website.partition("://")[2].rstrip("/"))
    return mark_safe(f'<a class="truncate" href="{url}" title="{url}" rel="noopener noreferrer">{shown}</a>')


def channel(relation: Any, words: RelationWords) -> str:
    """Draw how they like to be reached."""
    return words.channels.get(relation.preferred_channel, "")
