"""The timeline in Django admin: events to look at, notes to put right."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from contacts.timeline.models import Event, Note
from contacts.timeline.models.event import SUBJECTS
from tesoro import search
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter, TrashFilter
from tesoro.support.trash import TrashAdmin


def about_people(rows: Any, text: str) -> Any:
    """Return the rows whose person, company or deal matches every word of ``text``, in whatever account."""
    links = subjects_of(rows.model)
    for word in search.terms(text):
        found = [Q(**{f"{name}__search_text__contains": word}) for name in links]
        rows = rows.filter(reduce(or_, found))
    return rows


def subjects_of(model: Any) -> list[str]:
    """Return the links by which a model points to what it is about: a person, perhaps a company or a deal."""
    fields = {field.name for field in model._meta.concrete_fields}
    return [name for name in SUBJECTS if name in fields]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What happened. The past is not changed."""

    list_display = ["at", "verb", "person", "relation", "deal", "actor", "account"]
    list_filter = [AccountFilter, "verb"]
    list_select_related = ["person", "relation", "deal", "actor", "account"]
    search_fields = ["person__search_text"]
    ordering = ["-pk"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search by the person, the company or the deal."""
        return about_people(queryset, search_term), False


class EntryAdmin(TrashAdmin):
    """What stands on a timeline and has a table of its own: to look at, to move to the trash and back.

    The office writes it; support adds none. In the trash its event is hidden, deleted for good it is gone.
    """

    list_select_related = ["person", "author", "account"]
    ordering = ["-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: its author is of the office, or writes to it."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Search in its own words, and by the person, the company or the deal."""
        found, twice = super().get_search_results(request, queryset, search_term)
        return found | about_people(queryset, search_term), twice

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move entries to the trash; their events are hidden."""
        _events_of(rows).update(shown=False)
        return super().move(request, rows)

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore entries; their events are shown again."""
        _events_of(rows).update(shown=True)
        return super().bring_back(request, rows)

    def purge(self, rows: Any) -> int:
        """Delete entries together with the events that tell of them."""
        ids = list(rows.values_list("event_id", flat=True))
        Event.objects.filter(pk__in=ids).delete()
        return len(ids)


def _events_of(rows: Any) -> Any:
    return Event.objects.filter(pk__in=rows.order_by().values("event_id"))


@admin.register(Note)
class NoteAdmin(EntryAdmin):
    """What people of an office wrote. Support can put a text right, but writes no notes of its own."""

    list_display = ["__str__", "person", "relation", "deal", "author", "account", "created_at", "pinned", "trashed"]
    list_select_related = ["person", "relation", "deal", "author", "account"]
    list_filter = [AccountFilter, TrashFilter, "pinned"]
    search_fields = ["body"]
    date_hierarchy = "created_at"
    readonly_fields = ["person", "relation", "deal", "author", "created_at", "edited_at", "deleted_at", "deleted_by"]
    fieldsets = [(None, {"fields": ["person", "relation", "deal", "body", "pinned", *readonly_fields[3:]]})]

    def save_model(self, request: HttpRequest, obj: Note, form: Any, change: bool) -> None:
        """Save; a text that changed is marked as edited."""
        if "body" in form.changed_data:
            obj.edited_at = timezone.now()
        obj.save(update_fields=["body", "pinned", "edited_at"])
