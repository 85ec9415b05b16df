"""Settings, Enquiries: the public form, who gets new leads, and the tokens of portals."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.mail import absolute
from leads.enquiries.forms import AssignmentForm, PublicFormForm, TokenForm
from leads.enquiries.models import ApiToken, Assignment, PublicForm
from tesoro.access import Request, admin_only
from tesoro.once import once
from tesoro.tenancy import fetch

PLACE = {"section": "settings"}  # where the frame says one is


@admin_only
@require_http_methods(["GET", "POST"])
def enquiries(request: Request) -> HttpResponse:
    """Show the settings; change what the public form says."""
    form = PublicFormForm(request.POST if request.method == "POST" else None, instance=PublicForm.of(request.account))
    if request.method == "POST" and form.is_valid() and _stored(form):
        messages.success(request, _("Saved."))
        return redirect("enquiries:settings")
    return _page(request, form=form)


@admin_only
@require_POST
def assignment(request: Request) -> HttpResponse:
    """Change who gets new leads."""
    form = AssignmentForm(request.POST, instance=_rule(request))
    if form.is_valid() and _stored(form):
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('enquiries:settings')}#assignment")
    return _page(request, assignment_form=form)


@admin_only
@require_POST
def address(request: Request) -> HttpResponse:
    """Give the public form another address; the one before is gone at once."""
    fetch(PublicForm, request).replace_key()
    messages.success(request, _("The form has a new address. The one before leads nowhere."))
    return redirect("enquiries:settings")


@admin_only
@require_http_methods(["GET", "POST"])
def create_token(request: Request) -> HttpResponse:
    """Make a token, and show it this once. Sent again by a reload, the form makes no second one."""
    token = ApiToken(account=request.account)
    form = TokenForm(request.POST if request.method == "POST" else None, instance=token)
    if request.method != "POST" or not form.is_valid():
        return render(request, "enquiries/token_new.html", {"form": form, **PLACE}, status=422 if form.errors else 200)
    issued: list[str] = []
    once(request, lambda: _issued(token, request, issued))
    if not issued:
        messages.info(request, _("This token was made already, and shown once. If it is lost, make another one."))
        return redirect("enquiries:settings")
    context = {"token": token, "text": issued[0], "url": absolute(reverse("enquiries:api"), request), **PLACE}
    return render(request, "enquiries/token.html", context)


def _issued(token: ApiToken, request: Request, issued: list[str]) -> ApiToken:
    issued.append(token.issue(by=request.user))
    return token


@admin_only
@require_POST
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """End a token at once."""
    token = fetch(ApiToken, request, pk=pk)
    token.revoke()
    messages.success(request, _("The token “%(name)s” is revoked. Nothing comes in by it any more.") % {"name": token})
    return redirect(f"{reverse('enquiries:settings')}#tokens")


def _rule(request: Request) -> Assignment:
    return Assignment.objects.for_account(request.account).first() or Assignment(account=request.account)


def _stored(form: Any) -> bool:
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:  # two admins saved for the first time at once
        form.add_error(None, _("Somebody else saved this at the same moment. Load the page again."))
        return False
    return True


def _page(request: Request, form: Any = None, assignment_form: Any = None) -> HttpResponse:
    # What is stored, not what was typed: an error must not change the page around the form.
    office = PublicForm.of(request.account)
    refused = bool((form and form.errors) or (assignment_form and assignment_form.errors))
    context = {
        "form": form or PublicFormForm(instance=office),
        "assignment_form": assignment_form or AssignmentForm(instance=_rule(request)),
        "office": office,
        "url": absolute(office.get_absolute_url(), request),
        "api_url": absolute(reverse("enquiries:api"), request),
        "tokens": ApiToken.objects.for_account(request.account).newest(),
        **PLACE,
    }
    return render(request, "enquiries/settings.html", context, status=422 if refused else 200)
