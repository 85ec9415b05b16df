"""The side panel: create and edit a contact. The same form is a page of its own without script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.forms import ContactForm
from contacts.merging import Merged
from contacts.models import Conflict, Contact, Kind
from contacts.models.photos import set_photo
from tesoro.access import Request, member
from tesoro.answers import form_page
from tesoro.tenancy import fetch


@member
def create(request: Request) -> HttpResponse:
    """Create a contact; with "Create another" an empty form follows."""
    contact = Contact(account=request.account, kind=Kind.CONTACT)
    form = ContactForm(request.POST or None, request.FILES or None, instance=contact, user=request.user)
    if request.method == "POST" and form.is_valid() and _stored(form, request.user):
        messages.success(request, _("%(name)s created") % {"name": contact.full_name})
        if request.POST.get("another") == "1":
            return redirect("contacts:create")
        return _done(request, contact.get_absolute_url())
    return _panel(request, form)


def _stored(form: ContactForm, user: Any) -> bool:
    try:
        with transaction.atomic():
            form.instance.add(by=user, tags=form.cleaned_data["tags"])
            set_photo(form.instance, form.cleaned_data["photo"], by=user)
    except ValidationError as error:
        form.add_errors(error)
        return False
    return True


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a contact, or show what a colleague saved meanwhile beside what was typed."""
    contact = fetch(Contact.with_trash.contacts(), request, pk=pk)
    if contact.in_trash and request.method != "POST":
        return redirect(contact)
    data = _with_my_choice(request.POST) if request.method == "POST" else None
    form = ContactForm(data, request.FILES or None, instance=contact, user=request.user)
    merged = None
    if data is not None and contact.in_trash:
        form.add_error(None, _("This contact was moved to the trash meanwhile. Restore it there, then save again."))
    if data is not None and form.is_valid():
        try:
            _revise(form, request.user)
            messages.success(request, _("%(name)s updated") % {"name": contact.full_name})
            return _done(request, contact.get_absolute_url())
        except Conflict as conflict:
            merged = Merged(form, conflict)
        except ValidationError as error:
            form.add_errors(error)
    return _panel(request, merged.form if merged else form, merged=merged)


def _revise(form: ContactForm, user: Any) -> None:
    with transaction.atomic():
        form.instance.revise(by=user, version=form.cleaned_data["version"] or 0, tags=form.cleaned_data["tags"])
        set_photo(form.instance, form.cleaned_data["photo"], by=user)


def _with_my_choice(data: QueryDict) -> QueryDict:
    """Return the form's data; with "Overwrite with mine", what was typed before the merge stands in it again."""
    if not data.get("mine"):
        return data
    chosen: Any = data.copy()
    for name in [name for name in data if name.startswith("typed-")]:
        chosen[name.removeprefix("typed-")] = data[name]
    return chosen


def _panel(request: Request, form: ContactForm, merged: Merged | None = None) -> HttpResponse:
    person = form.instance
    known = person.pk is not None
    context = {
        "form": form,
        "merged": merged,
        "heading": _("Edit contact") if known else _("New contact"),
        "submit_label": _("Update") if known else _("Submit"),
        "cancel_url": person.get_absolute_url() if known else reverse("contacts:list"),
        "action": request.path,
    }
    return form_page(request, "contacts/panel.html", context)


def _done(request: Request, url: str) -> HttpResponse:
    if not request.htmx:
        return redirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url})
