"""The entry: what has a table of its own and stands on a timeline by its event."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models.event import SUBJECTS, Event
from tesoro.trash import LiveManager, Trashable, TrashQuerySet, live


class Entry(Trashable):
    """A note, task, email, call … of a person. Its author may edit and delete it, an admin any.

    In the trash its event is hidden, so that a page of the timeline stays one query on one index.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="%(class)s", editable=False)
    person = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, related_name="%(class)s_set", editable=False, db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(TrashQuerySet)()
    with_trash: ClassVar[Any] = TrashQuerySet.as_manager()

    class Meta(Trashable.Meta):
        abstract = True
        # deleted_at stands in it so that a tab counts its entries from the index alone.
        indexes = [models.Index(fields=["person", "deleted_at", "created_at", "id"], name="%(class)s_of_person")]

    @property
    def whose(self) -> Any:
        """Whose entry it is: the first of the subjects that it may be of and is."""
        links = (name for name in SUBJECTS if getattr(self, f"{name}_id", None))
        return getattr(self, next(links, SUBJECTS[0]))

    @property
    def timelines(self) -> list[Any]:
        """The subjects on whose timelines it stands."""
        return [self.whose]

    def may_change(self, user: Any) -> bool:
        """Whether ``user`` may edit and delete the entry: its author and every admin."""
        return user.is_admin or user.pk == self.author_id

    def demand(self, user: Any) -> None:
        """Raise PermissionDenied unless ``user`` may change the entry."""
        if not self.may_change(user):
            raise PermissionDenied

    def trash(self, *, by: Any) -> None:
        """Move the entry to the trash, or raise PermissionDenied."""
        self.demand(by)
        with transaction.atomic():
            self.put_away(by=by)
            self._show(False)

    def restore(self, *, by: Any) -> None:
        """Take the entry out of the trash again, or raise PermissionDenied."""
        self.demand(by)
        with transaction.atomic():
            self.take_back()
            self._show(True)

    def _show(self, shown: bool) -> None:
        from contacts.timeline.recording import settle_activity  # which writes events, and so imports the models

        Event.objects.filter(pk=self.event_id).update(shown=shown)
        for subject in self.timelines:
            settle_activity(subject)


class SubjectEntryQuerySet(TrashQuerySet):
    """Queries with names."""

    def in_sight(self) -> Self:
        """Return the entries whose subject does not lie in the trash, with their subject and their author."""
        return self.select_related("author", *SUBJECTS).filter(*(live(name) for name in SUBJECTS))


class SubjectEntry(Entry):
    """An entry of a person, of a company or of a deal: of one subject, whatever it is."""

    person: Any = models.ForeignKey(
        "contacts.Person", on_delete=models.CASCADE, null=True, related_name="%(class)s_set", editable=False,
        db_index=False,
    )  # fmt: skip
    relation = models.ForeignKey(
        "relations.Relation", on_delete=models.CASCADE, null=True, related_name="%(class)s_set", editable=False,
        db_index=False,
    )  # fmt: skip
    deal = models.ForeignKey(
        "deals.Deal", on_delete=models.CASCADE, null=True, related_name="%(class)s_set", editable=False, db_index=False
    )

    objects: ClassVar[Any] = LiveManager.from_queryset(SubjectEntryQuerySet)()
    with_trash: ClassVar[Any] = SubjectEntryQuerySet.as_manager()

    class Meta(Entry.Meta):
        abstract = True
        indexes = [
            *Entry.Meta.indexes,
            models.Index(
                fields=["relation", "deleted_at", "created_at", "id"],
                name="%(class)s_of_relation",
                condition=models.Q(relation__isnull=False),
            ),
            models.Index(
                fields=["deal", "deleted_at", "created_at", "id"],
                name="%(class)s_of_deal",
                condition=models.Q(deal__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, relation__isnull=True, deal__isnull=True)
                | models.Q(person__isnull=True, relation__isnull=False, deal__isnull=True)
                | models.Q(person__isnull=True, relation__isnull=True, deal__isnull=False),
                name="%(class)s_of_one",
            )
        ]
