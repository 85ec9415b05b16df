"""The history of imports: who, when, which file, what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import admin_only
from contacts.imports.models import ImportRun
from tesoro import keyset
from tesoro.keyset import Sort

PAGE = 25


@admin_only
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """List the imports of the account, newest first."""
    found = keyset.page(
        ImportRun.objects.for_account(request.account).select_related("user"),  # type: ignore[attr-defined]
        Sort("-when", "created_at"),
        PAGE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "imports/history.html", {"page": found, "section": "contacts"})
