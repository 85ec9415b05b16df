"""Deals in Django admin. Writing goes through the same commands as in the product."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.criteria.models import CRITERIA
from contacts.subjects.trashing import trash_records
from contacts.support import SubjectForm, narrowed
from deals.models import Deal, DealTag, Party
from deals.trashing import purge_deals, restore_deals
from tesoro.addresses import PARTS, POINT
from tesoro.support.admins import ReadOnlyAdmin, actor
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin, by_account

MOMENTS = [
    "created_at", "created_by", "last_activity_at", "stage_since", "closed_at", "import_run", "import_line",
    "deleted_at", "deleted_by",
]  # fmt: skip


class DealForm(SubjectForm):
    """Everything an office can change about a deal."""

    class Meta:
        model = Deal
        fields = "__all__"  # the admin's fieldsets narrow it


@admin.register(Deal)
class DealAdmin(TrashAdmin):
    """Deals of all accounts."""

    form = DealForm
    list_display = ["name", "type", "stage", "value", "assigned_to", "account", "created_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "pipeline", "type", "stage"]
    list_select_related = ["account", "assigned_to"]
    search_fields = ["search_text"]
    search_help_text = _("Parts of the name, or of the property's address.")
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    readonly_fields = ["timeline", "contacts", *MOMENTS]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["name", "type", "stage", "reason", "assigned_to", "contacts", "tag_words"]}),
        (_("Money"), {"fields": ["value", "commission", "closing_on"]}),
        (_("Property"), {"fields": ["description", *PARTS, *POINT]}),
        (_("Criteria"), {"fields": CRITERIA}),
        (_("History"), {"fields": ["timeline", *MOMENTS]}),
    ]

    @admin.display(description=_("timeline"))
    def timeline(self, deal: Deal) -> str:
        """Lead to the deal's events."""
        if deal.pk is None:
            return "-"
        url = reverse("admin:timeline_event_changelist")
        return format_html('<a href="{}?deal__id__exact={}">{}</a>', url, deal.pk, now_("Events of this deal"))

    @admin.display(description=_("contacts"))
    def contacts(self, deal: Deal) -> str:
        """Name who takes part."""
        parties: Any = deal.parties.in_order().select_related("person") if deal.pk else []  # type: ignore[attr-defined]
        return ", ".join(f"{party.person} ({party.role_label})" for party in parties) or "-"

    @admin.display(description=_("tags"))
    def tag_words(self, deal: Deal) -> str:
        """Show the tags to those who may only look."""
        return ", ".join(deal.tag_names())

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a deal is made with its client."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as the product does: parts of words, accents ignored."""
        return narrowed(queryset, search_term), False

    def save_model(self, request: HttpRequest, obj: Deal, form: Any, change: bool) -> None:
        """Store by the command that the product's own form uses, with its event."""
        tags = form.cleaned_data["tag_words"]
        obj.revise(by=actor(request, obj.account_id), version=form.cleaned_data["seen_version"], tags=tags)

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move deals to the trash; their contacts keep their timelines."""
        return sum(trash_records(part, by=actor(request, of))[0] for of, part in by_account(rows))

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore deals; those that would be open with a lead in them stay."""
        done = [restore_deals(part, by=actor(request, of)) for of, part in by_account(rows)]
        reasons = {pk: reason for _count, refused in done for pk, reason in refused.items()}
        stay: list[Any] = list(Deal.with_trash.filter(pk__in=reasons))
        for deal in stay:
            deal.led = reasons[deal.pk]
        return sum(count for count, _refused in done), stay

    def why_it_stays(self, row: Any) -> str:
        """Return who was in the way."""
        return f"{row}: {row.led}"

    def purge(self, rows: Any) -> int:
        """Delete deals with their timelines, notes and files; their contacts stay."""
        return purge_deals(rows)


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin):
    """Who takes part in which deal; changed on the deal's page."""

    list_display = ["deal", "person", "role", "account"]
    list_filter = [AccountFilter, "role"]
    list_select_related = ["deal", "person", "account"]
    search_fields = ["deal__name", "person__search_text"]
    ordering = ["-pk"]


@admin.register(DealTag)
class DealTagAdmin(ReadOnlyAdmin):
    """Which tag is on which deal; changed on the deal's page."""

    list_display = ["deal", "tag", "account"]
    list_filter = [AccountFilter]
    list_select_related = ["deal", "tag", "account"]
    search_fields = ["tag__name", "deal__name"]
    ordering = ["-pk"]
