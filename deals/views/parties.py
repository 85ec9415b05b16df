"""Who takes part in a deal: a tab with its contacts, adding them, another role, taking them off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from deals.forms import JoinForm, RoleForm
from deals.models import Party
from deals.parties import change_role, client_role, join, leave
from deals.record import DealRecord
from deals.views.detail import of_deal
from tesoro.access import Request, member
from tesoro.tenancy import fetch


@member
@of_deal("contacts")
def parties(request: Request, record: DealRecord) -> HttpResponse:
    """Show who takes part; a POST adds some."""
    initial = {"role": "" if record.parties else client_role(record.subject.type)}
    form = JoinForm(request.POST or None, account=request.account, initial=initial)
    if request.method == "POST" and form.is_valid() and _joined(request, record, form):
        return redirect(record.url)
    context = {**record.context, "form": form, "role_form": RoleForm()}
    return render(request, "deals/contacts.html", context, status=422 if form.errors else 200)


def _joined(request: Request, record: DealRecord, form: JoinForm) -> bool:
    data = form.cleaned_data
    try:
        count = join(record.subject, data["people"], data["role"], by=request.user)
    except ValidationError as error:
        form.add_error("people", error.messages[0])
        return False
    if count == 0:
        messages.info(request, _("They take part already"))
    else:
        text = ngettext("%(n)d contact added to the deal", "%(n)d contacts added to the deal", count)
        messages.success(request, text % {"n": count})
    return True


@require_POST
@member
@of_deal("contacts")
def role(request: Request, record: DealRecord, party: int) -> HttpResponse:
    """Give one who takes part another role."""
    found = fetch(Party.objects.select_related("deal", "person"), request, pk=party, deal=record.subject)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("There is no such role."))
        return redirect(record.url)
    try:
        if change_role(found, form.cleaned_data["role"], by=request.user):
            found.refresh_from_db(fields=["role"])
            told = {"name": found.person.full_name, "role": found.role_label}
            messages.success(request, _("%(name)s: %(role)s") % told)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(record.url)


@require_POST
@member
@of_deal("contacts")
def departure(request: Request, record: DealRecord, party: int) -> HttpResponse:
    """Take somebody off a deal; the last client stays."""
    found = fetch(Party.objects.select_related("deal", "person"), request, pk=party, deal=record.subject)
    try:
        leave(found, by=request.user)
        messages.success(request, _("%(name)s taken off the deal") % {"name": found.person.full_name})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(record.url)
