"""Info: every field of a record, each changed where it stands. Without script a field is a page of its own."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Conflict, Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
from contacts.subjects.sheet import Fact, groups_of
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import form_page


@require_safe
@member
@of_person
def info(request: Request, person: Person) -> HttpResponse:
    """Show every field of a person, in groups."""
    return show_info(request, Record(request, person, "info"))


@member
@of_person
def field(request: Request, person: Person, field: str) -> HttpResponse:
    """Change one field of a person."""
    return change_one(request, Record(request, person, "info"), field)


def show_info(request: Request, record: SubjectPage) -> HttpResponse:
    """Show every field of a record, in groups."""
    return render(request, "record/info.html", {**record.context, "groups": groups_of(record)})


def change_one(request: Request, record: SubjectPage, name: str) -> HttpResponse:
    """Change one field; a value that a colleague gave it meanwhile is shown first, and never overwritten unasked."""
    if not record.sheet.changeable(record.subject, name):
        raise Http404
    fact = Fact(record, name)
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
    kind = fact.sheet.form(fact.subject)
    form = kind(fact.name, data, instance=fact.subject, user=user, label=fact.label, auto_id="info-%s-value")
    if not request.htmx:
        form.fields[fact.name].widget.attrs["autofocus"] = True
    return form


def _shown(request: Request, fact: Fact, form: Any, **more: Any) -> HttpResponse:
    context = {
        **fact.record.context,
        "fact": fact,
        "form": form,
        "heading": f"{form.whose}: {fact.label}",
        "cancel_url": f"{fact.record.info_url}#info-{fact.name}",
        **more,
    }
    template = "record/_fact_form.html" if request.htmx else "record/field.html"
    return form_page(request, template, context)


def _asked(request: Request, fact: Fact, conflict: Conflict) -> HttpResponse:
    """Show what a colleague saved in the same field, with what was typed still in the control."""
    current: Any = conflict.current
    if current.in_trash:
        raise Http404
    data: Any = request.POST.copy()
    data["version"] = str(current.version)
    now = _again(request, fact, current)
    theirs = now.text  # before the form puts on the record what was typed
    return _shown(
        request, now, _form(request, now, data), conflict=conflict, theirs=theirs, submit_label=_("Save mine")
    )


def _saved(request: Request, fact: Fact, changed: bool) -> HttpResponse:
    """Answer with the field as it stands now, and with all that shows it elsewhere on the page."""
    if changed:
        messages.success(request, _("%(field)s saved") % {"field": fact.label})
    if not request.htmx:
        return redirect(f"{fact.record.info_url}#info-{fact.name}")
    now = _again(request, fact, fact.record.reloaded())
    return render(request, now.record.saved_template, {**now.record.context, "fact": now})


def _again(request: Request, fact: Fact, subject: Any) -> Fact:
    """Return the same field of the subject as it stands now."""
    return Fact(type(fact.record)(request, subject, "info"), fact.name)
