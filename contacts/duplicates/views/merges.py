"""What was merged: the list, one merge, and its undoing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from contacts.duplicates.models import Merge
from contacts.duplicates.undoing import undo as undo_merge
from contacts.duplicates.undoing import why_not
from contacts.models import Person
from tesoro import keyset
from tesoro.access import Request, admin_only
from tesoro.keyset import Sort
from tesoro.tenancy import fetch

PAGE = 25


@admin_only
@require_safe
def merges(request: Request) -> HttpResponse:
    """List what was merged, newest first."""
    rows = Merge.objects.for_account(request.account).for_list()
    place = {edge: request.GET.get(edge, "") for edge in ("after", "before")}
    page = keyset.page(rows, Sort("-at", "at"), PAGE, **place)
    return render(request, "duplicates/merges.html", {"page": page, "section": "contacts"})


@admin_only
@require_safe
def merge(request: Request, pk: int) -> HttpResponse:
    """Show who went into whom, what changed, and whether it can be undone."""
    return _page(request, _fetched(request, pk))


@admin_only
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Part the two again; a refusal is told on the page of the merge, with the way to what stands in the way."""
    found = _fetched(request, pk)
    try:
        left = undo_merge(found, by=request.user)
    except ValidationError as error:
        return _page(request, _fetched(request, pk), refusal=error)
    words = {"gone": found.gone_name, "kept": found.kept_name}
    messages.success(request, _("The merge was undone: %(gone)s and %(kept)s are separate records again") % words)
    if left:
        text = _("Changed since the merge and therefore left as is: %(names)s.")
        messages.warning(request, text % {"names": ", ".join(left)})
    return redirect("duplicates:merge", found.pk)


def _fetched(request: Request, pk: int) -> Merge:
    found: Merge = fetch(Merge.objects.select_related("kept", "gone", "by", "undone_by"), request, pk=pk)
    return found


def _page(request: Request, found: Merge, refusal: ValidationError | None = None) -> HttpResponse:
    """Show a merge; with ``refusal`` also why it was not undone, and who has the email that would come back."""
    context: dict[str, Any] = {"merge": found, "section": "contacts", "why_not": why_not(found)}
    if refusal is not None:
        context |= {"refusals": refusal.messages, "holder": _holder(found) if hasattr(refusal, "error_dict") else None}
    return render(request, "duplicates/merge.html", context, status=422 if refusal else 200)


def _holder(found: Merge) -> Person | None:
    """Return the record that uses an email one of the two had before the merge."""
    before = found.fields.get("", {}).get("email", [""])[0]
    people = Person.objects.for_account(found.account_id).exclude(pk=found.kept_id)
    emails = [email for email in (before, found.gone.email if found.gone else "") if email]
    return next((holder for email in emails if (holder := people.with_email(email).first())), None)
