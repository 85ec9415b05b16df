"""The contact: a person the office does business with."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.choices import Kind
from contacts.models.person import Person, PersonQuerySet


class ContactManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Live contacts only."""

    def get_queryset(self) -> Any:
        """Return live contacts."""
        return super().get_queryset().live().contacts()


class Contact(Person):
    """A person seen as a contact. The base manager does not filter by kind: a link outlives a conversion."""

    objects: ClassVar[Any] = ContactManager()
    with_trash: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        proxy = True
        base_manager_name = "with_trash"
        default_manager_name = "objects"
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row as a contact; an existing one keeps its kind."""
        if self._state.adding:
            self.kind = Kind.CONTACT
        super().save(*args, **kwargs)
