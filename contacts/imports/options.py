"""The questions a mapping asks beside its columns: what stands in for an empty cell, what becomes of unknown names."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import phonenumbers
import pycountry
from django.utils.translation import gettext_lazy as _

from contacts.imports import values

OFTEN = ("ES", "DE", "GB", "NL", "FR", "BE", "CH", "AT")


@dataclass(frozen=True)
class Option:
    """A question with a list of answers, of which ``none`` names the empty one.

    ``read`` takes an answer as a command line gives it, and raises ValidationError. ``default`` is the answer of a run
    that nobody has asked yet. One that stands in for the empty cells of ``field`` says in ``offer`` how to use it.
    """

    name: str
    label: Any
    none: Any
    choices: Callable[[], list[Any]]
    read: Callable[[str], str | None]
    refusal: Any
    default: str = ""
    field: str = ""
    offer: Any = ""

    def allows(self, answer: str) -> bool:
        """Whether ``answer`` is one of the list."""
        return answer in _flat(self.choices())


def _flat(choices: list[Any]) -> set[str]:
    """Return the values of choices, those in groups included."""
    found: set[str] = set()
    for value, label in choices:
        found |= _flat(list(label)) if isinstance(label, list | tuple) else {value}
    return found


@cache
def _regions() -> list[Any]:
    """Return the countries whose numbers can be read, with their codes: the usual ones, then all by name."""
    known = {}
    for region in phonenumbers.SUPPORTED_REGIONS:
        if country := pycountry.countries.get(alpha_2=region):
            name = getattr(country, "common_name", country.name)
            known[region] = f"{name} +{phonenumbers.country_code_for_region(region)}"
    often = [(region, known[region]) for region in OFTEN]
    rest = sorted((pair for pair in known.items() if pair[0] not in OFTEN), key=lambda pair: pair[1])
    return [(_("Common"), often), (_("All countries"), rest)]


IMPORTER = "importer"
OWNERS = Option(
    name="unknown_owners",
    label=_("Unknown owners"),
    none=_("Refuse the row"),
    choices=lambda: [(IMPORTER, _("Assign to whoever imports"))],
    read=lambda text: "" if text == "refuse" else text,
    refusal=_("Write refuse or importer."),
    field="owner_email",
    offer=_("Choose who takes rows without an owner"),
)
COUNTRY = Option(
    name="default_country",
    label=_("Country for numbers without a code"),
    none=_("Off: report an error"),
    choices=_regions,
    read=values.country,
    refusal=_("There is no such country. Give its two letters, like ES."),
)
