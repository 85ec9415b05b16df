"""The admin site: only for support staff, behind the product's own sign-in."""

from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class OfficeAutocomplete(AutocompleteJsonView):
    """Suggestions that say which account they are of; with ``?account=`` only those of one."""

    def get_queryset(self) -> Any:
        """Leave out other accounts, where one is named, what lies in the trash, and users who were deactivated."""
        rows = super().get_queryset()
        for still_in_use in ("live", "active"):
            rows = getattr(rows, still_in_use, rows.all)()
        if not _has_account(rows.model):
            return rows
        account = self.request.GET.get("account", "")
        rows = rows.select_related("account").exclude(account=None)
        return rows.filter(account=int(account)) if account.isdecimal() and len(account) < 19 else rows

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Add the account: two offices may well have a Lucía each."""
        result = super().serialize_result(obj, to_field_name)
        account = obj.account if _has_account(type(obj)) else None
        return {**result, "text": f"{result['text']} · {account}"} if account else result


def _has_account(model: Any) -> bool:
    return any(field.name == "account" for field in model._meta.concrete_fields)


class SupportSite(AdminSite):
    """Django admin without a door of its own: whoever tries passwords here meets the limits of the one sign-in."""

    site_header = _("Tesoro support")
    site_title = _("Tesoro support")
    index_title = _("All accounts")
    site_url = None

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Open the view to support staff. To the users of an office these pages are not there."""
        guarded = super().admin_view(view, cacheable)

        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return guarded(request, *args, **kwargs)

        return update_wrapper(guard, guarded)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send to the product's sign-in, and from there back."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
            wanted = reverse(f"{self.name}:index")
        if self.has_permission(request):
            return redirect(wanted)
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(wanted, reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sign out, and show the sign-in."""
        return LogoutView.as_view(next_page="account_login")(request)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """Answer what a field with suggestions asks."""
        return OfficeAutocomplete.as_view(admin_site=self)(request)
