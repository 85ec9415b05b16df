"""The side panel: create and edit a record. The same form is a page of its own without script."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from contacts.merging import Merged
from contacts.models import Conflict
from contacts.models.photos import set_photo
from contacts.panels import Panel, panels
from contacts.within import carried
from tesoro.access import Request, member
from tesoro.answers import form_page
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@member
def create(request: Request, section: str) -> HttpResponse:
    """Create a record of the section; with "Create another" an empty form follows."""
    panel = panels[section]
    record = panel.new(request.account)
    initial = panel.proposed(request)
    form = panel.form(request.POST or None, request.FILES or None, instance=record, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid() and _stored(form, request.user):
        toast(request, _("%(name)s created") % {"name": record}, cheer=panel.cheers(form))
        if request.POST.get("another") == "1":
            return redirect(request.get_full_path())
        return _done(request, record.get_absolute_url())
    return _panel(request, panel, form)


def _stored(form: Any, user: Any) -> bool:
    try:
        with transaction.atomic():
            form.add(by=user)
            set_photo(form.instance, form.cleaned_data.get("photo"), by=user)
    except ValidationError as error:
        # What was stored before the refusal is rolled back: the record is still a new one.
        form.instance.pk, form.instance._state.adding = None, True
        form.add_errors(error)
        return False
    return True


@member
def edit(request: Request, pk: int, section: str) -> HttpResponse:
    """Change a record, or show what a colleague saved meanwhile beside what was typed."""
    panel = panels[section]
    record = fetch(panel.model.with_trash, request, pk=pk)
    lost = record.in_trash or not panel.holds(record)
    if lost and request.method != "POST":
        return redirect(record)
    data = _with_my_choice(request.POST) if request.method == "POST" else None
    form = panel.form(data, request.FILES or None, instance=record, user=request.user)
    merged = None
    if data is not None and lost:
        form.add_error(None, _lost(record))
    if data is not None and form.is_valid():
        try:
            _revise(form, request.user)
            toast(request, _("%(name)s updated") % {"name": record}, cheer=panel.cheers(form))
            return _done(request, record.get_absolute_url() + carried(request))
        except Conflict as conflict:
            if not panel.holds(conflict.current):
                form.add_error(None, _lost(conflict.current))
            else:
                merged = Merged(form, conflict)
        except ValidationError as error:
            form.add_errors(error)
    return _panel(request, panel, merged.form if merged else form, merged=merged)


def _lost(record: Any) -> str:
    """Return why what was typed cannot be saved here any more."""
    if record.in_trash:
        return _("This record has been moved to the trash in the meantime. Restore it there, then save again.")
    name = {"name": record, "section": record.section}
    return _("%(name)s has moved to %(section)s in the meantime. Open the record there to change it.") % name


def _revise(form: Any, user: Any) -> None:
    with transaction.atomic():
        form.instance.revise(by=user, version=form.cleaned_data["version"] or 0, tags=form.cleaned_data["tags"])
        set_photo(form.instance, form.cleaned_data.get("photo"), by=user)


def _with_my_choice(data: QueryDict) -> QueryDict:
    """Return the form's data; with "Overwrite with mine", what was typed before the merge stands in it again."""
    if not data.get("mine"):
        return data
    chosen: Any = data.copy()
    for name in [name for name in data if name.startswith("typed-")]:
        chosen.setlist(name.removeprefix("typed-"), data.getlist(name))
    return chosen


def _panel(request: Request, panel: Panel, form: Any, merged: Merged | None = None) -> HttpResponse:
    record = form.instance
    known = record.pk is not None
    context = {
        "form": form,
        "merged": merged,
        "heading": panel.edit_heading if known else panel.new_heading,
        "submit_label": _("Update") if known else _("Submit"),
        "cancel_url": record.get_absolute_url() + carried(request) if known else panel.list_url,
        "action": request.path,
    }
    return form_page(request, panel.template, context)


def _done(request: Request, url: str) -> HttpResponse:
    if not request.htmx:
        return redirect(url)
    return HttpResponse(status=204, headers={"HX-Redirect": url})
