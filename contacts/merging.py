"""Two who edited the same person: the second sees what the first saved, and loses nothing they typed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from contacts.models import Conflict
from contacts.subjects.revising import fields_of
from tesoro.addresses import POINT
from tesoro.geocoding.places import PLACE, PLACE_LABEL


@dataclass(frozen=True)
class Row:
    """A field that a colleague changed: its value before, as saved now, and as typed here when that differs."""

    label: str
    old: str
    new: str
    mine: str


class Merged:
    """The form after a conflict: a colleague's values where they changed something, what was typed elsewhere."""

    def __init__(self, typed: Any, conflict: Conflict) -> None:
        self.typed = typed
        self.conflict = conflict
        told = [change["field"] for change in conflict.changes if change["field"] not in POINT]  # they are told as one
        self.told = [name for name in told if all(field in typed.fields for field in fields_of(name))]
        self.names = [field for name in self.told for field in fields_of(name)]

    @cached_property
    def form(self) -> Any:
        """The form to send next, bound to the version that is stored now."""
        current: Any = self.conflict.current
        kind = type(self.typed)
        stored = kind(instance=current, user=self.typed.user)
        data: Any = self.typed.data.copy()  # type: ignore[attr-defined]
        for name in self.names:
            value = stored[name].value()
            data.setlist(name, [_posted(one) for one in (value if isinstance(value, list) else [value])])
        data["version"] = str(current.version)
        return self._marked(kind(data, instance=current, user=self.typed.user))

    def _marked(self, form: Any) -> Any:
        """Say beside each field that a colleague changed who did."""
        by: Any = self.conflict.by
        hint = _("Changed by %(name)s") % {"name": by.get_full_name()} if by else _("Changed meanwhile")
        for field in [form.fields[name] for name in self.names]:
            field.help_text = hint
            field.widget.attrs["data-disputed"] = ""
        return form

    @property
    def rows(self) -> list[Row]:
        """What the colleague changed, beside what was typed."""
        now, mine = self.conflict.current.words(), self._typed_words()
        changes = {change["field"]: change for change in self.conflict.changes}
        return [
            Row(
                str(PLACE_LABEL if name == PLACE else self.typed.fields[name].label),
                changes[name]["old"],
                now[name],
                mine[name] if mine[name] != now[name] else "",
            )
            for name in self.told
        ]

    @property
    def values(self) -> list[tuple[str, str]]:
        """What was typed into the fields the colleague changed, as the form sends it."""
        data: Any = self.typed.data
        return [(name, value) for name in self.names for value in data.getlist(name) or [""]]

    def _typed_words(self) -> dict[str, str]:
        return {**self.typed.instance.words(), "tags": ", ".join(self.typed.cleaned_data["tags"])}


def _posted(value: Any) -> str:
    """Return a field's value as the form sends it."""
    return "on" if value is True else "" if value is False or value is None else str(value)
