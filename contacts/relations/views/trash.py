"""Moving a company to the trash."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts.relations.models import Relation
from tesoro.access import Request, member
from tesoro.tenancy import fetch
from tesoro.toasts import toast


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Move one company to the trash; the toast offers Undo. Its people stay as they are."""
    relation = fetch(Relation, request, pk=pk)
    moment = relation.trash(by=request.user)
    text = _("%(name)s moved to the trash") % {"name": relation}
    undo = {"moment": moment.isoformat(), "bin": "relations", "next": relation.get_absolute_url()}
    toast(request, text, undo_url=reverse("trash:restoration"), undo_data=undo)
    return redirect("relations:list")
