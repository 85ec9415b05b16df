"""Who belongs to a company: a tab with its people, linking them and letting them go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.models import Person
from contacts.relations.forms import LinkForm
from contacts.relations.linking import link, unlink
from contacts.relations.record import RelationRecord
from contacts.relations.views.detail import of_relation
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.keyset import Sort
from tesoro.tenancy import fetch
from tesoro.toasts import toast

BY_NAME = Sort("name", "name_key")
PAGE = 50


@member
@of_relation("contacts")
def people(request: Request, record: RelationRecord) -> HttpResponse:
    """Show the people of a company; a POST links some to it."""
    form = LinkForm(request.POST or None, account=request.account)
    if request.method == "POST" and form.is_valid() and _linked(request, record, form):
        return redirect(record.url)
    if request.htmx and "after" in request.GET:
        return render(request, "relations/_people.html", {**record.context, **_page(request, record)})
    context = {**record.context, "form": form, **_page(request, record)}
    return render(request, "relations/contacts.html", context, status=422 if form.errors else 200)


def _linked(request: Request, record: RelationRecord, form: LinkForm) -> bool:
    chosen = form.cleaned_data["people"]
    try:
        count = link(record.subject, chosen, by=request.user)
    except ValidationError as error:
        form.add_error("people", error.messages[0])
        return False
    if count == 0:
        messages.info(request, _("They belong to %(name)s already") % {"name": record.subject})
    elif len(chosen) == 1:
        messages.success(request, _("%(name)s linked") % {"name": chosen[0].full_name})
    else:
        messages.success(request, ngettext("%(n)d contact linked", "%(n)d contacts linked", count) % {"n": count})
    return True


@require_POST
@member
@of_relation("contacts")
def let_go(request: Request, record: RelationRecord, person: int) -> HttpResponse:
    """Take somebody's link to the company away; the toast offers Undo, which links them again."""
    found = fetch(Person, request, pk=person)
    if unlink(record.subject, found, by=request.user):
        text = _("%(name)s no longer belongs to %(company)s") % {"name": found.full_name, "company": record.subject}
        undo = reverse("relations:contacts", args=[record.subject.pk])
        toast(request, text, undo_url=undo, undo_data={"people": found.email})
    else:
        messages.info(request, _("%(name)s was not linked any more") % {"name": found.full_name})
    return redirect(record.url)


def _page(request: Request, record: RelationRecord) -> dict[str, Any]:
    """Return a page of the people, by name."""
    rows = Person.objects.filter(relation=record.subject).with_agent()
    after = request.GET.get("after", "")
    page = keyset.page(rows, BY_NAME, PAGE, after=after, scope=f"relation-{record.subject.pk}")
    return {"people": page.rows, "after": page.next}
