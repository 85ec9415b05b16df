"""The relation: a company that contacts can belong to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField
from tesoro.search import Searchable, text_for
from tesoro.text import natural_key
from tesoro.trash import Trashable


class RelationType(models.TextChoices):
    """What kind of company it is."""

    LAW_FIRM = "law_firm", _("Law firm")
    NOTARY = "notary", _("Notary's office")
    BANK = "bank", _("Bank")
    CONSTRUCTION = "construction", _("Construction company")
    AGENCY = "agency", _("Real-estate agency")
    ARCHITECT = "architect", _("Architect's office")
    DEVELOPER = "developer", _("Property developer")
    INSURANCE = "insurance", _("Insurance")
    OTHER = "other", _("Other")


class Relation(Trashable, Searchable):
    """A company: law firm, notary's office, bank, builder, external agency."""

    name = LineField(_("name"), max_length=100)
    name_key = models.CharField(max_length=200, editable=False)
    type = models.CharField(_("type"), max_length=12, choices=RelationType.choices, default=RelationType.OTHER)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    last_activity_at = models.DateTimeField(_("last activity"), default=timezone.now, editable=False)

    class Meta(Trashable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        indexes = [
            models.Index(
                fields=["account", "name_key", "id"], name="relation_name", condition=models.Q(deleted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Judge the length of the name from below."""
        super().clean()
        if len(self.name) < 3:
            raise ValidationError({"name": _("A company's name has at least 3 characters.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the columns that order and search are drawn from the name."""
        self.name_key = natural_key(self.name, "")
        self.search_text = text_for([self.name])
        super().save(*args, **kwargs)
