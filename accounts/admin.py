"""Accounts and users in Django admin, for support staff. Nobody is deleted here: users are deactivated."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Invitation, User

# One door for everybody, with its limits on tries; Django's own has none.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = _("Tesoro support")
admin.site.site_title = _("Tesoro support")


class Kept(admin.ModelAdmin):
    """Rows that nobody deletes: too much hangs on them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Account)
class AccountAdmin(Kept):
    """The offices."""

    list_display = ["name", "slug", "language", "time_zone", "currency", "is_demo", "created_at"]
    list_filter = ["is_demo", "language"]
    search_fields = ["name", "slug", "email"]
    readonly_fields = ["logo", "is_demo", "created_at"]


class UserCreationForm(AdminUserCreationForm):
    """A new user by email."""

    class Meta:
        model = User
        fields = ["email", "account", "role", "is_staff"]


@admin.register(User)
class UserAdmin(Kept, DjangoUserAdmin):
    """Everybody who signs in, support staff too."""

    add_form = UserCreationForm
    list_display = ["email", "first_name", "last_name", "account", "role", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "role"]
    list_select_related = ["account"]
    search_fields = ["email", "first_name", "last_name", "account__name"]
    autocomplete_fields = ["account"]
    ordering = ["email"]
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["photo", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["account", "email", "password", "role", "is_active"]}),
        (_("Who"), {"fields": ["first_name", "last_name", "job_title", "photo", "language", "theme"]}),
        (_("Support"), {"fields": ["is_staff", "is_superuser", "groups", "user_permissions"]}),
        (_("When"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "account", "role", "is_staff", "usable_password", "password1", "password2"]})
    ]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; whoever is deactivated here is signed out for good, as on the users page."""
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            obj.end_sessions()


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Who is invited. A link exists in the mail only, so nothing can be added or changed here."""

    list_display = ["email", "account", "role", "invited_by", "created_at", "expires_at", "accepted_at"]
    list_select_related = ["account", "invited_by"]
    search_fields = ["email", "account__name"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
