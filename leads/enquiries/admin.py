"""Enquiries in Django admin: to look at, to put into the trash and take out again. No token is in any page."""

from django.contrib import admin

from contacts.timeline.admin import EntryAdmin
from leads.enquiries.models import ApiToken, Assignment, Enquiry, PublicForm, Turn
from tesoro.support.admins import ReadOnlyAdmin
from tesoro.support.filters import AccountFilter, TrashFilter


@admin.register(Enquiry)
class EnquiryAdmin(EntryAdmin):
    """What was asked. Nobody changes it afterwards."""

    list_display = ["created_at", "person", "name", "source", "portal", "made_lead", "account", "trashed"]
    list_filter = [AccountFilter, TrashFilter, "source", "portal", "made_lead"]
    list_select_related = ["person", "account"]
    search_fields = ["name", "message", "reference"]
    date_hierarchy = "created_at"
    readonly_fields = [
        "person", "name", "phone", "wish", "message", "reference", "property_url", "page", "source", "portal",
        "consent", "consented_at", "made_lead", "uid", "created_at", "told_at", "mails_refused", "deleted_at",
        "deleted_by",
    ]  # fmt: skip
    fieldsets = [(None, {"fields": readonly_fields})]


@admin.register(PublicForm)
class PublicFormAdmin(ReadOnlyAdmin):
    """The public forms of offices."""

    list_display = ["heading", "account", "is_open", "key"]
    list_filter = [AccountFilter, "is_open"]
    list_select_related = ["account"]
    search_fields = ["heading", "key", "account__name"]
    ordering = ["-pk"]


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    """Who hands in enquiries for whom."""

    hidden = ("token_digest",)
    list_display = ["name", "account", "source", "portal", "used_at", "refused_at", "revoked_at"]
    list_filter = [AccountFilter, "source"]
    list_select_related = ["account"]
    search_fields = ["name", "account__name"]
    ordering = ["-pk"]


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    """Who gets new leads."""

    list_display = ["account", "mode", "agent", "count"]
    list_filter = [AccountFilter, "mode"]
    list_select_related = ["account", "agent"]
    search_fields = ["account__name", "agent__email"]
    ordering = ["-pk"]


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    """Who takes turns."""

    list_display = ["user", "account", "taken"]
    list_filter = [AccountFilter]
    list_select_related = ["account", "user"]
    search_fields = ["user__email", "account__name"]
    ordering = ["-pk"]
