"""The pipeline in Django admin. The person behind a lead has a page of their own there."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contacts.criteria.models import CRITERIA
from leads.models import Lead
from tesoro.support.admins import OfficeAdmin, actor
from tesoro.support.filters import AccountFilter
from tesoro.support.forms import SupportForm


class LeadForm(SupportForm):
    """What is known of a prospect. Its status moves in the product, where a conversion can follow."""

    class Meta:
        model = Lead
        fields = ["type", "stage", "source", "portal", *CRITERIA, "timing"]


@admin.register(Lead)
class LeadAdmin(OfficeAdmin):
    """The place of people in the pipeline; of those who are contacts by now, where they stood."""

    form = LeadForm
    list_display = ["person", "type", "status", "stage", "source", "portal", "account", "status_since"]
    list_filter = [AccountFilter, "status", "stage", "type", "source", "portal"]
    list_select_related = ["person", "account"]
    search_fields = ["person__search_text"]
    ordering = ["-pk"]
    readonly_fields = ["person", "status", "reason", "status_since", "converted_at"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["person", "type", "status", "reason", "stage", "source", "portal", "timing"]}),
        (_("Criteria"), {"fields": CRITERIA}),
        (_("History"), {"fields": ["status_since", "converted_at"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a lead is made with its person."""
        return False

    def save_model(self, request: HttpRequest, obj: Lead, form: Any, change: bool) -> None:
        """Store by the person's own command, with its event; of a contact, what was noted before."""
        person = obj.person
        if person.is_contact:
            obj.save()
            return
        person.lead = obj
        person.revise(by=actor(request, obj.account_id), version=person.version, only=form.changed_data)
