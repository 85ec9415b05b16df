"""The relation: a company that contacts can belong to."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.relations.models.choices import Channel, RelationType, Status
from contacts.subjects.revising import Revisable
from contacts.subjects.trashing import TrashCommands
from contacts.timeline.recording import record
from tesoro import search
from tesoro.addresses import LOCATED, Addressed
from tesoro.drawn import with_drawn
from tesoro.fields import EmailAddressField, LineField, ProseField
from tesoro.phones import PhoneField
from tesoro.text import natural_key
from tesoro.trash import LiveManager, Trashable, TrashQuerySet
from tesoro.websites import WebsiteField

NAME_LEAST = 3
CREDIT_LIMIT = 200
NOTE_LIMIT = 10_000
TRACKED = [
    "name", "type", "status", "email", "phone", "website", "preferred_channel", "credit_terms", "street", "zip_code",
    "city", "state", "country", "note",
]  # fmt: skip
DRAWN = {"name_key": ["name"], "search_text": ["name", "email", "phone"]}
LIVE = Q(deleted_at__isnull=True)


class RelationQuerySet(TrashQuerySet):
    """Queries with names."""

    def matching(self, account: Any, query: str) -> Self:
        """Return those whose name, email or phone matches ``query``; see :mod:`tesoro.search`."""
        return search.search(self, account, query)

    def with_people(self) -> Self:
        """Count the people of each, those in the trash left out, as ``people_count``."""
        people = Relation._meta.get_field("people").related_model._default_manager.filter(relation=OuterRef("pk"))
        counted = people.order_by().values("relation").annotate(n=Count("pk")).values("n")
        return self.annotate(people_count=Coalesce(Subquery(counted), 0))


class Relation(Revisable, TrashCommands, Addressed, search.Searchable):
    """A company: law firm, notary's office, bank, builder, external agency."""

    subject: ClassVar[str] = "relation"
    namespace: ClassVar[str] = "relations"
    tracked: ClassVar[Sequence[str]] = TRACKED

    name = LineField(_("name"), max_length=100)
    type = models.CharField(_("type"), max_length=12, choices=RelationType.choices, default=RelationType.OTHER)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ACTIVE)
    email = EmailAddressField(_("email"), blank=True, default="")
    phone = PhoneField(_("phone"), blank=True, default="")
    website = WebsiteField(_("website"), blank=True, default="")
    preferred_channel = models.CharField(
        _("preferred channel"), max_length=8, choices=Channel.choices, blank=True, default=""
    )
    credit_terms = LineField(_("credit terms"), max_length=CREDIT_LIMIT, blank=True, default="")
    note = ProseField(_("note"), max_length=NOTE_LIMIT, blank=True, default="")
    tags = models.ManyToManyField(
        "contacts.Tag", through="relations.RelationTag", related_name="relations", blank=True, verbose_name=_("tags")
    )

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    last_activity_at = models.DateTimeField(_("last activity"), default=timezone.now, editable=False)
    name_key = models.CharField(max_length=200, editable=False)
    # Which row of which file made this company: the guard against creating any twice.
    import_run = models.ForeignKey(
        "imports.ImportRun", on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    import_line = models.PositiveIntegerField(null=True, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(RelationQuerySet)()
    with_trash: ClassVar[Any] = RelationQuerySet.as_manager()

    class Meta(Trashable.Meta):
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        indexes = [
            models.Index(fields=["account", "name_key", "id"], name="relation_name", condition=LIVE),
            models.Index(fields=["account", "created_at", "id"], name="relation_created", condition=LIVE),
            models.Index(fields=["account", "last_activity_at", "id"], name="relation_active", condition=LIVE),
            models.Index(
                fields=["account", "last_activity_at", "id"], name="relation_located", condition=LIVE & LOCATED
            ),
            models.Index(fields=["account", "type", "id"], name="relation_type", condition=LIVE),
            models.Index(fields=["account", "city", "id"], name="relation_city", condition=LIVE),
            models.Index(fields=["account", "deleted_at", "id"], name="relation_trash", condition=~LIVE),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["import_run", "import_line"],
                condition=Q(import_run__isnull=False),
                name="relation_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Judge the length of the name from below."""
        super().clean()
        if 0 < len(self.name) < NAME_LEAST:
            raise ValidationError({"name": _("A company's name has at least 3 characters.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the columns that order and search are drawn from."""
        self.draw_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_drawn(kwargs["update_fields"], DRAWN)
        super().save(*args, **kwargs)

    def add(self, *, by: Any, tags: list[str] | None = None) -> "Relation":
        """Store a new company with the event "created", in one transaction. Raises ValidationError by field."""
        self.created_by = by
        self.judge()
        with transaction.atomic():
            self.save()
            record("created", by=by, relation=self)
            self.set_tags(tags or [])
        return self

    @property
    def section(self) -> str:
        """The name of the section companies are in."""
        return str(_("Relations"))

    def get_absolute_url(self) -> str:
        """Return the address of the company's page."""
        return reverse("relations:detail", args=[self.pk])

    def draw_keys(self) -> None:
        """Draw the stored keys from the fields they depend on."""
        self.name_key = natural_key(self.name, "")
        phone = getattr(self.phone, "as_e164", None) or str(self.phone or "")
        self.search_text = search.text_for([self.name, self.email], [phone])
