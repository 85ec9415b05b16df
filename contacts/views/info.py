"""The tab Contact Info: every field in its group, each changed in its place, or without script on a page of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.forms import FIELD_FORMS
from contacts.info import IN_PANEL, Fact, groups_of, names_for
from contacts.models import Conflict, Person
from contacts.record import Record
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import form_page
from tesoro.tenancy import fetch


@require_safe
@member
@of_person
def info(request: Request, person: Person) -> HttpResponse:
    """Show every field, in groups."""
    record = Record(request, person, "info")
    context = {"record": record, "person": person, "groups": groups_of(record)}
    return render(request, "contacts/detail_info.html", context)


@member
@of_person
def field(request: Request, person: Person, field: str) -> HttpResponse:
    """Change one field; a value that a colleague gave it meanwhile is shown first, and never overwritten unasked."""
    if field not in names_for(person) or field in IN_PANEL:
        raise Http404
    fact = Fact(Record(request, person, "info"), field)
    form = _form(request, fact, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changes = form.save_one(by=request.user)
            return _saved(request, fact, bool(changes))
        except Conflict as conflict:
            return _asked(request, fact, conflict)
        except ValidationError as error:
            form.add_errors(error)
    return _shown(request, fact, form)


def _form(request: Request, fact: Fact, data: Any) -> Any:
    user: Any = request.user
    kind = FIELD_FORMS[fact.person.namespace]
    form = kind(fact.name, data, instance=fact.person, user=user, label=fact.label, auto_id="info-%s-value")
    if not request.htmx:
        form.fields[fact.name].widget.attrs["autofocus"] = True
    return form


def _shown(request: Request, fact: Fact, form: Any, **more: Any) -> HttpResponse:
    context = {
        "fact": fact,
        "form": form,
        "person": fact.person,
        "heading": f"{form.whose}: {fact.label}",
        "cancel_url": f"{fact.record.info_url}#info-{fact.name}",
        **more,
    }
    template = "contacts/_fact_form.html" if request.htmx else "contacts/info_field.html"
    return form_page(request, template, context)


def _asked(request: Request, fact: Fact, conflict: Conflict) -> HttpResponse:
    """Show what a colleague saved in the same field, with what was typed still in the control."""
    current: Person = conflict.current
    if current.in_trash:
        raise Http404
    data: Any = request.POST.copy()
    data["version"] = str(current.version)
    now = Fact(Record(request, current, "info"), fact.name)
    theirs = now.text  # before the form puts on the person what was typed
    return _shown(
        request, now, _form(request, now, data), conflict=conflict, theirs=theirs, submit_label=_("Save mine")
    )


def _saved(request: Request, fact: Fact, changed: bool) -> HttpResponse:
    """Answer with the field as it stands now, and with all that shows it elsewhere on the page."""
    if changed:
        messages.success(request, _("%(field)s saved") % {"field": fact.label})
    if not request.htmx:
        return redirect(f"{fact.record.info_url}#info-{fact.name}")
    people = Person.objects.select_related("account", "assigned_to", "relation", "created_by")
    record = Record(request, fetch(people, request, pk=fact.person.pk), "info")
    context = {"record": record, "person": record.person, "fact": Fact(record, fact.name)}
    return render(request, "contacts/_fact_saved.html", context)
