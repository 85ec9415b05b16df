"""What the page of a person shows around its tabs: the tabs, the ways to reach them, the neighbours in the list."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.models import Person
from tesoro.access import Request


@dataclass(frozen=True)
class Section:
    """A tab that is still to be filled: its word, its icon, and what will stand there."""

    label: Any
    icon: str
    title: Any
    text: Any


LATER = {
    "deals": Section(
        _("Deals"),
        "handshake",
        _("No deals yet"),
        _("Deals this contact takes part in will be here, with stage and value."),
    ),
    "emails": Section(
        _("Emails"), "email", _("No emails yet"), _("Emails sent from here, and the replies to them, will be here.")
    ),
    "calls": Section(_("Calls"), "call", _("No calls yet"), _("Calls, with length and outcome, will be here.")),
    "whatsapp": Section(
        _("WhatsApp"), "whatsapp", _("No WhatsApp messages yet"), _("The conversation on WhatsApp will be here.")
    ),
    "sms": Section(_("SMS"), "sms", _("No SMS yet"), _("Text messages, sent and received, will be here.")),
    "tasks": Section(_("Tasks"), "task", _("No tasks yet"), _("What is to be done, by whom and when, will be here.")),
    "meetings": Section(
        _("Meetings"), "meeting", _("No meetings yet"), _("Viewings, calls and appointments will be here.")
    ),
    "attachments": Section(
        _("Attachments"), "attachment", _("No files yet"), _("Files up to 25 MB, for the office only, will be here.")
    ),
}
FILLED = {
    "activities": ("detail", _("Activities")),
    "info": ("info", _("Contact Info")),
    "notes": ("notes", _("Notes")),
}
ORDER = [
    "activities", "info", "deals", "notes", "emails", "calls", "whatsapp", "sms", "tasks", "meetings", "attachments",
]  # fmt: skip
NOT_FOR_LEADS = {"deals"}


@dataclass(frozen=True)
class Tab:
    """One tab of the record, at its own address."""

    key: str
    label: Any
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True)
class Reach:
    """One way to reach the person. Without ``url`` it is off, and ``label`` says why."""

    icon: str
    label: str
    url: str = ""
    outside: bool = False


def tabs_for(person: Person) -> list[str]:
    """Return the tabs of a person's page, in order: a lead takes part in no deals."""
    return [key for key in ORDER if person.is_contact or key not in NOT_FOR_LEADS]


class Record:
    """A person as their page shows them. Nothing is asked of the database before it is used."""

    def __init__(self, request: Request, person: Person, tab: str) -> None:
        self.request = request
        self.person = person
        self.tab = tab

    @property
    def section(self) -> str:
        """The namespace of the person's addresses."""
        return "contacts" if self.person.is_contact else "leads"

    @property
    def list_url(self) -> str:
        """The address of the list the person is in."""
        return reverse(f"{self.section}:list")

    def url_of(self, tab: str) -> str:
        """Return the address of a tab."""
        if tab in FILLED:
            return reverse(f"{self.section}:{FILLED[tab][0]}", args=[self.person.pk])
        return reverse(f"{self.section}:tab", args=[self.person.pk, tab])

    @property
    def info_url(self) -> str:
        """The address of the tab with all fields."""
        return self.url_of("info")

    @property
    def notes_url(self) -> str:
        """Where notes are listed, and posted."""
        return self.url_of("notes")

    @cached_property
    def notes_count(self) -> int:
        """How many notes there are."""
        return self.person.note_set.count()

    @cached_property
    def tags(self) -> list[Any]:
        """The person's tags, in their order."""
        return list(self.person.tags.order_by("key"))

    @cached_property
    def tabs(self) -> list[Tab]:
        """The tabs, in order; those that hold something say how much."""
        counts = {"notes": self.notes_count}
        return [
            Tab(key, self._label(key), self.url_of(key), key == self.tab, counts.get(key, 0))
            for key in tabs_for(self.person)
        ]

    @property
    def coordinates(self) -> str:
        """Latitude and longitude as maps take them: "38.59870, -0.05120"."""
        return f"{self.person.latitude:.5f}, {self.person.longitude:.5f}"

    @property
    def heading(self) -> Any:
        """The name of the tab that is open."""
        return self._label(self.tab)

    @staticmethod
    def _label(key: str) -> Any:
        return FILLED[key][1] if key in FILLED else LATER[key].label

    @property
    def reach(self) -> list[Reach]:
        """The ways to reach the person; those that "do not contact" forbids, or that are not there yet, say so."""
        ways = self._open_ways()
        if self.person.do_not_contact:
            off = now_("%(way)s: off, because this person asked not to be contacted")
            ways = [Reach(way.icon, off % {"way": way.label}) for way in ways]
        note = Reach("note", now_("Write a note"), f"{self.url_of('activities')}#id_body")
        return [*ways, note, *(self._to_come(tab) for tab in ("tasks", "meetings"))]

    @cached_property
    def quiet_since(self) -> datetime | None:
        """When the person asked not to be contacted, if an edit among the last hundred says so."""
        edits = self.person.events.filter(verb="changed").order_by("-at", "-pk").values_list("at", "data")[:100]
        return next((at for at, data in edits if _names(data, "do_not_contact")), None)

    def _open_ways(self) -> list[Reach]:
        phone = _e164(self.person.phone)
        whatsapp = (_e164(self.person.whatsapp) or phone).lstrip("+")
        return [
            Reach("email", now_("Email"), f"mailto:{self.person.email}"),
            Reach("call", now_("Call"), f"tel:{phone}"),
            Reach("whatsapp", now_("WhatsApp"), f"https://wa.me/{whatsapp}", outside=True),
            Reach("sms", now_("SMS"), f"sms:{phone}"),
        ]

    @staticmethod
    def _to_come(tab: str) -> Reach:
        section = LATER[tab]
        return Reach(section.icon, now_("%(way)s: will come with the tab of this name") % {"way": section.label})

    @cached_property
    def newer(self) -> str:
        """The address of the person above in the list's default order, or nothing."""
        return self._neighbour("gt", "last_activity_at", "pk")

    @cached_property
    def older(self) -> str:
        """The address of the person below in the list's default order, or nothing."""
        return self._neighbour("lt", "-last_activity_at", "-pk")

    def _neighbour(self, op: str, *order: str) -> str:
        at, pk = self.person.last_activity_at, self.person.pk
        beyond = Q(**{f"last_activity_at__{op}e": at}) & (Q(**{f"last_activity_at__{op}": at}) | Q(**{f"pk__{op}": pk}))
        rows = Person.objects.for_account(self.person.account_id).filter(beyond, kind=self.person.kind)
        found = rows.order_by(*order).values_list("pk", flat=True).first()
        return reverse(f"{self.section}:detail", args=[found]) if found else ""


def _names(data: dict[str, Any], field: str) -> bool:
    return any(change.get("field") == field for change in data.get("changes", []) if isinstance(change, dict))


def _e164(number: Any) -> str:
    return getattr(number, "as_e164", None) or str(number or "")
