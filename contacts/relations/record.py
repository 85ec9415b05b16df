"""What the page of a company shows around its tabs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.models import Person
from contacts.relations.forms import RelationFieldForm
from contacts.relations.models import Channel, Relation
from contacts.subjects.sheet import Groups, Sheet
from contacts.timeline.models import Note
from contacts.within import InList
from tesoro.tenancy import fetch

GROUPS: Groups = {
    "company": (_("Company"), ["name", "type", "status", "tags"]),
    "reach": (_("Reach"), ["email", "phone", "website", "preferred_channel"]),
    "terms": (_("Terms"), ["credit_terms"]),
    "address": (_("Address"), ["street", "zip_code", "city", "state", "country"]),
    "about": (_("About"), ["note"]),
}
LABELS: Mapping[str, Any] = {
    "name": _("Name"),
    "type": _("Type"),
    "status": _("Status"),
    "tags": _("Tags"),
    "email": _("Email"),
    "phone": _("Phone"),
    "website": _("Website"),
    "preferred_channel": _("Preferred channel"),
    "credit_terms": _("Credit terms"),
    "street": _("Street"),
    "zip_code": _("Zip code"),
    "city": _("City"),
    "state": _("State"),
    "country": _("Country"),
    "note": _("Note"),
}
SHEET = Sheet(
    groups=lambda relation: GROUPS,
    labels=LABELS,
    form=lambda relation: RelationFieldForm,
    absent={"tags": _("None"), "preferred_channel": _("None")},
    wide=frozenset({"name", "tags", "email", "website", "credit_terms", "street", "note"}),
)
ICONS = {Channel.EMAIL: "email", Channel.PHONE: "call", Channel.WHATSAPP: "whatsapp", Channel.SMS: "sms"}


@dataclass(frozen=True)
class Way:
    """One way to reach the company, through what the device has for it. Without ``url`` there is none."""

    icon: str
    label: str
    url: str
    told: str
    key: str = ""
    preferred: bool = False


class RelationRecord(InList):
    """A company as its page shows it."""

    labels: ClassVar[Mapping[str, Any]] = {
        "activities": _("Activities"),
        "info": _("Info"),
        "contacts": _("Contacts"),
        "notes": _("Notes"),
        "attachments": _("Attachments"),
    }
    sheet: ClassVar[Sheet] = SHEET
    template: ClassVar[str] = "relations/detail.html"
    saved_template: ClassVar[str] = "relations/_fact_saved.html"

    def entries(self) -> dict[str, Any]:
        """Return what each tab counts."""
        return {
            "contacts": Person.objects.all(),
            "notes": Note.objects.all(),
            "attachments": Attachment.objects.all(),
        }

    def neighbours(self) -> Any:
        """Return the companies of the account."""
        return Relation.objects.for_account(self.subject.account_id)

    def reloaded(self) -> Relation:
        """Return the company as it is stored now."""
        return fetch(Relation.objects.select_related("account", "created_by"), self.request, pk=self.subject.pk)

    @cached_property
    def ways(self) -> list[Way]:
        """How the company is reached: by email, phone and website."""
        company, preferred = self.subject, self.subject.preferred_channel
        number = getattr(company.phone, "as_e164", "")
        return [
            Way(
                "email",
                now_("Email"),
                f"mailto:{company.email}" if company.email else "",
                now_("Write an email") if company.email else now_("Email: no address is known"),
                "m",
                preferred == Channel.EMAIL,
            ),
            Way(
                "call",
                now_("Call"),
                f"tel:{number}" if number else "",
                now_("Call") if number else now_("Call: no number is known"),
                "c",
                preferred == Channel.PHONE,
            ),
            Way(
                "globe",
                now_("Website"),
                company.website,
                now_("Open the website in a new tab") if company.website else now_("Website: none is known"),
            ),
            Way("note", now_("Note"), f"{self.url_of('activities')}#note-body", now_("Write a note"), "n"),
        ]

    @property
    def site(self) -> str:
        """The website as one says it: "example.com/office"."""
        parts = urlsplit(self.subject.website)
        return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
