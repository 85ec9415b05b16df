"""People, tags and saved views in Django admin. Writing goes through the same commands as in the product."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from import_export.admin import ExportActionMixin
from import_export.formats.base_formats import CSV, XLSX

from contacts.imports.columns import Column
from contacts.models import DefaultView, Person, PersonTag, SavedView, Tag
from contacts.models.tag import tag_key
from contacts.models.trashing import purge_people, restore_people, trash_people
from contacts.resources import ContactResource
from contacts.support import SubjectForm, narrowed
from tesoro.addresses import PARTS, POINT
from tesoro.support.admins import OfficeAdmin, ReadOnlyAdmin, actor
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.forms import SupportForm
from tesoro.support.trash import TrashAdmin, by_account


class PersonForm(SubjectForm):
    """Everything an office can change about a person, judged by the same model."""

    constrained = SupportForm.constrained | {"kind"}
    too_many_tags = _("A contact has at most 50 tags.")

    class Meta:
        model = Person
        fields = "__all__"  # the admin's fieldsets narrow it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].error_messages["required"] = _("Role is missing.")


class PeopleResource(ContactResource):
    """The columns of the product's own export, and of whom each row is."""

    account = Column("Account", "account__name", str)
    section = Column("Section", "section", str)

    class Meta:
        fields = (*ContactResource._meta.fields, "account", "section")


@admin.register(Person)
class PersonAdmin(ExportActionMixin, TrashAdmin):
    """Leads and contacts of all accounts."""

    form = PersonForm
    resource_classes = [PeopleResource]
    formats = [CSV, XLSX]
    to_encoding = "utf-8-sig"
    show_change_form_export = False
    change_form_template = TrashAdmin.change_form_template
    list_display = ["name", "email", "phone", "kind", "role", "account", "assigned_to", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "kind", "role", "do_not_contact"]
    list_select_related = ["account", "assigned_to"]
    search_fields = ["search_text"]
    search_help_text = _("Parts of name, email or phone.")
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    autocomplete_fields = ["assigned_to", "relation"]
    readonly_fields = [
        "kind", "timeline", "created_at", "created_by", "last_activity_at", "import_run", "import_line", "deleted_at",
        "deleted_by",
    ]  # fmt: skip
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["kind", "salutation", "first_name", "last_name", "email", "phone", "whatsapp", "language"]}),
        (_("In the office"), {"fields": ["role", "assigned_to", "relation", "tag_words", "do_not_contact", "notes"]}),
        (_("Address"), {"fields": [*PARTS, *POINT]}),
        (_("History"), {"fields": readonly_fields[1:]}),
    ]

    @admin.display(description=_("name"), ordering="name_key")
    def name(self, person: Person) -> str:
        """Show first and last name, in the order of the last."""
        return person.full_name

    @admin.display(description=_("timeline"))
    def timeline(self, person: Person) -> str:
        """Lead to the person's events."""
        if person.pk is None:
            return "-"
        url = reverse("admin:timeline_event_changelist")
        return format_html('<a href="{}?person__id__exact={}">{}</a>', url, person.pk, now_("Events of this person"))

    @admin.display(description=_("tags"))
    def tag_words(self, person: Person) -> str:
        """Show the tags to those who may only look."""
        return ", ".join(person.tag_names())

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as the product does: parts of words in any order, accents ignored, phone digits in any spelling."""
        return narrowed(queryset, search_term), False

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Store by the command that the product's own form uses, with its event."""
        by, tags = actor(request, obj.account_id), form.cleaned_data["tag_words"]
        if change:
            obj.revise(by=by, version=form.cleaned_data["seen_version"], tags=tags)
        else:
            obj.add(by=by, tags=tags)

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move people to the trash."""
        return sum(trash_people(part, by=actor(request, of))[0] for of, part in by_account(rows))

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore people; those whose email is used by now stay."""
        answers = [restore_people(part, by=actor(request, of)) for of, part in by_account(rows)]
        stay = [pk for _count, refused in answers for pk in refused]
        return sum(count for count, _refused in answers), list(Person.with_trash.filter(pk__in=stay))

    def purge(self, rows: Any) -> int:
        """Delete people with their timelines, notes, tags and photos."""
        return purge_people(rows)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Let those export who may see."""
        return self.has_view_permission(request)

    def get_export_queryset(self, request: HttpRequest) -> Any:
        """Export what the list shows, but nothing from the trash."""
        rows = super().get_export_queryset(request).live()
        return rows.select_related("account", "assigned_to", "relation").prefetch_related("tags")

    def get_valid_export_item_pks(self, request: HttpRequest) -> list[int]:
        """Take the posted ids for what they are; the queryset above decides."""
        return [int(pk) for pk in request.POST.getlist("export_items") if pk.isdecimal() and len(pk) < 19]


class TagForm(SupportForm):
    """A tag; two of one account that differ in case or accents alone are one."""

    constrained = SupportForm.constrained | {"key"}

    class Meta:
        model = Tag
        fields = ["name"]

    def _post_clean(self) -> None:
        self.instance.key = tag_key(self.cleaned_data.get("name", self.instance.name))
        super()._post_clean()


@admin.register(Tag)
class TagAdmin(OfficeAdmin):
    """The words offices use. Taking one off people is the office's own work, so none is deleted here."""

    form = TagForm
    list_display = ["name", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["account"]
    search_fields = ["name", "key"]
    ordering = ["-pk"]
    fieldsets = [(None, {"fields": ["name"]})]


@admin.register(PersonTag)
class PersonTagAdmin(ReadOnlyAdmin):
    """Which tag is on whom; changed on the person's page."""

    list_display = ["person", "tag", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["person", "tag", "account"]
    search_fields = ["tag__name", "person__email_key"]
    ordering = ["-pk"]


@admin.register(SavedView)
class SavedViewAdmin(ReadOnlyAdmin):
    """The lists people keep."""

    list_display = ["name", "section", "owner", "shared", "account"]
    list_filter = [AccountFilter, "section", "shared"]
    list_select_related = ["owner", "account"]
    search_fields = ["name", "owner__email"]
    ordering = ["-pk"]


@admin.register(DefaultView)
class DefaultViewAdmin(ReadOnlyAdmin):
    """The views with which sections open for people."""

    list_display = ["user", "section", "view", "account"]
    list_filter = [AccountFilter, "section"]
    list_select_related = ["user", "view", "account"]
    search_fields = ["view__name", "user__email"]
    ordering = ["-pk"]
