"""Everything that points to a person, and what becomes of it when two are merged.

The links are drawn from Django's own knowledge of all models. Each must be treated by name here, or registered by the
app above that owns it: a merge that meets a link nobody thought of raises, and a test finds it before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.apps import apps
from django.db.models import Q

from contacts.meetings.models.attendance import FOLLOWING
from contacts.models import Person
from contacts.models.companions import companions
from contacts.timeline.models import Event


class How(Enum):
    """What becomes of the rows behind a link."""

    MOVE = auto()  # they hang on who stays
    UNITE = auto()  # they do, but where who stays has the same already: those stay with who goes
    COMPANION = auto()  # the one row beside a person goes along where who stays has none
    STAY = auto()  # they are about the two as they were


class Forgotten(LookupError):
    """A model points to a person, and nobody has said what becomes of its rows when two people are merged."""


@dataclass(frozen=True)
class Treatment:
    """``beside`` are the fields that make a row the only one of its person, for ``UNITE``.

    ``settle(kept, gone, memory)`` is called with two such rows: it may give what is better of one to the other.
    ``returned(rows, gone)`` leaves out the rows that do not go back to who went when the merge is undone.
    """

    how: How
    beside: Sequence[str] = ()
    settle: Callable[[Any, Any, Any], None] | None = None
    returned: Callable[[Any, Any], Any] | None = None


@dataclass(frozen=True)
class Link:
    """A foreign key to a person."""

    field: Any

    @property
    def label(self) -> str:
        """Its name: "tasks.Task.person"."""
        return str(self.field)

    @property
    def treatment(self) -> Treatment:
        """What becomes of its rows. Raises Forgotten."""
        if self.label in TREATMENTS:
            return TREATMENTS[self.label]
        if self.field.model in {_model(companion.name) for companion in companions}:
            return Treatment(How.COMPANION)
        raise Forgotten(self.label)

    def rows(self, person: Any) -> Any:
        """Return the rows that point to ``person``, those in the trash too."""
        return self.field.model._base_manager.filter(**{self.field.name: person}).order_by("pk")


def links() -> list[Link]:
    """Return every foreign key to a person, also those of tables that Django makes for many-to-many fields."""
    models = apps.get_models(include_auto_created=True)
    return [Link(field) for model in models for field in model._meta.local_fields if _to_person(field)]


def _to_person(field: Any) -> bool:
    return isinstance(field.related_model, type) and issubclass(field.related_model, Person)


def link_named(label: str) -> Link:
    """Return the link of this label. Raises LookupError when there is none any more."""
    model, _dot, name = label.rpartition(".")
    return Link(apps.get_model(model)._meta.get_field(name))


def register(label: str, treatment: Treatment) -> None:
    """Say what becomes of the rows of an app above: ``register("deals.Party.person", Treatment(How.MOVE))``."""
    TREATMENTS[label] = treatment


def attend_once(kept: Any, gone: Any, memory: Any) -> None:
    """Let who stays attend a meeting that both attend, as one who knows what either was told; who goes is taken off.

    What the timeline of who goes tells of the meeting stays there: the other tells it already.
    """
    if kept.left_at is not None and gone.left_at is None:
        memory.patch(kept, left_at=None)
        for event in _told_of(kept).filter(shown=False) if not kept.meeting.in_trash else []:
            memory.patch(event, shown=True)
    if (gone.invited_sequence or -1) > (kept.invited_sequence or -1):
        memory.patch(kept, invited_sequence=gone.invited_sequence)
    if gone.left_at is None:
        memory.patch(gone, left_at=memory.at)
    memory.staying.update(_told_of(gone).values_list("pk", flat=True))


def _told_of(attendance: Any) -> Any:
    """Return the events by which a timeline tells that its person attends, and what became of the meeting."""
    of_meeting = Q(verb__in=FOLLOWING, data__meeting=attendance.meeting_id)
    return Event.objects.filter(Q(pk=attendance.event_id) | of_meeting, person=attendance.person_id)


def _model(name: str) -> Any:
    return Person._meta.get_field(name).related_model


# UNITE comes first in this order: what stays behind takes its events with it.
TREATMENTS: dict[str, Treatment] = {
    "contacts.PersonTag.person": Treatment(How.UNITE, ["tag"]),
    "meetings.Attendance.person": Treatment(How.UNITE, ["meeting"], attend_once),
    "attachments.Attachment.person": Treatment(How.MOVE),
    "calls.Call.person": Treatment(How.MOVE),
    "emails.Conversation.person": Treatment(How.MOVE),
    "emails.Email.person": Treatment(How.MOVE),
    "lines.Stray.person": Treatment(How.MOVE),
    "messaging.Message.person": Treatment(How.MOVE),
    "tasks.Task.person": Treatment(How.MOVE),
    "timeline.Event.person": Treatment(How.MOVE),
    "timeline.Note.person": Treatment(How.MOVE),
    "duplicates.Suggestion.one": Treatment(How.STAY),
    "duplicates.Suggestion.two": Treatment(How.STAY),
    "duplicates.Dismissal.one": Treatment(How.STAY),
    "duplicates.Dismissal.two": Treatment(How.STAY),
    "duplicates.Merge.kept": Treatment(How.STAY),
    "duplicates.Merge.gone": Treatment(How.STAY),
}
