"""What the page of a person shows around its tabs: the tabs, the ways to reach them, the neighbours in the list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.attachments.models import Attachment
from contacts.calls.models import Call
from contacts.emails.models import BouncedAddress, Email
from contacts.info import SHEET, Past, pasts_of
from contacts.meetings.models import Attendance
from contacts.messaging.models import Channel, Message
from contacts.models import Person
from contacts.subjects.sheet import Sheet
from contacts.tasks.models import Task
from contacts.timeline.models import Note
from contacts.within import InList
from tesoro.tenancy import fetch
from tesoro.trash import live

LABELS: dict[str, Any] = {
    "activities": _("Activities"),
    "info": _("Contact Info"),
    "deals": _("Deals"),
    "notes": _("Notes"),
    "emails": _("Emails"),
    "calls": _("Calls"),
    "whatsapp": _("WhatsApp"),
    "sms": _("SMS"),
    "tasks": _("Tasks"),
    "meetings": _("Meetings"),
    "attachments": _("Attachments"),
}
OF_CONTACTS = {"deals"}
# Rooms above say here what their tab counts, by its key; ``contacts.person_urls`` takes its address.
counted: dict[str, Callable[[], Any]] = {}


@dataclass(frozen=True)
class Reach:
    """One way to reach the person, or one thing to do with them. Without ``url`` it is off, and ``told`` says why.

    ``panel``: the form opens in the side panel. ``key`` presses it. ``told`` is all that ``label`` is short for.
    """

    icon: str
    label: str
    url: str = ""
    key: str = ""
    panel: bool = False
    told: str = ""


def entries() -> dict[str, Any]:
    """Return what each tab counts, whoever's it is: what is live, to be done yet, and not called off."""
    messages = Message.objects
    return {
        **{key: rows() for key, rows in counted.items()},
        "notes": Note.objects.all(),
        "emails": Email.objects.all(),
        "calls": Call.objects.all(),
        "whatsapp": messages.filter(channel=Channel.WHATSAPP),
        "sms": messages.filter(channel=Channel.SMS),
        "tasks": Task.objects.open(),
        "meetings": Attendance.objects.filter(live("meeting"), meeting__cancelled_at=None),
        "attachments": Attachment.objects.all(),
    }


class Record(InList):
    """A person as their page shows them."""

    labels: ClassVar[dict[str, Any]] = LABELS
    sheet: ClassVar[Sheet] = SHEET
    template: ClassVar[str] = "contacts/detail.html"
    saved_template: ClassVar[str] = "contacts/_fact_saved.html"

    @property
    def person(self) -> Person:
        """The person."""
        return self.subject

    @property
    def short_name(self) -> str:
        """The first name."""
        return self.person.first_name

    @cached_property
    def keys(self) -> list[str]:
        """The tabs, in order. A lead has those of contacts only while they hold something from when they were one."""
        if self.person.is_contact:
            return list(LABELS)
        return [key for key in LABELS if key not in OF_CONTACTS or self.counts.get(f"n_{key}")]

    def entries(self) -> dict[str, Any]:
        """Return what each tab counts."""
        return entries()

    def neighbours(self) -> Any:
        """Return the live people of the section the person is in."""
        return Person.objects.for_account(self.person.account_id).filter(kind=self.person.kind)

    def reloaded(self) -> Person:
        """Return the person as they are stored now."""
        people = Person.objects.select_related("account", "assigned_to", "relation", "created_by")
        return fetch(people, self.request, pk=self.person.pk)

    @property
    def kinds(self) -> list[Reach]:
        """What the composer can begin. A call that took place can be noted also with somebody not to be called."""
        email = Reach("email", now_("Email"), self.form_url("email"), "email")
        return [
            Reach("note", now_("Note"), self.url_of("activities"), "note"),
            replace(email, url="", told=_off(email)) if self.person.do_not_contact else email,
            Reach("call", now_("Call"), self.form_url("call"), "call"),
            Reach("task", now_("Task"), self.form_url("task"), "task"),
            Reach("calendar-plus", now_("Meeting"), self.form_url("meeting"), "meeting"),
        ]

    @property
    def reach(self) -> list[Reach]:
        """The ways to reach the person, and what to do with them. What "do not contact" forbids says so."""
        note = f"{self.url_of('activities')}#note-body"
        ways = [
            Reach("email", now_("Email"), self.form_url("email"), "m", True, now_("Write an email")),
            Reach("call", now_("Call"), self.form_url("call"), "c", True, now_("Call, or log a call")),
            Reach("whatsapp", now_("WhatsApp"), f"{self.url_of('whatsapp')}#compose", told=now_("Write on WhatsApp")),
            Reach("sms", now_("SMS"), f"{self.url_of('sms')}#compose", told=now_("Write an SMS")),
        ]
        if self.person.do_not_contact:
            ways = [_silent(way) for way in ways]
        return [
            *ways,
            Reach("note", now_("Note"), note, "n", told=now_("Write a note")),
            Reach("task", now_("Task"), self.form_url("task"), "t", True, now_("New task")),
            Reach("calendar-plus", now_("Meeting"), self.form_url("meeting"), "", True, now_("New meeting")),
        ]

    @cached_property
    def pasts(self) -> list[Past]:
        """What is still known of what the person was before."""
        return pasts_of(self.person)

    @cached_property
    def bounced(self) -> BouncedAddress | None:
        """Why mail to the person's address came back, if it did."""
        return BouncedAddress.of(self.person)

    @cached_property
    def quiet_since(self) -> datetime | None:
        """When the person asked not to be contacted, if one of the last hundred edits says so."""
        edits = self.person.events.filter(verb__in=["silenced", "changed"]).order_by("-at", "-pk")
        rows = edits.values_list("verb", "at", "data")[:100]
        return next((at for verb, at, data in rows if verb == "silenced" or _names(data, "do_not_contact")), None)


def _off(way: Reach) -> str:
    return now_("%(way)s: off, because this person asked not to be contacted") % {"way": way.label}


def _silent(way: Reach) -> Reach:
    """Return what is left of a way to somebody who is not to be contacted: a call that took place can be logged."""
    if way.icon != "call":
        return replace(way, url="", panel=False, told=_off(way))
    told = now_("Log a call (calling is off, because this person asked not to be contacted)")
    return replace(way, told=told)


def _names(data: dict[str, Any], field: str) -> bool:
    return any(change.get("field") == field for change in data.get("changes", []) if isinstance(change, dict))
