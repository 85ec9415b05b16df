"""The pipeline in Django admin. The person behind a lead has a page of their own there."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contacts.criteria.models import CRITERIA
from contacts.models import Person
from leads.models import Lead
from tesoro.support.admins import OfficeAdmin, actor
from tesoro.support.filters import AccountFilter
from tesoro.support.forms import SupportForm

EDITABLE = ["type", "stage", "source", "portal", *CRITERIA, "timing"]


class LeadSupportForm(SupportForm):
    """What is known of a prospect. Its status moves in the product, where a conversion can follow."""

    def clean(self) -> dict[str, Any]:
        """Refuse what was saved by somebody else meanwhile: whoever saves a lead holds its person."""
        Person.with_trash.select_for_update().get(pk=self.instance.pk)
        return super().clean()

    class Meta:
        model = Lead
        fields = EDITABLE


@admin.register(Lead)
class LeadAdmin(OfficeAdmin):
    """The place of people in the pipeline; of those who are contacts by now, where they stood."""

    form = LeadSupportForm
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
            obj.save(update_fields=EDITABLE)
        elif form.changed_data:
            person.lead = obj
            version = form.cleaned_data["seen_version"]
            person.revise(by=actor(request, obj.account_id), version=version, only=form.changed_data)
