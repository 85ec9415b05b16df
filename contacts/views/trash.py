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
from contacts.models.trashing import purge_people, restore_people
from contacts.trashed import Bin
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


def _chosen(request: Request) -> Any:
    """Return the trashed people a form means: one, those of one deletion, the ticked ones, or all that were found."""
    people = Person.with_trash.for_account(request.account).trashed()
    if given := request.POST.get("moment", ""):
        return people.filter(deleted_at=moment(given), deleted_by=request.user) if moment(given) else people.none()
    if request.POST.get("all") == "1":
        return Bin(request, request.POST.get("q", "")).people
    ids = request.POST.getlist("one") or request.POST.getlist("id")
    return people.filter(pk__in=keys(ids))


@require_POST
@member
def restore(request: Request) -> HttpResponse:
    """Take people out of the trash; those whose email is used by now stay, and the trash names them."""
    restored, refused = restore_people(_chosen(request), by=request.user)
    if restored:
        text = ngettext("%(n)d record restored", "%(n)d records restored", restored)
        messages.success(request, text % {"n": restored})
    if refused:
        text = ngettext("%(n)d record stays in the trash", "%(n)d records stay in the trash", len(refused))
        messages.error(request, text % {"n": len(refused)})
        return redirect(f"{reverse('trash:list')}?{urlencode({'refused': ','.join(map(str, refused[:MOST_NAMED]))})}")
    if not restored:
        messages.error(request, _("Nothing was selected."))
    return back(request, "trash:list")


@require_POST
@admin_only
def purge(request: Request) -> HttpResponse:
    """Delete people for good, after their number was typed; without the right number, ask for it."""
    people = _chosen(request)
    count = people.count()
    if count == 0:
        messages.error(request, _("Nothing was selected."))
        return redirect("trash:list")
    typed = request.POST.get("typed")
    if typed is None or digits(typed) != str(count):
        return _ask(request, people, count, typed)
    purged = purge_people(people)
    text = ngettext("%(n)d record deleted for good", "%(n)d records deleted for good", purged)
    messages.success(request, text % {"n": purged})
    return redirect("trash:list")


def _ask(request: Request, people: Any, count: int, typed: str | None) -> HttpResponse:
    """Show who would go, and ask for their number; what was typed wrongly is told beside the field."""
    context = {
        "count": count,
        "some": people.order_by("-deleted_at", "-pk")[:MOST_NAMED],
        "more": max(count - MOST_NAMED, 0),
        "typed": typed or "",
        "wrong": bool(typed),
        "ids": request.POST.getlist("one") or request.POST.getlist("id"),
        "all": request.POST.get("all", ""),
        "q": request.POST.get("q", ""),
    }
    return render(request, "trash/purge.html", context, status=422 if typed else 200)
