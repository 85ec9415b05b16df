"""Settings, Mail: an admin names the office's mail servers, and tries them."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contacts.emails import mailbox
from contacts.emails.addressing import sender_address, server_of
from contacts.emails.forms import MailServerForm
from contacts.emails.matching import office_address
from contacts.emails.models import MailServer
from contacts.emails.sending import probe
from tesoro.access import Request, admin_only
from tesoro.forms import ask_again
from tesoro.tenancy import fetch


@dataclass(frozen=True)
class Tested:
    """What came of trying a server: "smtp" or "imap"; without ``failure`` it works."""

    way: str
    failure: str = ""


@admin_only
@require_http_methods(["GET", "POST"])
def mail(request: Request) -> HttpResponse:
    """Show and change the office's mail servers."""
    server = server_of(request.account) or MailServer(account=request.account)
    form = MailServerForm(request.POST if request.method == "POST" else None, instance=server)
    if request.method == "POST" and form.is_valid() and _stored(form):
        messages.success(request, _("Saved. Test the connection to be sure."))
        return redirect("emails:settings")
    return _page(request, form)


def _stored(form: MailServerForm) -> bool:
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:  # two admins at once
        form.add_error(None, _("Somebody else saved this page at the same moment. Load it again."))
        return False
    return True


@admin_only
@require_POST
def test_smtp(request: Request) -> HttpResponse:
    """Sign in at the server mail leaves by. Nothing is sent."""
    server = fetch(MailServer.objects.exclude(smtp_host=""), request)
    return _told(request, server, Tested("smtp", probe(server)))


@admin_only
@require_POST
def test_imap(request: Request) -> HttpResponse:
    """Open the mailbox answers are fetched from. Nothing is read."""
    server = fetch(MailServer.objects.exclude(imap_host=""), request)
    return _told(request, server, Tested("imap", mailbox.test(server)))


def _told(request: Request, server: MailServer, tested: Tested) -> HttpResponse:
    if request.htmx:
        return render(request, "emails/_tested.html", {"way": tested.way, "tested": tested, "server": server})
    return _page(request, MailServerForm(instance=server), tested)


def _page(request: Request, form: MailServerForm, tested: Tested | None = None) -> HttpResponse:
    ask_again(form, "smtp_password", "imap_password")
    # What is stored, not what was typed: an error must not change the page around the form.
    server = server_of(request.account)
    context = {
        "form": form,
        "server": server,
        "tested": tested,
        "sender": sender_address(server),
        "forward_to": office_address(request.account),
    }
    return render(request, "emails/settings.html", context, status=422 if form.errors else 200)
