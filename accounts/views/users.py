"""Who works in the office: roles, leaving and coming back."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import handover
from accounts.forms import DeactivationForm, RoleForm
from accounts.models import Invitation, LastAdminError, User
from accounts.views.answers import lead_to
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch


@dataclass(frozen=True)
class Filter:
    """A status as a chip: how many have it, and whether it is on."""

    key: str
    label: str
    count: int
    is_on: bool


@admin_only
@require_GET
def users(request: Request) -> HttpResponse:
    """Show who may, might and may no longer sign in."""
    return users_page(request)


def users_page(request: Request, refused: dict[int, str] | None = None, status: int = 200) -> HttpResponse:
    """Draw the list; ``refused`` holds what could not be done, by user, and stands beside them."""
    everybody = list(User.objects.for_account(request.account))
    groups: dict[str, list[Any]] = {
        "active": [user for user in everybody if user.is_active],
        "pending": list(Invitation.objects.for_account(request.account).pending()),
        "inactive": [user for user in everybody if not user.is_active],
    }
    wanted = request.GET.get("status", "")
    wanted = wanted if wanted in groups else ""
    for user in everybody:
        user.refusal = (refused or {}).get(user.pk, "")
    shown = {key: rows if wanted in ("", key) else [] for key, rows in groups.items()}
    context = {"filters": _filters(groups, wanted), "groups": shown, "wanted": wanted}
    return render(request, "accounts/users.html", context, status=status)


def _filters(groups: dict[str, list[Any]], wanted: str) -> list[Filter]:
    labels = {"active": _("Active"), "pending": _("Pending"), "inactive": _("Inactive")}
    chips = [Filter(key, labels[key], len(rows), wanted == key) for key, rows in groups.items()]
    return [Filter("", _("All"), sum(chip.count for chip in chips), not wanted), *chips]


@admin_only
@require_POST
def role(request: Request, pk: int) -> HttpResponse:
    """Make a user an admin or an agent."""
    user = fetch(User, request, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return users_page(request, {user.pk: _("Choose Admin or Agent.")}, status=422)
    try:
        user.change_role(form.cleaned_data["role"])
    except LastAdminError as error:
        return users_page(request, {user.pk: error.messages[0]}, status=409)
    said = {"user": user, "role": user.get_role_display()}
    messages.success(request, _("%(user)s is now: %(role)s") % said)
    return redirect("settings:profile" if user == request.user and not user.is_admin else "settings:users")


@admin_only
@require_http_methods(["GET", "POST"])
def deactivation(request: Request, pk: int) -> HttpResponse:
    """Shut a user out, after somebody else has taken over their work."""
    user = fetch(User.objects.active(), request, pk=pk)
    work = handover.workload(user)
    form = DeactivationForm(request.POST if request.method == "POST" else None, user=user, work=bool(work))
    if request.method == "POST" and form.is_valid():
        try:
            _deactivate(user, form.cleaned_data.get("successor"), request.user)
        except LastAdminError as error:
            if not request.htmx:
                return users_page(request, {user.pk: error.messages[0]}, status=409)
            form.add_error(None, error)
        else:
            messages.success(request, _("%(user)s can no longer sign in.") % {"user": user})
            return lead_to(request, "settings:users")
    context = {
        "form": form,
        "leaver": user,
        "work": work,
        "heading": _("Deactivate %(user)s") % {"user": user},
        "submit_label": _("Deactivate"),
        "cancel_url": reverse("settings:users"),
    }
    return render(request, "accounts/deactivation.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _deactivate(user: User, successor: User | None, by: Any) -> None:
    """Hand over first: afterwards nobody could be sure of what was theirs."""
    if successor is not None:
        handover.hand_over(user, to=successor, by=by)
    user.deactivate()


@admin_only
@require_POST
def activation(request: Request, pk: int) -> HttpResponse:
    """Let a deactivated user sign in again."""
    user = fetch(User, request, pk=pk)
    user.reactivate()
    messages.success(request, _("%(user)s can sign in again.") % {"user": user})
    return redirect("settings:users")
