"""The trash: a deleted row leaves every list, search, picker and count, and can come back.

``objects`` shows live rows and is the default manager. ``with_trash`` shows all and is the base manager, so that a
timeline entry still finds its person. Filters and counts *across* a relation use no manager: add :func:`live` there.
"""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.tenancy import AccountOwned, AccountQuerySet


def live(path: str = "") -> models.Q:
    """Return the condition "not in the trash" for the rows behind the relation ``path``.

    >>> Relation.objects.annotate(n=Count("people", filter=live("people")))  # doctest: +SKIP
    """
    return models.Q(**{f"{path}__deleted_at__isnull" if path else "deleted_at__isnull": True})


class TrashQuerySet(AccountQuerySet):
    """Rows of which some may lie in the trash."""

    def live(self) -> Self:
        """Return the rows that are not in the trash."""
        return self.filter(live())

    def trashed(self) -> Self:
        """Return the rows that are in the trash."""
        return self.exclude(live())


class LiveManager(models.Manager):
    """The default manager of a model with a trash: live rows only."""

    def get_queryset(self) -> Any:
        """Return the live rows."""
        return super().get_queryset().filter(deleted_at__isnull=True)


class Trashable(AccountOwned):
    """A row that is deleted into the trash."""

    deleted_at = models.DateTimeField(_("deleted"), null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects: ClassVar[Any] = LiveManager.from_queryset(TrashQuerySet)()
    with_trash: ClassVar[Any] = TrashQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "with_trash"
        default_manager_name = "objects"

    @property
    def in_trash(self) -> bool:
        """Whether the row lies in the trash."""
        return self.deleted_at is not None

    def put_away(self, *, by: Any) -> None:
        """Move the row to the trash, and nothing else: what that means beside it is the command's to say."""
        self._lie(timezone.now(), by)

    def take_back(self) -> None:
        """Take the row, and nothing else, out of the trash again."""
        self._lie(None, None)

    def _lie(self, at: datetime | None, by: Any) -> None:
        self.deleted_at, self.deleted_by = at, by
        self.save(update_fields=["deleted_at", "deleted_by"])

    def clean(self) -> None:
        """Refuse new links to rows in the trash, which Django's own check of foreign keys accepts.

        A link that stood before its target was deleted stays: deleting a company leaves its people as they are.
        """
        super().clean()
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Trashable):
                target = getattr(self, field.name)
                if target is not None and target.in_trash and not self._stands_already(field):
                    raise ValidationError({field.name: _("This record is in the trash.")})

    def _stands_already(self, field: models.ForeignKey) -> bool:
        key = getattr(self, field.attname)
        return type(self)._base_manager.filter(pk=self.pk, **{field.attname: key}).exists()
