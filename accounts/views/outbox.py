"""The mail of the office where it goes to files instead of a server: so that a demo can be tried to the end."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import outbox as folder
from accounts.mail import uses_outbox
from tesoro.access import Request, admin_only


@admin_only
@require_GET
def outbox(request: Request) -> HttpResponse:
    """List the office's mail, newest first."""
    if not uses_outbox():
        raise Http404
    return render(request, "accounts/outbox.html", {"letters": folder.letters(request.account)})


@admin_only
@require_GET
@never_cache
def letter(request: Request, name: str) -> HttpResponse:
    """Show one mail as plain text; its links can be followed."""
    found = folder.letter(request.account, name) if uses_outbox() else None
    if found is None:
        raise Http404
    context = {"letter": found, "letters": folder.letters(request.account)}
    return render(request, "accounts/letter.html", context)
