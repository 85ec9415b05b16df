"""Why a contact has to stay one: an open deal includes them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.subjects.trashing import CHUNK
from deals.models import Deal, Party


class Hindrance(str):
    """Why a contact has to stay one, in words, with the deal that is in the way: its name and address."""

    __slots__ = ("link", "url")
    link: str
    url: str

    def __new__(cls, person: Any, deal: Deal) -> "Hindrance":
        """Say of a person which deal holds them."""
        text = _("%(name)s takes part in the open deal “%(deal)s”. Close the deal or take the contact off it first.")
        told = super().__new__(cls, text % {"name": person.full_name, "deal": deal.name})
        told.link, told.url = deal.name, deal.get_absolute_url()
        return told


def open_deals(people: Sequence[Any]) -> dict[int, str]:
    """Return by key why people cannot be leads again: the first open deal of each who takes part in any."""
    named = {person.pk: person for person in people}
    keys, found = list(named), dict[int, Deal]()
    for start in range(0, len(keys), CHUNK):
        parties = Party.objects.open().filter(person__in=keys[start : start + CHUNK]).order_by("-pk")
        rows = parties.values_list("person", "deal", "deal__name")
        found |= {person: Deal(pk=deal, name=name) for person, deal, name in rows}
    return {pk: Hindrance(named[pk], deal) for pk, deal in found.items()}
