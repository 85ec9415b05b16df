"""Accounts and users in Django admin, for support staff. Nobody is deleted here: users are deactivated."""

from typing import Any

from allauth.account import admin as allauth_admin
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import handover
from accounts.models import Account, Invitation, LastAdminError, User
from tesoro.addresses import PARTS, POINT
from tesoro.forms import ModelForm
from tesoro.support.admins import CalmAdmin, ReadOnlyAdmin
from tesoro.support.filters import AccountFilter
from tesoro.support.forms import OfficeSelect

RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")

# Our one table of users is what signs people in. Addresses beside it would be a second way to a new password.
# The module is named so that it has registered them before.
for model in (EmailAddress, EmailConfirmation):
    if allauth_admin.admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Account)
class AccountAdmin(CalmAdmin):
    """The offices. They open by sign-up or by ``manage.py create_office``, always with an admin of their own."""

    list_display = ["name", "slug", "language", "time_zone", "currency", "users", "is_demo", "created_at"]
    list_filter = ["is_demo", "language", "currency"]
    search_fields = ["name", "slug", "email", "users__email"]
    date_hierarchy = "created_at"
    fields = [
        "name", "slug", "language", "time_zone", "currency", "email", "phone", "website", *PARTS, *POINT, "is_demo",
        "created_at",
    ]  # fmt: skip
    readonly_fields = ["is_demo", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: an account without an admin would be nobody's."""
        return False

    @admin.display(description=_("active users"))
    def users(self, account: Account) -> int:
        """Count who may sign in."""
        return account.users.active().count()


class Judged(ModelForm):
    """Judges the account and the right together with what the form shows: a user without account is staff."""

    constrained = frozenset({"account", "is_staff"})

    def clean(self) -> dict[str, Any]:
        """Lock the account first, so that two of support cannot demote its last two admins at the same moment."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.account_id:
            Account.objects.select_for_update().filter(pk=self.instance.account_id).first()
        return cleaned


class UserForm(Judged, UserChangeForm):
    """Everything about a user but the password, which has a form of its own."""

    class Meta:
        model = User
        fields = "__all__"


class NewUserForm(Judged, AdminUserCreationForm):
    """A new user by email."""

    class Meta:
        model = User
        fields = ("email", "account", "role", "is_staff")


@admin.register(User)
class UserAdmin(CalmAdmin, DjangoUserAdmin):
    """Everybody who signs in, support staff too."""

    form = UserForm
    add_form = NewUserForm
    list_display = ["email", "first_name", "last_name", "account", "role", "is_active", "is_staff", "last_login"]
    list_filter = [AccountFilter, "is_active", "is_staff", "role"]
    list_select_related = ["account"]
    search_fields = ["email", "first_name", "last_name", "account__name"]
    autocomplete_fields = ["account"]
    ordering = ["-pk"]
    date_hierarchy = "date_joined"
    filter_horizontal = ["groups", "user_permissions"]
    readonly_fields = ["last_login", "date_joined"]
    actions = ["deactivate", "reactivate"]
    fieldsets = [
        (None, {"fields": ["account", "email", "password", "role", "is_active"]}),
        (_("Who"), {"fields": ["first_name", "last_name", "job_title", "language", "theme"]}),
        (_("Support"), {"fields": RIGHTS}),
        (_("When"), {"fields": ["date_joined", "last_login"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "account", "role", "first_name", "last_name", "is_staff"]}),
        (_("Password"), {"fields": ["usable_password", "password1", "password2"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody moves to another account, and only superusers give rights in Django admin."""
        fixed = ["account"] if obj else []
        rights = [] if request.user.is_superuser else RIGHTS  # type: ignore[union-attr]
        return [*super().get_readonly_fields(request, obj), *fixed, *rights]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Support staff are changed by superusers only: a password set is a right taken."""
        if obj is not None and (obj.is_staff or obj.is_superuser) and not request.user.is_superuser:  # type: ignore[union-attr]
            return False
        return super().has_change_permission(request, obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Suggest accounts."""
        return super().formfield_for_foreignkey(
            db_field, request, widget=OfficeSelect(db_field, self.admin_site), **kwargs
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save; whoever is deactivated here is signed out for good, as on the users page."""
        super().save_model(request, obj, form, change)
        if change and "is_active" in form.changed_data and not obj.is_active:
            obj.end_sessions()
            self._tell_what_is_left(request, obj)

    @admin.action(description=_("Deactivate"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: Any) -> None:
        """Shut the ticked users out; the last admin of an account stays, and so do you."""
        count = 0
        for user in queryset.active():
            if user.pk == request.user.pk or not self.has_change_permission(request, user):
                self.message_user(request, _("%(user)s was left as is.") % {"user": user}, messages.ERROR)
                continue
            try:
                user.deactivate()
            except LastAdminError as error:
                self.message_user(request, f"{user}: {error.messages[0]}", messages.ERROR)
                continue
            count += 1
            self.log_change(request, user, "Deactivated.")
            self._tell_what_is_left(request, user)
        self.message_user(request, ngettext("%(n)d deactivated", "%(n)d deactivated", count) % {"n": count})

    @admin.action(description=_("Reactivate"), permissions=["change"])
    def reactivate(self, request: HttpRequest, queryset: Any) -> None:
        """Let the ticked users sign in again."""
        users = [user for user in queryset.inactive() if self.has_change_permission(request, user)]
        for user in users:
            user.reactivate()
            self.log_change(request, user, "Reactivated.")
        self.message_user(request, ngettext("%(n)d reactivated", "%(n)d reactivated", len(users)) % {"n": len(users)})

    def _tell_what_is_left(self, request: HttpRequest, user: User) -> None:
        """Say what is still assigned to somebody who cannot sign in any more."""
        for label, count in handover.workload(user):
            said = {"user": user, "count": count, "label": label}
            self.message_user(request, _("Still assigned to %(user)s: %(count)d %(label)s") % said, messages.WARNING)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who is invited. A link exists in the mail only, so nothing can be added or changed here, only withdrawn."""

    list_display = ["email", "account", "role", "invited_by", "created_at", "expires_at", "accepted_at"]
    list_filter = [AccountFilter, "role", ("accepted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["account", "invited_by"]
    search_fields = ["email", "account__name"]
    date_hierarchy = "created_at"
    hidden = ("token_digest",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let an invitation be withdrawn, as on the users page."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
