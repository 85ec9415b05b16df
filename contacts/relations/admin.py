"""Companies in Django admin. Writing goes through the same commands as in the product."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.relations.models import Relation, RelationTag
from contacts.relations.trashing import purge_relations
from contacts.subjects.trashing import restore_records, trash_records
from contacts.support import SubjectForm, narrowed
from tesoro.addresses import PARTS, POINT
from tesoro.support.admins import ReadOnlyAdmin, actor
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin, by_account


class RelationForm(SubjectForm):
    """Everything an office can change about a company."""

    class Meta:
        model = Relation
        fields = "__all__"  # the admin's fieldsets narrow it


@admin.register(Relation)
class RelationAdmin(TrashAdmin):
    """Companies of all accounts."""

    form = RelationForm
    list_display = ["name", "type", "status", "email", "phone", "account", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "type", "status"]
    list_select_related = ["account"]
    search_fields = ["search_text"]
    search_help_text = _("Parts of name, email or phone.")
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "timeline", "created_at", "created_by", "last_activity_at", "import_run", "import_line", "deleted_at",
        "deleted_by",
    ]  # fmt: skip
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["name", "type", "status", "email", "phone", "website", "preferred_channel"]}),
        (_("In the office"), {"fields": ["credit_terms", "tag_words", "note"]}),
        (_("Address"), {"fields": [*PARTS, *POINT]}),
        (_("History"), {"fields": readonly_fields}),
    ]

    @admin.display(description=_("timeline"))
    def timeline(self, relation: Relation) -> str:
        """Lead to the company's events."""
        if relation.pk is None:
            return "-"
        url = reverse("admin:timeline_event_changelist")
        return format_html(
            '<a href="{}?relation__id__exact={}">{}</a>', url, relation.pk, now_("Events of this company")
        )

    @admin.display(description=_("tags"))
    def tag_words(self, relation: Relation) -> str:
        """Show the tags to those who may only look."""
        return ", ".join(relation.tag_names())

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as the product does: parts of words, accents ignored."""
        return narrowed(queryset, search_term), False

    def save_model(self, request: HttpRequest, obj: Relation, form: Any, change: bool) -> None:
        """Store by the command that the product's own form uses, with its event."""
        by, tags = actor(request, obj.account_id), form.cleaned_data["tag_words"]
        if change:
            obj.revise(by=by, version=form.cleaned_data["seen_version"], tags=tags)
        else:
            obj.add(by=by, tags=tags)

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move companies to the trash; their people keep the link, and have it back after a restore."""
        return sum(trash_records(part, by=actor(request, of))[0] for of, part in by_account(rows))

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore companies; nothing stands in their way."""
        return sum(restore_records(part, by=actor(request, of)) for of, part in by_account(rows)), []

    def purge(self, rows: Any) -> int:
        """Delete companies with their timelines, notes and files; their people stay, without a company."""
        return purge_relations(rows)


@admin.register(RelationTag)
class RelationTagAdmin(ReadOnlyAdmin):
    """Which tag is on which company; changed on the company's page."""

    list_display = ["relation", "tag", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["relation", "tag", "account"]
    search_fields = ["tag__name", "relation__name"]
    ordering = ["-pk"]
