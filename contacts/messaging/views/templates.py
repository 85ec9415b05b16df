"""Settings: the office's WhatsApp templates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.messaging.forms import TemplateForm
from contacts.messaging.models import Template
from tesoro.access import Request, admin_only
from tesoro.answers import close_form, form_page
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@require_safe
@admin_only
def templates(request: Request) -> HttpResponse:
    """List the templates."""
    found = Template.objects.for_account(request.account).by_title()
    return render(request, "messaging/templates.html", {"templates": found})


@admin_only
def create(request: Request) -> HttpResponse:
    """Write a template down."""
    return _form(request, Template(account=request.account), _("New template"), _("Template saved"))


@admin_only
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a template. Messages made from it keep their text."""
    return _form(request, fetch(Template, request, pk=pk), _("Edit template"), _("Template saved"))


def _form(request: Request, template: Template, heading: str, told: str) -> HttpResponse:
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, told)
        return close_form(request, "messaging:templates")
    context = {
        "form": form,
        "heading": heading,
        "submit_label": _("Save"),
        "cancel_url": reverse("messaging:templates"),
    }
    return form_page(request, "messaging/template.html", context)


@require_POST
@admin_only
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a template; the toast offers Undo."""
    template = fetch(Template, request, pk=pk)
    template.put_away(by=request.user)
    toast(request, _("Template deleted"), undo_url=reverse("messaging:template-restoration", args=[pk]))
    return redirect("messaging:templates")


@require_POST
@admin_only
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a template out of the trash again."""
    template = fetch(Template.with_trash.trashed(), request, pk=pk)
    template.take_back()
    messages.success(request, _("Template restored"))
    return redirect("messaging:templates")
