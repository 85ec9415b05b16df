"""Settings, Telephone: an admin connects Twilio, tries the connection, and takes it away."""

import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.lines.client import FAULTS, connect, ended
from contacts.lines.forms import LineForm
from contacts.lines.hooks import addresses, hook_url
from contacts.lines.models import Line
from tesoro.access import Request, admin_only
from tesoro.forms import ask_again
from tesoro.tenancy import fetch


@dataclass(frozen=True)
class Tested:
    """What came of trying the connection."""

    good: bool
    text: str


@admin_only
@require_http_methods(["GET", "POST"])
def telephone(request: Request) -> HttpResponse:
    """Show and change the office's line."""
    line = Line.objects.for_account(request.account).first() or Line(account=request.account)
    form = LineForm(request.POST if request.method == "POST" else None, instance=line)
    if request.method == "POST" and form.is_valid() and _stored(form):
        messages.success(request, _("Saved. Test the connection to be sure."))
        return redirect("lines:settings")
    return _page(request, form)


def _stored(form: LineForm) -> bool:
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:  # two admins connected at once
        form.add_error(None, _("Somebody else connected Twilio at this moment. Load the page again."))
        return False
    return True


@admin_only
@require_POST
def test(request: Request) -> HttpResponse:
    """Ask Twilio for the account the line belongs to, and say its name, or why not."""
    line = fetch(Line, request)
    tested = _try(line)
    if request.htmx:
        return render(request, "lines/_tested.html", {"line": line, "tested": tested})
    return _page(request, LineForm(instance=line), tested)


def _try(line: Line) -> Tested:
    try:
        found = connect(line).api.v2010.accounts(line.sid).fetch()
    except FAULTS as error:
        return Tested(False, ended(error)[1])
    words = {"name": found.friendly_name or line.sid, "status": found.status or "?"}
    if found.status != "active":
        return Tested(False, _("Twilio knows %(name)s, but the account is %(status)s.") % words)
    line.tested_at = timezone.now()
    line.save(update_fields=["tested_at"])
    return Tested(True, _("The connection works. The account at Twilio is %(name)s.") % words)


@admin_only
@require_POST
def disconnect(request: Request) -> HttpResponse:
    """Forget the line with its token. Calls and messages stay."""
    fetch(Line, request).delete()
    messages.success(request, _("Twilio is disconnected. Its token is gone from here."))
    return redirect("lines:settings")


def _page(request: Request, form: LineForm, tested: Tested | None = None) -> HttpResponse:
    ask_again(form, "token")
    # What is stored, not what was typed: an error must not change the page around the form.
    line = Line.objects.for_account(request.account).first()
    context: dict[str, Any] = {
        "form": form,
        "line": line,
        "tested": tested,
        "hooks": _hooks(line),
        "section": "settings",
    }
    if not can_be_reached(settings.PUBLIC_URL):
        context["unreachable"] = settings.PUBLIC_URL
    return render(request, "lines/settings.html", context, status=422 if form.errors else 200)


def _hooks(line: Line | None) -> list[dict[str, Any]]:
    if line is None:
        return []
    return [{"label": one.label, "url": hook_url(one.url_name, line)} for one in addresses]


def can_be_reached(url: str) -> bool:
    """Whether an address can be the public one of a service: https, and no name or number of a private network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "https" and ipaddress.ip_address(host).is_global
    except ValueError:
        return parts.scheme == "https" and "." in host.strip(".") and not host.endswith((".local", ".localhost"))
