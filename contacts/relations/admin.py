"""Companies in Django admin."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from contacts.relations.models import Relation
from contacts.timeline.models import Event
from contacts.timeline.recording import record
from tesoro import search
from tesoro.support.admins import actor
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin


@admin.register(Relation)
class RelationAdmin(TrashAdmin):
    """Companies of all accounts."""

    list_display = ["name", "type", "account", "created_at", "last_activity_at", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "type"]
    list_select_related = ["account"]
    search_fields = ["search_text"]
    ordering = ["-pk"]
    date_hierarchy = "created_at"
    readonly_fields = ["created_at", "last_activity_at", "deleted_at", "deleted_by"]
    fieldsets = [(None, {"fields": ["name", "type", *readonly_fields]})]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search as the product does: parts of words, accents ignored."""
        return narrowed(queryset, search_term), False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Relation, form: Any, change: bool) -> None:
        """Save with the event that tells of it."""
        by = actor(request, obj.account_id)
        before = words(Relation.with_trash.get(pk=obj.pk)) if change else {}
        if change:
            obj.version += 1
        obj.save()
        after = words(obj)
        changes = [
            {"field": name, "old": before[name], "new": after[name]} for name in before if before[name] != after[name]
        ]
        if changes:
            record("changed", by=by, relation=obj, version=obj.version, changes=changes)
        elif not change:
            record("created", by=by, relation=obj)

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move companies to the trash; their people keep the link, and have it back after a restore."""
        return sum(_moved(row, timezone.now(), actor(request, row.account_id)) for row in rows)

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore companies; nothing stands in their way."""
        return sum(_moved(row, None, actor(request, row.account_id)) for row in rows), []

    def purge(self, rows: Any) -> int:
        """Delete companies with their timelines; their people stay, without a company."""
        ids = list(rows.values_list("pk", flat=True))
        Event.objects.filter(relation_id__in=ids).delete()
        Relation.with_trash.filter(pk__in=ids).delete()
        return len(ids)


def _moved(relation: Relation, at: Any, by: Any) -> int:
    relation.deleted_at, relation.deleted_by = at, by if at else None
    relation.save(update_fields=["deleted_at", "deleted_by"])
    record("deleted" if at else "restored", by=by, relation=relation)
    return 1


def words(relation: Relation) -> dict[str, str]:
    """Return what the timeline tells of a company, as a reader sees it."""
    return {"name": relation.name, "type": str(relation.get_type_display())}


def narrowed(rows: Any, text: str) -> Any:
    """Return the rows, of any account, whose ``search_text`` holds every word of ``text``."""
    for word in search.terms(text):
        rows = rows.filter(search_text__contains=word)
    return rows
