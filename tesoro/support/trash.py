"""The trash in Django admin: trashed rows in sight, restorable, and deleted for good by superusers alone."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tesoro.support.admins import OfficeAdmin, actor

MOST_NAMED = 5


class TrashAdmin(OfficeAdmin):
    """Rows with a trash. Subclasses say how rows are deleted for good, and what moving and restoring means beside."""

    actions = ["move_to_trash", "restore", "delete_for_good"]
    change_form_template = "admin/trash_change_form.html"

    def move(self, request: HttpRequest, rows: Any) -> int:
        """Move live rows to the trash; return how many."""
        now = timezone.now()
        return sum(part.update(deleted_at=now, deleted_by=actor(request, of)) for of, part in by_account(rows))

    def bring_back(self, request: HttpRequest, rows: Any) -> tuple[int, list[Any]]:
        """Restore trashed rows; return how many, and those that had to stay."""
        return rows.update(deleted_at=None, deleted_by=None), []

    def why_it_stays(self, row: Any) -> str:
        """Return why a row could not be restored."""
        text = now_("%(name)s stays in the trash: another record (lead or contact) already uses this email address.")
        return text % {"name": row}

    def purge(self, rows: Any) -> int:
        """Delete trashed rows with all that hangs on them; return how many."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show all rows, those in the trash too."""
        return self.model.with_trash.order_by(*self.get_ordering(request))

    def has_trash_permission(self, request: HttpRequest) -> bool:
        """Whether this member of support may move rows to the trash and back."""
        return request.user.has_perm(f"{self.opts.app_label}.delete_{self.opts.model_name}")  # type: ignore[union-attr]

    def has_purge_permission(self, request: HttpRequest) -> bool:
        """Whether they may delete for good."""
        return request.user.is_superuser  # type: ignore[union-attr]

    @admin.display(description=_("in the trash"), boolean=True, ordering="deleted_at")
    def trashed(self, row: Any) -> bool:
        """Show whether the row lies in the trash."""
        return row.in_trash

    @admin.action(description=_("Move to the trash"), permissions=["trash"])
    def move_to_trash(self, request: HttpRequest, queryset: Any) -> None:
        """Move the ticked rows to the trash."""
        self._move(request, queryset.live())

    @admin.action(description=_("Restore from the trash"), permissions=["trash"])
    def restore(self, request: HttpRequest, queryset: Any) -> None:
        """Restore the ticked rows, and name those that cannot be."""
        self._bring_back(request, queryset.trashed())

    @admin.action(description=_("Delete for good …"), permissions=["purge"])
    def delete_for_good(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask for the number of rows, then delete those that lie in the trash."""
        rows = queryset.trashed()
        count = rows.count()
        if count == 0:
            self.message_user(request, _("Only what lies in the trash can be deleted for good."), messages.ERROR)
            return None
        if request.POST.get("typed", "").strip() == str(count):
            self._purge(request, rows)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Delete for good"),
            "opts": self.opts,
            "count": count,
            "rows": rows[:MOST_NAMED],
            "wrong": "typed" in request.POST,
            "checkbox": ACTION_CHECKBOX_NAME,
            "ticked": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/purge.html", context)

    def get_urls(self) -> list[URLPattern]:
        """Add the two buttons of a row's page."""
        name, guarded = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("<path:object_id>/trash/", guarded(self.trash_view), name=f"{name}_trash"),
            path("<path:object_id>/restoration/", guarded(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    def trash_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Move one row to the trash."""
        row = self._posted(request, object_id)
        self._move(request, self.get_queryset(request).filter(pk=row.pk).live())
        return self._back_to(row)

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Restore one row."""
        row = self._posted(request, object_id)
        self._bring_back(request, self.get_queryset(request).filter(pk=row.pk).trashed())
        return self._back_to(row)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Tell the template which button to show."""
        row = kwargs.get("obj")
        if row is not None and self.has_trash_permission(request):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
            context["trash_url"] = reverse(f"{name}_{'restore' if row.in_trash else 'trash'}", args=[row.pk])
        return super().render_change_form(request, context, *args, **kwargs)

    def _posted(self, request: HttpRequest, object_id: str) -> Any:
        if request.method != "POST" or not self.has_trash_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    def _back_to(self, row: Any) -> HttpResponse:
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def _move(self, request: HttpRequest, rows: Any) -> None:
        with transaction.atomic():
            self._log(request, rows, CHANGE, "Moved to the trash.")
            count = self.move(request, rows)
        self._tell(request, ngettext("%(n)d moved to the trash", "%(n)d moved to the trash", count), count)

    def _bring_back(self, request: HttpRequest, rows: Any) -> None:
        with transaction.atomic():
            self._log(request, rows, CHANGE, "Restored from the trash.")
            count, refused = self.bring_back(request, rows)
        if count or not refused:
            self._tell(request, ngettext("%(n)d restored", "%(n)d restored", count), count)
        for row in refused[:MOST_NAMED]:
            self.message_user(request, self.why_it_stays(row), messages.ERROR)
        if len(refused) > MOST_NAMED:
            rest = len(refused) - MOST_NAMED
            self.message_user(request, now_("%(n)d more stay in the trash.") % {"n": rest}, messages.ERROR)

    def _purge(self, request: HttpRequest, rows: Any) -> None:
        with transaction.atomic():
            self._log(request, rows, DELETION, "Deleted for good.")
            count = self.purge(rows)
        self._tell(request, ngettext("%(n)d deleted for good", "%(n)d deleted for good", count), count)

    def _tell(self, request: HttpRequest, text: str, count: int) -> None:
        self.message_user(request, text % {"n": count}, messages.SUCCESS if count else messages.WARNING)

    def _log(self, request: HttpRequest, rows: Any, flag: int, message: str) -> None:
        if chosen := list(rows):
            LogEntry.objects.log_actions(
                user_id=request.user.pk,  # type: ignore[arg-type]
                queryset=chosen,
                action_flag=flag,
                change_message=message,
            )


def by_account(rows: Any) -> Iterator[tuple[int, Any]]:
    """Split a queryset by account: (account id, its rows). A command works for one account at a time."""
    for account_id in list(rows.order_by("account_id").values_list("account_id", flat=True).distinct()):
        yield account_id, rows.filter(account_id=account_id)
