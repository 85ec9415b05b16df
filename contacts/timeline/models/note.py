"""The note: what somebody of the office wrote down. Markdown, made safe when shown."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models.event import Event
from tesoro.fields import ProseField
from tesoro.trash import LiveManager, Trashable, TrashQuerySet

NOTE_LIMIT = 10_000


class NoteQuerySet(TrashQuerySet):
    """Queries with names."""

    def newest(self) -> Any:
        """Return notes as the tab shows them: pinned ones first, then newest first."""
        return self.select_related("author", "event").order_by("-pinned", "-created_at", "-id")


class Note(Trashable):
    """A note on a person. Its author may edit and delete it, an admin any."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="note", editable=False)
    person = models.ForeignKey("contacts.Person", on_delete=models.CASCADE, related_name="note_set", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    body = ProseField(_("note"), max_length=NOTE_LIMIT)
    pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(NoteQuerySet)()
    with_trash: ClassVar[Any] = NoteQuerySet.as_manager()

    class Meta(Trashable.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.body[:60]

    def may_change(self, user: Any) -> bool:
        """Whether ``user`` may edit and delete the note: its author and every admin."""
        return user.is_admin or user.pk == self.author_id

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

    def trash(self, *, by: Any) -> None:
        """Move the note to the trash, or raise PermissionDenied."""
        self.demand(by)
        self.deleted_at, self.deleted_by = timezone.now(), by
        self.save(update_fields=["deleted_at", "deleted_by"])

    def restore(self, *, by: Any) -> None:
        """Take the note out of the trash again, or raise PermissionDenied."""
        self.demand(by)
        self.deleted_at = self.deleted_by = None
        self.save(update_fields=["deleted_at", "deleted_by"])

    def demand(self, user: Any) -> None:
        """Raise PermissionDenied unless ``user`` may change the note."""
        if not self.may_change(user):
            raise PermissionDenied
