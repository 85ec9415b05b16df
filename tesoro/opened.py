"""What a form was opened with, so that two who change one row at once each keep what they changed.

The form carries a mark of every value it showed. Under the row's lock :func:`merge` tells by them what the user
changed, what somebody else did meanwhile, and where both meant the same field: that is :class:`Overtaken`, told at the
field.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tesoro.forms import ModelForm

Marks = Mapping[str, str]


class Overtaken(Exception):
    """Somebody saved another value since the form was opened. ``stored`` is the row as it stands now.

    ``clashes`` are the fields that both changed, ``theirs`` those that only the other did.
    """

    def __init__(self, stored: Model, clashes: Sequence[str], theirs: Sequence[str]) -> None:
        super().__init__("the row was saved by somebody else meanwhile")
        self.stored = stored
        self.clashes = clashes
        self.theirs = theirs


def mark(value: Any) -> str:
    """Return a short mark of a value; moments count by the minute, as forms show them."""
    if isinstance(value, datetime):
        value = f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    elif isinstance(value, time):
        value = f"{value:%H:%M}"
    return hashlib.sha256(("" if value is None else str(value)).encode()).hexdigest()[:12]


def marks_of(row: Model, groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the mark of each field of a row."""
    return {name: mark(getattr(row, name)) for names in groups for name in names}


def merge(mine: Model, stored: Model, opened: Marks, groups: Sequence[Sequence[str]]) -> list[str]:
    """Let ``mine`` differ from ``stored`` in nothing but what its user changed since ``opened``; return those fields.

    The fields of one group are one decision, such as a start and an end. What bears no mark counts as seen just now.
    Raises Overtaken, and changes nothing, where somebody gave the same group another value meanwhile.
    """
    changed: list[str] = []
    clashes: list[str] = []
    theirs: list[str] = []
    for names in groups:
        here, now = marks_of(mine, [names]), marks_of(stored, [names])
        before = {name: opened.get(name, now[name]) for name in names}
        differing = [name for name in names if here[name] != now[name]]
        if here == before:
            theirs += differing
        elif before == now:
            changed += differing
        else:
            clashes += differing
    if clashes:
        raise Overtaken(stored, clashes, theirs)
    for name in {name for names in groups for name in names}.difference(changed):
        setattr(mine, name, getattr(stored, name))
    return changed


class OpenedField(forms.CharField):
    """The hidden field that carries the marks. Whatever else is posted in it says nothing, and is no mistake."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Return the marks as text."""
        return json.dumps(value, separators=(",", ":")) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> dict[str, str]:
        """Return the marks by the names of their fields."""
        try:
            read = json.loads(value or "{}")
        except (ValueError, RecursionError):
            return {}
        return {name: one for name, one in read.items() if isinstance(one, str)} if isinstance(read, dict) else {}


class OpenedForm(ModelForm):
    """The form of a row that several may have open at once. ``groups`` are its fields, as :func:`merge` takes them."""

    opened = OpenedField()
    groups: Sequence[Sequence[str]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["opened"]
        else:
            self.initial["opened"] = self.marks()

    def marks(self) -> dict[str, str]:
        """Return the marks of what the form opens with."""
        return marks_of(self.instance, self.groups)

    def tell(self, overtaken: Overtaken) -> None:
        """Say at each field that both changed what it is now; whoever saves again puts theirs in its place.

        What was typed stays. Fields that only somebody else changed show their value.
        """
        data: Any = self.data
        data = data.copy()
        stored = overtaken.stored
        for name in overtaken.theirs:
            data[_shown_as(name)] = self._as_posted(stored, _shown_as(name))
        now = marks_of(stored, [[*overtaken.theirs, *overtaken.clashes]])
        data["opened"] = self.fields["opened"].prepare_value({**self.cleaned_data["opened"], **now})
        self.data = data
        for name in overtaken.clashes:
            self.add_error(_shown_as(name), _overtaken(in_words(stored, _shown_as(name))))

    def _as_posted(self, stored: Model, name: str) -> Any:
        field = self.fields[name]
        value = field.prepare_value(stored._meta.get_field(name).value_from_object(stored))  # type: ignore[union-attr]
        posted = field.widget.format_value(value)
        return posted[0] if isinstance(posted, list) else posted or ""


def in_words(row: Model, name: str) -> str:
    """Return a field of a row as a reader sees it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "D j M Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return Truncator("" if value is None else str(value)).chars(300)


def _overtaken(now: str) -> str:
    if not now:
        return _("Somebody emptied this meanwhile. Save again to put yours in its place.")
    return _("Somebody changed this meanwhile to “%(value)s”. Save again to put yours in its place.") % {"value": now}


def _shown_as(name: str) -> str:
    """Return the name of the form's field: that of a key's column is the link's."""
    return name.removesuffix("_id")
