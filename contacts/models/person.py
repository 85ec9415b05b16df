"""The person: one row, whether lead or contact, so that an email is unique across both and history survives."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models.adding import EMAIL_TAKEN, Addable
from contacts.models.choices import ROLE_GROUPS, Kind, Salutation, languages
from contacts.models.revising import RevisablePerson
from contacts.models.tag import Tag
from contacts.models.trashing import TrashCommands
from contacts.relations.models import Relation
from tesoro import search
from tesoro.addresses import LOCATED, Addressed
from tesoro.drawn import with_drawn
from tesoro.emails import email_key
from tesoro.fields import EmailAddressField, NameField, ProseField
from tesoro.media import UnderAccount
from tesoro.phones import PhoneField
from tesoro.text import natural_key
from tesoro.trash import LiveManager, Trashable, TrashQuerySet

NOTES_LIMIT = 10_000
IN_LISTS = [
    "account", "kind", "first_name", "last_name", "email", "phone", "role", "country", "avatar", "created_at",
    "last_activity_at", "email_key", "name_key", "assigned_to__email", "assigned_to__first_name",
    "assigned_to__last_name", "assigned_to__photo",
]  # fmt: skip
DRAWN = {
    "email_key": ["email"],
    "name_key": ["last_name", "first_name"],
    "search_text": ["first_name", "last_name", "email", "phone", "whatsapp"],
}
LIVE = Q(deleted_at__isnull=True)


class PersonQuerySet(TrashQuerySet):
    """Queries with names."""

    def contacts(self) -> Self:
        """Return those the office does business with."""
        return self.filter(kind=Kind.CONTACT)

    def leads(self) -> Self:
        """Return those still to be qualified."""
        return self.filter(kind=Kind.LEAD)

    def matching(self, account: Any, query: str) -> Self:
        """Return those whose name, email or phone matches ``query``; see :mod:`tesoro.search`."""
        return search.search(self, account, query)

    def with_email(self, email: str) -> Self:
        """Return those who use ``email``, whatever its case; live rows hold at most one per account."""
        return self.filter(email_key=email_key(email))

    def with_number(self, number: str) -> Self:
        """Return those who have ``number``, in E.164, as phone or for WhatsApp; the most recently active first."""
        return self.filter(Q(phone=number) | Q(whatsapp=number)).order_by("-last_activity_at", "-pk")

    def with_agent(self, *beside: str) -> Self:
        """Load what a row shows of the person and their agent, and all of the rows ``beside`` them, in one query."""
        return self.select_related("assigned_to", *beside).only(*IN_LISTS, *beside)


class Person(Addable, RevisablePerson, TrashCommands, Addressed, search.Searchable):
    """Somebody the office works with: a lead or a contact of one account."""

    subject: ClassVar[str] = "person"

    kind = models.CharField(_("section"), max_length=7, choices=Kind.choices, default=Kind.CONTACT, editable=False)
    salutation = models.CharField(
        _("salutation"), max_length=4, choices=Salutation.choices, default=Salutation.MRS, blank=True
    )
    first_name = NameField(_("first name"))
    last_name = NameField(_("last name"))
    email = EmailAddressField(_("email"))
    phone = PhoneField(_("phone"))
    whatsapp = PhoneField(_("WhatsApp number"), blank=True, default="")
    role = models.CharField(_("role"), max_length=16, choices=ROLE_GROUPS, blank=True, default="")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="people",
        db_index=False,
        verbose_name=_("assigned to"),
    )
    language = models.CharField(_("language"), max_length=2, choices=languages, blank=True, default="")
    relation = models.ForeignKey(
        Relation, on_delete=models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("relation")
    )
    notes = ProseField(_("notes"), max_length=NOTES_LIMIT, blank=True, default="")
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    avatar = models.ImageField(_("photo"), upload_to=UnderAccount("people"), blank=True, editable=False)
    tags = models.ManyToManyField(Tag, through="contacts.PersonTag", related_name="people", blank=True)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    last_activity_at = models.DateTimeField(_("last activity"), default=timezone.now, editable=False)
    email_key = models.CharField(max_length=254, editable=False)
    name_key = models.CharField(max_length=200, editable=False)
    # Which row of which file made this person: the guard against creating anybody twice.
    import_run = models.ForeignKey(
        "imports.ImportRun", on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    import_line = models.PositiveIntegerField(null=True, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(PersonQuerySet)()
    with_trash: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta(Trashable.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["account", "kind", "created_at", "id"], name="person_created", condition=LIVE),
            models.Index(fields=["account", "kind", "last_activity_at", "id"], name="person_active", condition=LIVE),
            models.Index(fields=["account", "kind", "name_key", "id"], name="person_name", condition=LIVE),
            models.Index(fields=["account", "kind", "email_key", "id"], name="person_email", condition=LIVE),
            models.Index(fields=["account", "kind", "role", "id"], name="person_role", condition=LIVE),
            # With deleted_at in it, although it is always null here, SQLite counts from this index alone.
            models.Index(
                fields=["account", "kind", "assigned_to", "id", "deleted_at"], name="person_agent", condition=LIVE
            ),
            models.Index(fields=["account", "kind", "country", "id"], name="person_country", condition=LIVE),
            models.Index(fields=["account", "kind", "language", "id"], name="person_language", condition=LIVE),
            models.Index(
                fields=["account", "kind", "id"], name="person_silent", condition=LIVE & Q(do_not_contact=True)
            ),
            models.Index(fields=["account", "deleted_at", "id"], name="person_trash", condition=~LIVE),
            # Who stands on a map, the latest first.
            models.Index(
                fields=["account", "kind", "last_activity_at", "id"], name="person_located", condition=LIVE & LOCATED
            ),
            # Who is calling, who has written?
            models.Index(fields=["account", "phone", "id"], name="person_phone", condition=LIVE),
            models.Index(
                fields=["account", "whatsapp", "id"], name="person_whatsapp", condition=LIVE & ~Q(whatsapp="")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "email_key"],
                condition=LIVE,
                name="person_email_once",
                violation_error_code="email_taken",
                violation_error_message=EMAIL_TAKEN,
            ),
            models.UniqueConstraint(
                fields=["import_run", "import_line"],
                condition=Q(import_run__isnull=False),
                name="person_imported_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.CONTACT) | ~Q(role=""),
                name="contact_has_role",
                violation_error_message=_("Role is missing."),
                violation_error_code="required",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the columns that uniqueness, order and search are drawn from."""
        self.draw_keys()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = with_drawn(kwargs["update_fields"], DRAWN)
        super().save(*args, **kwargs)

    def draw_keys(self) -> None:
        """Draw the stored keys from the fields they depend on."""
        self.email_key = email_key(self.email)
        self.name_key = natural_key(self.last_name, self.first_name)
        self.search_text = search.text_for(
            [self.first_name, self.last_name, self.email], [_e164(self.phone), _e164(self.whatsapp)]
        )

    def clean(self) -> None:
        """Judge what takes more than one field: the assigned agent, the relation, the role."""
        super().clean()
        if self.assigned_to is not None and self.assigned_to.account_id != self.account_id:
            raise ValidationError({"assigned_to": _("This user does not belong to your account.")})
        if self.assigned_to is not None and not self.assigned_to.is_active and self._was_assigned_to_another():
            raise ValidationError({"assigned_to": _("This user is no longer active.")})
        if self.relation is not None and self.relation.account_id != self.account_id:
            raise ValidationError({"relation": _("This relation does not belong to your account.")})

    def _was_assigned_to_another(self) -> bool:
        before = type(self).with_trash.filter(pk=self.pk).values_list("assigned_to", flat=True).first()
        return before != self.assigned_to_id

    def clean_fields(self, exclude: Any = None) -> None:
        """Normalise each field by its rule; keys follow, so that the uniqueness check sees the new email."""
        try:
            super().clean_fields(exclude)
        finally:
            self.draw_keys()

    def validate_constraints(self, exclude: Any = None) -> None:
        """Judge the constraints; an email that is taken, and a missing role, are told at their field."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as error:
            raise ValidationError(_at_their_fields(error)) from None

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def is_contact(self) -> bool:
        """Whether the person is a contact rather than a lead."""
        return self.kind == Kind.CONTACT

    @property
    def section(self) -> str:
        """The name of the section this person is in."""
        return str(_("Contacts") if self.is_contact else _("Leads"))

    @property
    def namespace(self) -> str:
        """The namespace of the addresses of the section this person is in."""
        return "contacts" if self.is_contact else "leads"

    def get_absolute_url(self) -> str:
        """Return the address of the person's page, in the section they are in."""
        return reverse(f"{self.namespace}:detail", args=[self.pk])

    def demand_contactable(self) -> None:
        """Raise ValidationError, code "do_not_contact", when the office may not write to or call the person."""
        if self.do_not_contact:
            name = {"name": self.full_name}
            raise ValidationError(_("%(name)s asked not to be contacted."), code="do_not_contact", params=name)

    @property
    def whatsapp_number(self) -> str:
        """The number that WhatsApp reaches the person at, in E.164: their own for it, or else the phone."""
        return _e164(self.whatsapp) or _e164(self.phone)

    def namesake_by_email(self) -> "Person | None":
        """Return the live record that holds this email, if another does."""
        others = Person.objects.for_account(self.account_id).with_email(self.email)
        return others.exclude(pk=self.pk).first()


def _e164(number: Any) -> str:
    return getattr(number, "as_e164", None) or str(number or "")


def _at_their_fields(error: ValidationError) -> dict[str, list[ValidationError]]:
    places = {"email_taken": "email", "required": "role"}
    found: dict[str, list[ValidationError]] = {}
    for single in error.error_dict.get(NON_FIELD_ERRORS, []) if hasattr(error, "error_dict") else error.error_list:
        found.setdefault(places.get(single.code or "", NON_FIELD_ERRORS), []).append(single)
    return found
