"""The trash: what was deleted, back again or away for good."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from contacts.models import Person
from contacts.trashed import Bin, Kind, kind_named
from tesoro.access import Request, admin_only, member
from tesoro.posted import back, keys, moment
from tesoro.tenancy import fetch
from tesoro.text import digits
from tesoro.toasts import toast

MOST_NAMED = 20


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Move one person to the trash; the toast offers Undo."""
    person = fetch(Person, request, pk=pk)
    moment = person.trash(by=request.user)
    text = _("%(name)s moved to the trash") % {"name": person.full_name}
    undo = {"moment": moment.isoformat(), "next": person.get_absolute_url()}
    toast(request, text, undo_url=reverse("trash:restoration"), undo_data=undo)
    return redirect(f"{person.namespace}:list")


@require_safe
@member
def contents(request: Request) -> HttpResponse:
    """Show what lies in the trash, newest first."""
    return render(request, "trash/list.html", {"bin": Bin(request)})


def _chosen(request: Request, kind: Kind) -> Any:
    """Return the trashed records a form means: one, those of one deletion, the ticked ones, or all that were found."""
    records = kind.everything(request.account)
    if given := request.POST.get("moment", ""):
        return records.filter(deleted_at=moment(given), deleted_by=request.user) if moment(given) else records.none()
    if request.POST.get("all") == "1":
        return Bin(request, request.POST.get("q", ""), kind).records
    ids = request.POST.getlist("one") or request.POST.getlist("id")
    return records.filter(pk__in=keys(ids))


@require_POST
@member
def restore(request: Request) -> HttpResponse:
    """Take records out of the trash; those that something stands in the way of stay, and the trash names them."""
    kind = kind_named(request.POST.get("bin", ""))
    restored, refused = kind.restore(_chosen(request, kind), by=request.user)
    if restored:
        text = ngettext("%(n)d record restored", "%(n)d records restored", restored)
        messages.success(request, text % {"n": restored})
    if refused:
        text = ngettext("%(n)d record stays in the trash", "%(n)d records stay in the trash", len(refused))
        messages.error(request, text % {"n": len(refused)})
        named = {"bin": kind.key, "refused": ",".join(map(str, refused[:MOST_NAMED]))}
        return redirect(f"{reverse('trash:list')}?{urlencode(named)}")
    if not restored:
        messages.error(request, _("Nothing was selected."))
    return back(request, "trash:list")


@require_POST
@admin_only
def purge(request: Request) -> HttpResponse:
    """Delete records for good, after their number was typed; without the right number, ask for it."""
    kind = kind_named(request.POST.get("bin", ""))
    records = _chosen(request, kind)
    count = records.count()
    if count == 0:
        messages.error(request, _("Nothing was selected."))
        return redirect("trash:list")
    typed = request.POST.get("typed")
    if typed is None or digits(typed) != str(count):
        return _ask(request, kind, records, count)
    purged = kind.purge(records)
    text = ngettext("%(n)d record deleted for good", "%(n)d records deleted for good", purged)
    messages.success(request, text % {"n": purged})
    return redirect("trash:list")


def _ask(request: Request, kind: Kind, records: Any, count: int) -> HttpResponse:
    """Show what would go, and ask for the number; what was typed wrongly is told beside the field."""
    typed = request.POST.get("typed")
    some = records.order_by("-deleted_at", "-pk")[:MOST_NAMED]
    context = {
        "count": count,
        "some": [kind.row(record) for record in some],
        "more": max(count - MOST_NAMED, 0),
        "typed": typed or "",
        "wrong": bool(typed),
        "bin": kind.key,
        "ids": request.POST.getlist("one") or request.POST.getlist("id"),
        "all": request.POST.get("all", ""),
        "q": request.POST.get("q", ""),
    }
    return render(request, "trash/purge.html", context, status=422 if typed else 200)
