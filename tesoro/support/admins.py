"""What the pages of Django admin have in common: rows of an account, rows that nobody changes here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from tesoro.support.forms import OfficeSelect, SupportForm


class CalmAdmin(admin.ModelAdmin):
    """Lists that stay quick on large tables, and no way to delete."""

    show_full_result_count = False
    list_per_page = 50
    view_on_site = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: Django's deletion takes everything along that hangs on a row, and asks nobody."""
        return False


class ReadOnlyAdmin(CalmAdmin):
    """Rows that only the product itself writes: to look at, and no more. ``hidden`` names columns not shown."""

    hidden: tuple[str, ...] = ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show every column that is not hidden."""
        return [field.name for field in self.opts.fields if field.name not in self.hidden]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Make none of them an input."""
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class OfficeAdmin(CalmAdmin):
    """Rows of an account that support may change. Nobody moves a row to another account."""

    form = SupportForm
    fieldsets: ClassVar[Any] = []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Put the account first: to be chosen for a new row, to be read for any other."""
        if obj is None:
            head = ["office"]
        elif hasattr(obj, "version") and self.has_change_permission(request, obj):
            head = ["account", "seen_version"]
        else:
            head = ["account"]
        return [(None, {"fields": head}), *self.fieldsets]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Add the account to what is only read."""
        return [*super().get_readonly_fields(request, obj), "account"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let fields with suggestions suggest rows of the account."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OfficeSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the form; when somebody was faster between its check and the write, check it once more.

        The second check sees what the first could not, so the refusal ends up beside its field and not as a crash.
        """
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError:
            return super().changeform_view(request, *args, **kwargs)


def actor(request: HttpRequest, account_id: int) -> Any:
    """Return who is named on a timeline of this account: the member of support, or nobody.

    A row of one account cannot point at a user of another, so support staff who belong to an office act namelessly
    elsewhere. Django admin's own log names them in any case.
    """
    user: Any = request.user
    return user if user.account_id in (None, account_id) else None
