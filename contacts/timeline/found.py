"""Notes as the search from every page finds and shows them: whose they are, and the passage that matches."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.finder.groups import Group, Hit, glyph
from contacts.timeline.models import Note
from tesoro.markdown import plain
from tesoro.moments import day


def note_hit(note: Any) -> Hit:
    """Return a note as a hit: it opens at its place on the page of whose it is."""
    author = note.author.first_name if note.author else ""
    return Hit(
        key=note.pk,
        url=reverse("timeline:note", args=[note.pk]),
        title=str(note.whose),
        face=glyph("note"),
        prose=plain(note.body, len(note.body)),
        aside=" · ".join(filter(None, [author, day(note.created_at)])),
    )


# Of so many notes the subject may lie in the trash before one is missed.
SHOWN_FEWER = 15
HEAVY = [
    "search_text", "person__notes", "person__search_text", "relation__note", "relation__search_text",
    "deal__description", "deal__search_text",
]  # fmt: skip

NOTES = Group(
    name="notes",
    title=_("Notes"),
    # Whether whose they are lies in the trash is asked of the few: joined to all, PostgreSQL gives up the order.
    rows=Note.objects.for_account,
    loaded=lambda rows: rows.in_sight().defer(*HEAVY),
    spare=SHOWN_FEWER,
    hit=note_hit,
    place=50,
    by="created_at",
)
