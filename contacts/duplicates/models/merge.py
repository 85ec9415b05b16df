"""The merge: who went into whom, and all that is needed to part them again."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned, AccountQuerySet

UNDO_DAYS = 30


class MergeQuerySet(AccountQuerySet):
    """Queries with names."""

    def standing(self) -> Self:
        """Return those that were not undone, newest first."""
        return self.filter(undone_at=None).order_by("-pk")

    def for_list(self) -> Self:
        """Load what a line of the list shows; what an undo needs stays behind."""
        return self.select_related("kept", "gone", "by", "undone_by").defer(*MEMORY)


class Merge(AccountOwned):
    """One merge. Who stays and who goes are let go when they are deleted for good: then nothing can be undone.

    ``moved`` names the rows that hang on who stays now, by link; ``patched`` rows that were changed where both had
    one; ``fields`` what changed on who stays, by row; ``companions`` the rows beside who went that came along.
    """

    kept = models.ForeignKey("contacts.Person", on_delete=models.SET_NULL, null=True, related_name="merges")
    gone = models.ForeignKey("contacts.Person", on_delete=models.SET_NULL, null=True, related_name="merged_away")
    kept_name = models.CharField(_("who stays"), max_length=201)
    gone_name = models.CharField(_("who went"), max_length=201)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("merged"), default=timezone.now)
    moved = models.JSONField(default=dict)
    patched = models.JSONField(default=list)
    fields = models.JSONField(default=dict)
    companions = models.JSONField(default=dict)
    marked = models.JSONField(default=list)  # events that say, while they hang on who stays, whose they were
    told = models.JSONField(default=dict)  # what the event says: changes, and what was not taken over
    undone_at = models.DateTimeField(_("undone"), null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        indexes = [models.Index(fields=["account", "at", "id"], name="merge_newest")]

    def __str__(self) -> str:
        return f"{self.gone_name} → {self.kept_name}"

    @property
    def undo_until(self) -> datetime:
        """Until when it can be undone."""
        return self.at + timedelta(days=UNDO_DAYS)

    @property
    def is_undoable(self) -> bool:
        """Whether it stands, is young enough, and both are there still."""
        there = self.kept_id is not None and self.gone_id is not None
        return there and self.undone_at is None and timezone.now() < self.undo_until


MEMORY = ["moved", "patched", "fields", "companions", "marked", "told"]
