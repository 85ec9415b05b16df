"""Who belongs to a company: a tab with its people, linking them and letting them go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.models import Person
from contacts.relations.forms import LinkForm
from contacts.relations.linking import company_of, link, unlink
from contacts.relations.record import RelationRecord
from contacts.relations.views.detail import of_relation
from tesoro import keyset
from tesoro.access import Request, member
from tesoro.keyset import Sort
from tesoro.tenancy import fetch
from tesoro.toasts import toast

BY_NAME = Sort("name", "name_key")
PAGE = 50
MOST_NAMED = 3


@member
@of_relation("contacts")
def people(request: Request, record: RelationRecord) -> HttpResponse:
    """Show the people of a company; a POST links some to it."""
    form = LinkForm(request.POST or None, relation=record.subject)
    if request.method == "POST" and form.is_valid() and _linked(request, record, form):
        return redirect(record.url)
    if request.htmx and "after" in request.GET:
        return render(request, "relations/_people.html", {**record.context, **_page(request, record)})
    context = {**record.context, "form": form, **_page(request, record)}
    return render(request, "relations/contacts.html", context, status=422 if form.errors else 200)


def _linked(request: Request, record: RelationRecord, form: LinkForm) -> bool:
    chosen = form.cleaned_data["people"]
    left = _left_for(record.subject, chosen)
    try:
        count = link(record.subject, chosen, by=request.user)
    except ValidationError as error:
        form.add_error("people", error.messages[0])
        return False
    if count == 0:
        messages.info(request, _("They already belong to %(name)s") % {"name": record.subject})
    elif len(chosen) == 1:
        messages.success(request, " ".join([_("%(name)s linked") % {"name": chosen[0].full_name}, *left]))
    else:
        text = ngettext("%(n)d contact linked", "%(n)d contacts linked", count) % {"n": count}
        messages.success(request, " ".join([text, *left]))
    return True


def _left_for(relation: Any, chosen: list[Any]) -> list[str]:
    """Return what is to be said of people who leave another company for this one, nothing where nobody does.

    A company in the trash is none that anybody could leave.
    """
    prefetch_related_objects(chosen, "relation")
    leaving = [person for person in chosen if company_of(person) and person.relation_id != relation.pk]
    told = [f"{person.full_name} ({person.relation.name})" for person in leaving[:MOST_NAMED]]
    if not told:
        return []
    if len(chosen) == 1:
        return [_("(no longer at %(company)s)") % {"company": leaving[0].relation.name}]
    if more := len(leaving) - len(told):
        told.append(ngettext("%(n)d other", "%(n)d others", more) % {"n": more})
    return [_("(no longer where they were: %(people)s)") % {"people": ", ".join(told)}]


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
        messages.info(request, _("%(name)s was no longer linked") % {"name": found.full_name})
    return redirect(record.url)


def _page(request: Request, record: RelationRecord) -> dict[str, Any]:
    """Return a page of the people, by name."""
    rows = Person.objects.filter(relation=record.subject).with_agent()
    after = request.GET.get("after", "")
    page = keyset.page(rows, BY_NAME, PAGE, after=after, scope=f"relation-{record.subject.pk}")
    return {"people": page.rows, "after": page.next}
