"""The registry of verbs: what can happen, its icon, and the sentence that page, email and export all take.

A verb that is not registered cannot be recorded; a test sees to it that each has its card.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from contacts.timeline.models import Event

GROUPS: Mapping[str, Promise] = {
    "note": _("Notes"),
    "change": _("Changes"),
    "record": _("Created, imported, trash"),
}


@dataclass(frozen=True)
class Verb:
    """One kind of event. ``sentence`` may name ``{actor}`` and any key of the event's data."""

    key: str
    icon: str
    group: str
    sentence: Promise
    card: str = ""
    tone: str = ""
    words: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None

    def sentence_for(self, event: "Event") -> SafeString:
        """Return the safe sentence of ``event``; names stand out, everything from data is escaped.

        A key that the data lack, or that holds no word, reads "…": an old or damaged row still has its line.
        """
        sentence = str(self.sentence)
        data = self.words(event.data) if self.words else event.data
        named = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}
        words = {name: _bold(data.get(name)) for name in named}
        words["actor"] = _bold(event.actor.get_full_name() if event.actor else _("Tesoro"))
        return format_html(sentence, **words)


def _bold(value: Any) -> SafeString:
    word = value if isinstance(value, str | int | Promise) and str(value) else "…"
    return format_html("<b>{}</b>", word)


def _count_changes(data: Mapping[str, Any]) -> Mapping[str, Any]:
    changes = data.get("changes")
    return {"count": len(changes) if isinstance(changes, list) else 0}


VERBS: Mapping[str, Verb] = {
    verb.key: verb
    for verb in (
        Verb("created", "user-plus", "record", _("{actor} created this record")),
        Verb("imported", "import", "record", _("Imported by {actor} from {file}, line {line}")),
        Verb("changed", "pencil", "change", _("{actor} changed fields: {count}"), "timeline/cards/changes.html", "",
             _count_changes),
        Verb("assigned", "user-check", "change", _("{actor} assigned this to {to}")),
        Verb("tagged", "tag", "change", _("{actor} added the tag {tag}")),
        Verb("untagged", "tag", "change", _("{actor} took off the tag {tag}")),
        Verb("noted", "note", "note", _("{actor} added a note"), "timeline/cards/note.html"),
        Verb("photographed", "camera", "change", _("{actor} changed the photo")),
        Verb("deleted", "trash-2", "record", _("{actor} moved this to the trash")),
        Verb("restored", "undo-2", "record", _("{actor} restored this from the trash")),
    )
}  # fmt: skip
