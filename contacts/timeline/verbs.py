"""The registry of verbs: what can happen, its icon, and the sentence that page, email and export all take.

A verb that is not registered cannot be recorded; a test sees to it that each has its card.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

GROUPS: Mapping[str, Promise] = {
    "note": _("Notes"),
    "email": _("Emails"),
    "call": _("Calls"),
    "whatsapp": _("WhatsApp"),
    "sms": _("SMS"),
    "task": _("Tasks"),
    "meeting": _("Meetings"),
    "attachment": _("Attachments"),
    "enquiry": _("Enquiries"),
    "deal": _("Deals"),
    "change": _("Changes"),
    "record": _("Record"),
}

# What people write to the office, which waits for an answer.
WRITTEN = ["email_received", "whatsapp_received", "sms_received"]


@dataclass(frozen=True)
class Verb:
    """One kind of event.

    ``sentence`` may name ``{actor}`` and any key of the event's data; a function of the data chooses among several.
    ``upkeep`` is the office's housekeeping: it does not count as activity with the person.
    """

    key: str
    icon: str
    group: str
    sentence: Promise | Callable[[Mapping[str, Any]], str]
    card: str = ""
    tone: str = ""
    upkeep: bool = False

    def sentence_for(self, event: Any) -> SafeString:
        """Return the safe sentence of ``event``; names stand out, everything from data is escaped.

        A key that the data lack, or that holds no word, reads "…": an old or damaged row still has its line.
        """
        sentence = str(self.sentence(event.data) if callable(self.sentence) else self.sentence)
        named = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}
        words = {name: _word(event.data.get(name)) for name in named}
        if "deal" in named and event.deal_id:
            url = reverse("deals:detail", args=[event.deal_id])
            words["deal"] = format_html('<a href="{}">{}</a>', url, words["deal"])
        words["actor"] = _word(event.actor.get_full_name() if event.actor else _("Tesoro"))
        return format_html(sentence, **words)


def _word(value: Any) -> SafeString:
    """Return a name in bold, a number as it is."""
    if isinstance(value, int):
        return format_html("{}", value)
    return format_html("<b>{}</b>", value if isinstance(value, str | Promise) and str(value) else "…")


def _changed(data: Mapping[str, Any]) -> str:
    changes = data.get("changes")
    count = len(changes) if isinstance(changes, list) else 0
    sentence = ngettext("{actor} changed %(n)d field", "{actor} changed %(n)d fields", count)
    return sentence % {"n": count}


def _status_changed(data: Mapping[str, Any]) -> str:
    if data.get("reason"):
        return str(_("{actor} changed the status from {old} to {new}: {reason}"))
    return str(_("{actor} changed the status from {old} to {new}"))


def _linked(data: Mapping[str, Any]) -> str:
    if data.get("before"):
        return str(_("{actor} linked {who} with {company}, previously with {before}"))
    return str(_("{actor} linked {who} with {company}"))


def _enquired(data: Mapping[str, Any]) -> str:
    if data.get("status"):
        return str(_("{name} sent an enquiry, although this lead is {status}"))
    return str(_("{name} sent an enquiry"))


def _task_changed(data: Mapping[str, Any]) -> str:
    assigned = "to" in data
    return str(_("{actor} assigned the task {title} to {to}") if assigned else _("{actor} changed the task {title}"))


def _emailed(data: Mapping[str, Any]) -> str:
    return str(_("{actor} sent an email to {to}") if data.get("to") else _("{actor} sent an email"))


def _deal_moved(data: Mapping[str, Any]) -> str:
    if "deal" in data and data.get("reason"):
        return str(_("{actor} moved the deal {deal} from {old} to {new}: {reason}"))
    if "deal" in data:
        return str(_("{actor} moved the deal {deal} from {old} to {new}"))
    if data.get("reason"):
        return str(_("{actor} moved this deal from {old} to {new}: {reason}"))
    return str(_("{actor} moved this deal from {old} to {new}"))


def _deal_joined(data: Mapping[str, Any]) -> str:
    return str(
        _("{actor} added {who} to the deal {deal}, as {role}")
        if "deal" in data
        else _("{actor} added {who}, as {role}")
    )


def _deal_left(data: Mapping[str, Any]) -> str:
    return str(_("{actor} took {who} off the deal {deal}") if "deal" in data else _("{actor} took {who} off"))


def _deal_role(data: Mapping[str, Any]) -> str:
    return str(
        _("{actor} made {who} {role} in the deal {deal}, before {old}")
        if "deal" in data
        else _("{actor} made {who} {role}, before {old}")
    )


MERGE_CARD = "duplicates/_card.html"
VERBS: Mapping[str, Verb] = {
    verb.key: verb
    for verb in (
        Verb("created", "user-plus", "record", _("{actor} created this record")),
        Verb("imported", "import", "record", _("Imported by {actor} from {file}, line {line}")),
        Verb("changed", "pencil", "change", _changed, "timeline/cards/changes.html"),
        Verb("status_changed", "arrow-right-left", "change", _status_changed),
        Verb("stage_changed", "thermometer", "change", _("{actor} changed the stage from {old} to {new}")),
        Verb("converted", "circle-check", "record", _("{actor} made a contact of this lead, as {role}"), tone="good"),
        Verb("reverted", "undo-2", "record", _("{actor} made a lead of this contact again")),
        Verb("assigned", "user-check", "change", _("{actor} assigned this to {to}"), upkeep=True),
        Verb("tagged", "tag", "change", _("{actor} added the tag {tag}"), upkeep=True),
        Verb("untagged", "tag", "change", _("{actor} took off the tag {tag}"), upkeep=True),
        Verb("linked", "link", "change", _linked),
        Verb("unlinked", "unlink", "change", _("{actor} took the link between {who} and {company} away")),
        Verb("noted", "note", "note", _("{actor} added a note"), "timeline/cards/note.html"),
        Verb("emailed", "email", "email", _emailed, "emails/_card.html"),
        Verb("email_received", "mail-open", "email", _("{name} wrote an email"), "emails/_card.html"),
        Verb("called", "phone-outgoing", "call", _("{actor} called"), "calls/_card.html"),
        Verb("call_logged", "phone", "call", _("{actor} logged a call"), "calls/_card.html"),
        Verb("call_received", "phone-incoming", "call", _("{name} called"), "calls/_card.html"),
        Verb("whatsapp_sent", "whatsapp", "whatsapp", _("{actor} wrote on WhatsApp"), "messaging/_card.html"),
        Verb("whatsapp_received", "whatsapp", "whatsapp", _("{name} wrote on WhatsApp"), "messaging/_card.html"),
        Verb("sms_sent", "sms", "sms", _("{actor} sent an SMS"), "messaging/_card.html"),
        Verb("sms_received", "sms", "sms", _("{name} sent an SMS"), "messaging/_card.html"),
        Verb("task_added", "task", "task", _("{actor} added a task"), "tasks/_card.html"),
        Verb("task_changed", "task", "task", _task_changed, upkeep=True),
        Verb("task_done", "check", "task", _("{actor} completed the task {title}"), tone="good"),
        Verb("task_reopened", "rotate-ccw", "task", _("{actor} reopened the task {title}"), upkeep=True),
        Verb("meeting_planned", "meeting", "meeting", _("{actor} planned a meeting"), "meetings/_card.html"),
        Verb("meeting_changed", "calendar-clock", "meeting", _("{actor} changed the meeting {title}"), upkeep=True),
        Verb("meeting_cancelled", "calendar-x", "meeting", _("{actor} called off the meeting {title}"), upkeep=True),
        Verb("attached", "attachment", "attachment", _("{actor} added a file"), "attachments/_card.html"),
        Verb("enquired", "message-square-plus", "enquiry", _enquired, "enquiries/_card.html"),
        Verb("deal_made", "handshake", "deal", _("{actor} made the deal {deal} with this contact")),
        Verb("deal_moved", "arrow-right-left", "deal", _deal_moved),
        Verb("deal_joined", "user-plus", "deal", _deal_joined),
        Verb("deal_left", "user-minus", "deal", _deal_left),
        Verb("deal_role", "user-pen", "deal", _deal_role, upkeep=True),
        Verb("silenced", "ban", "change", _("{actor} noted that this person is not to be contacted"), upkeep=True),
        Verb("unsilenced", "bell", "change", _("{actor} allowed contacting this person again"), upkeep=True),
        Verb("photographed", "camera", "change", _("{actor} changed the photo"), upkeep=True),
        Verb("merged", "merge", "record", _("{actor} merged {name} into this record"), MERGE_CARD, upkeep=True),
        Verb("unmerged", "split", "record", _("{actor} undid the merge with {name}"), MERGE_CARD, upkeep=True),
        Verb("deleted", "trash-2", "record", _("{actor} moved this to the trash"), upkeep=True),
        Verb("restored", "undo-2", "record", _("{actor} restored this from the trash"), upkeep=True),
    )
}  # fmt: skip
