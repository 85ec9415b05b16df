"""What the conversion of a lead offers beside the contact: rooms above register what they can make of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Offer:
    """Something that can be made along with a contact.

    ``fields`` returns what the dialog asks for it, proposed from the lead (None where many are converted at once), by
    names that no other offer uses. ``make`` is called in the transaction of the conversion with the contact, the lead,
    who converts, and what was answered; it may raise ValidationError by those names.
    """

    label: Any
    fields: Callable[[Any], Mapping[str, Any]]
    make: Callable[[Any, Any, Any, Mapping[str, Any]], Any]


offers: dict[str, Offer] = {}
