"""The note: what somebody of the office wrote down. Markdown, made safe when shown."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models.entry import SubjectEntry, SubjectEntryQuerySet
from tesoro import search
from tesoro.fields import ProseField
from tesoro.trash import LiveManager, live

NOTE_LIMIT = 10_000


class NoteQuerySet(SubjectEntryQuerySet):
    """Queries with names."""

    def newest(self) -> Any:
        """Return notes as the tab shows them: pinned ones first, then newest first."""
        found = self.select_related("author", "event").defer("search_text")
        return found.order_by("-pinned", "-created_at", "-id")


class Note(SubjectEntry, search.Searchable):
    """A note on a person or a company."""

    body = ProseField(_("note"), max_length=NOTE_LIMIT)
    pinned = models.BooleanField(_("pinned"), default=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(NoteQuerySet)()
    with_trash: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta(SubjectEntry.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [
            *SubjectEntry.Meta.indexes,
            models.Index(fields=["account", "created_at", "id"], name="note_newest", condition=live()),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; with the text goes what search finds it by."""
        fields = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            self.draw_keys()
            kwargs["update_fields"] = fields if fields is None else {*fields, "search_text"}
        super().save(*args, **kwargs)

    def draw_keys(self) -> None:
        """Draw the stored search text; who writes in bulk calls it for each."""
        self.search_text = search.text_of_prose(self.body)

    def revise(self, body: str, *, by: Any) -> None:
        """Give the note another text, or raise PermissionDenied."""
        self.demand(by)
        self.body = body
        self.edited_at = timezone.now()
        self.save(update_fields=["body", "edited_at"])

    def pin(self, pinned: bool) -> None:
        """Keep the note at the top of its tab, or let it go. Any colleague may."""
        self.pinned = pinned
        self.save(update_fields=["pinned"])
