"""The mail of the office where it goes to files instead of a server: so that a demo can be tried to the end."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import outbox as folder
from accounts.access import admin_only
from accounts.mail import uses_outbox


@admin_only
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """List the office's mail, newest first."""
    if not uses_outbox():
        raise Http404
    return render(request, "accounts/outbox.html", {"letters": folder.letters(request.account)})  # type: ignore[attr-defined]


@admin_only
@require_GET
@never_cache
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as plain text; its links can be followed."""
    found = folder.letter(request.account, name) if uses_outbox() else None  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    context = {"letter": found, "letters": folder.letters(request.account)}  # type: ignore[attr-defined]
    return render(request, "accounts/letter.html", context)
