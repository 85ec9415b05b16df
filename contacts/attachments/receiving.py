"""Several files at once: those that can be kept are kept, of each of the others it is told why not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.attachments.attaching import attach
from contacts.attachments.models import Attachment


class Refusal(NamedTuple):
    """A file that was not kept: what its sender calls it, and why."""

    name: str
    reason: str


@dataclass
class Receipt:
    """What became of the files that were sent."""

    kept: list[Attachment] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What was kept, in one line."""
        if len(self.kept) == 1:
            return _("“%(name)s” added") % {"name": self.kept[0].name}
        return ngettext("%(n)d file added", "%(n)d files added", len(self.kept)) % {"n": len(self.kept)}

    @property
    def renamed(self) -> list[str]:
        """What had to be done to names, a sentence for each."""
        return [attachment.renamed for attachment in self.kept if attachment.renamed]

    def as_json(self) -> dict[str, Any]:
        """Return what the script shows beside each file."""
        return {
            "kept": [{"name": attachment.name, "note": attachment.renamed} for attachment in self.kept],
            "refused": [refusal._asdict() for refusal in self.refused],
        }


def receive(subject: Any, uploads: Iterable[Any], *, by: Any) -> Receipt:
    """Attach every upload to ``subject``, each in a transaction of its own, and say what became of it."""
    receipt = Receipt()
    for upload in uploads:
        try:
            receipt.kept.append(attach(subject, upload, by=by))
        except ValidationError as error:
            receipt.refused.append(Refusal(upload.name, error.messages[0]))
    return receipt
