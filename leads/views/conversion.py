"""Converting a lead into a contact, and reverting a contact to a lead."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from contacts.hindrances import why_not_revert
from contacts.models import Person
from contacts.sections import sections
from contacts.selection import Selection
from contacts.views.bulk import Done, tell_undoable
from contacts.within import carried
from leads import converting
from leads.forms import ConversionForm, ManyConversionForm
from leads.models import Lead, Source, Stage, Status
from leads.pipeline import Gone
from tesoro.access import Request, member
from tesoro.answers import form_page
from tesoro.posted import back
from tesoro.tenancy import fetch

# All are one transaction that others wait for.
MOST_AT_ONCE = 1_000


@member
def convert(request: Request, pk: int) -> HttpResponse:
    """Ask for the role, and whether a deal is to be made; a lead that is not Qualified is asked about first."""
    person = fetch(Person.objects.select_related("lead", "account", "assigned_to"), request, pk=pk)
    if person.is_contact:
        messages.info(request, _("%(name)s is already a contact.") % {"name": person.full_name})
        return _to(request, person)
    initial = {"role": converting.proposed_role(person.lead)}
    form = ConversionForm(request.POST or None, initial=initial, lead=person.lead)
    if request.method == "POST" and form.is_valid() and (contact := _converted(form, person, request.user)):
        messages.success(request, _("%(name)s is a contact now") % {"name": person.full_name})
        return _to(request, contact)
    context = {
        "form": form,
        "person": person,
        "early": person.lead.status != Status.QUALIFIED,
        "heading": _("Convert to contact"),
        "submit_label": _("Convert"),
        "cancel_url": person.get_absolute_url() + carried(request),
    }
    return form_page(request, "leads/conversion.html", context)


def _converted(form: ConversionForm, person: Any, user: Any) -> Person | None:
    data = form.cleaned_data
    try:
        return converting.convert(person, data["role"], by=user, also=form.answers())
    except ValidationError as error:
        form.add_error(None, error)
    except Gone:
        form.add_error(None, _("Somebody has converted or deleted this lead in the meantime."))
    return None


@require_POST
@member
def convert_many(request: Request) -> HttpResponse:
    """Convert the selected leads, after a question that says how many there are and how many are not Qualified.

    Asked again when there are more or fewer by now than the question said.
    """
    section = sections["leads"]
    selection = Selection(request, section)
    ids = list(selection.records.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    there = back(request, section.url("list"))
    if refused := _refused_number(len(ids), section):
        messages.error(request, refused)
        return there
    form = ManyConversionForm(request.POST if "sure" in request.POST else None, initial={"counted": len(ids)})
    people = Person.objects.for_account(request.account).filter(pk__in=ids)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["counted"] == str(len(ids)):
            return _many_converted(request, people, form.cleaned_data["role"], there)
        form = ManyConversionForm(initial={"counted": len(ids), "role": form.cleaned_data["role"]})
    context = {
        "form": form,
        "count": len(ids),
        "recounted": "sure" in request.POST and not form.is_bound,
        "early": people.exclude(lead__status=Status.QUALIFIED).count(),
        "selection": selection,
        "next": there.url,
        "heading": _("Convert to contacts"),
        "submit_label": _("Convert"),
        "cancel_url": there.url,
    }
    return form_page(request, "leads/conversion_of_many.html", context, refused="sure" in request.POST)


def _refused_number(count: int, section: Any) -> str:
    """Return why so many are not converted at once, "" when they are."""
    if not count:
        return str(section.words.nobody_selected)
    if count > MOST_AT_ONCE:
        most = number_format(MOST_AT_ONCE, force_grouping=True, use_l10n=True)
        return _("Convert at most %(n)s leads at once. Narrow the list first.") % {"n": most}
    return ""


def _many_converted(request: Request, people: Any, role: str, there: HttpResponse) -> HttpResponse:
    converted, at = converting.convert_many(people, role, by=request.user)
    text = ngettext("%(n)d lead is a contact now", "%(n)d leads are contacts now", converted) % {"n": converted}
    tell_undoable(request, sections["leads"], Done("converted", converted, at), text)
    return there


@member
def revert(request: Request, pk: int) -> HttpResponse:
    """Say what will happen, or why it cannot; sent, the contact is a lead again."""
    person = fetch(Person.objects.select_related("account"), request, pk=pk)
    if not person.is_contact:
        messages.info(request, _("%(name)s is already a lead.") % {"name": person.full_name})
        return _to(request, person)
    refused = why_not_revert(person)
    if request.method == "POST" and not refused:
        try:
            lead = converting.revert(person, by=request.user)
            messages.success(request, _("%(name)s is a lead again") % {"name": person.full_name})
            return _to(request, lead)
        except ValidationError as error:
            refused = " ".join(error.messages)
        except Gone as gone:
            return _to(request, gone.person)
    known = Lead.objects.filter(pk=person.pk).first() or Lead(source=Source.BY_PERSON, stage=Stage.HOT)
    context = {
        "person": person,
        "lead": known,
        "refused": refused,
        "heading": _("Revert to lead"),
        "submit_label": _("Revert to lead"),
        "cancel_url": person.get_absolute_url() + carried(request),
    }
    return form_page(request, "leads/reversion.html", context)


def _to(request: Request, person: Any) -> HttpResponse:
    """Lead to the person's page, in the section they are in."""
    if not request.htmx:
        return redirect(person)
    return HttpResponse(status=204, headers={"HX-Redirect": person.get_absolute_url()})
