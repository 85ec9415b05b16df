"""Why a contact has to stay one: an open deal includes them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from contacts.subjects.trashing import CHUNK
from deals.models import Party


def open_deals(people: Sequence[Any]) -> dict[int, str]:
    """Return by key why people cannot be leads again: the first open deal of each who takes part in any."""
    named = {person.pk: person for person in people}
    keys, found = list(named), dict[int, str]()
    for start in range(0, len(keys), CHUNK):
        parties = Party.objects.open().filter(person__in=keys[start : start + CHUNK]).order_by("-pk")
        found |= dict(parties.values_list("person", "deal__name"))
    text = _("%(name)s takes part in the open deal “%(deal)s”. Close the deal or take the contact off it first.")
    return {pk: text % {"name": named[pk].full_name, "deal": deal} for pk, deal in found.items()}
