"""Moving a deal to the trash."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from deals.models import Deal
from tesoro.access import Request, member
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Move one deal to the trash; the toast offers Undo. Its contacts stay as they are."""
    deal = fetch(Deal, request, pk=pk)
    moment = deal.trash(by=request.user)
    text = _("%(name)s moved to the trash") % {"name": deal}
    undo = {"moment": moment.isoformat(), "bin": "deals", "next": deal.get_absolute_url()}
    toast(request, text, undo_url=reverse("trash:restoration"), undo_data=undo)
    return redirect("deals:list")
