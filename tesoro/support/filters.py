"""Filters of the lists in Django admin: by account, and by what lies in the trash."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

MOST_SUGGESTED = 50


class AccountFilter(SimpleListFilter):
    """An account by its slug or a part of its name. An input, because there may be thousands of them."""

    title = _("account")
    parameter_name = "office"
    template = "admin/account_filter.html"

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.rest = [(key, value) for key, value in request.GET.items() if key not in (self.parameter_name, "p")]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Suggest the first accounts by name."""
        return list(apps.get_model("accounts", "Account").objects.values_list("slug", "name")[:MOST_SUGGESTED])

    def has_output(self) -> bool:
        """Stand there also while there is no account."""
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Yield the one thing the template draws."""
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "rest": self.rest,
            "suggestions": self.lookup_choices,
            "without": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Narrow the rows to the accounts that fit."""
        if not (text := (self.value() or "").strip()):
            return queryset
        accounts = apps.get_model("accounts", "Account").objects.filter(Q(slug=text) | Q(name__icontains=text))
        return queryset.filter(account__in=accounts.values("pk"))


class TrashFilter(SimpleListFilter):
    """Live rows, those in the trash, or both."""

    title = _("trash")
    parameter_name = "trash"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer either."""
        return [("no", _("Not in the trash")), ("yes", _("In the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Narrow the rows."""
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(deleted_at__isnull=self.value() == "no")
