"""Two people side by side, and the merge."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.duplicates.deciding import Comparison
from contacts.duplicates.fetching import fetch_pair
from contacts.duplicates.forms import MergeForm
from contacts.duplicates.merging import Gone, Stale, merge
from contacts.duplicates.models import Merge
from contacts.duplicates.summary import Side
from contacts.models import Person
from contacts.models.companions import companions
from tesoro.access import Request, admin_only
from tesoro.toasts import toast


@admin_only
def compare(request: Request, one: int, two: int) -> HttpResponse:
    """Show two people side by side; a POST merges them, unless a colleague saved one of them meanwhile."""
    people = _pair(request, one, two)
    if gone := next((person for person in people if person.in_trash), None):
        return _told_gone(request, gone)
    form = MergeForm(Comparison(*people), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        done = merge(form.kept, form.gone, picks=form.picks, versions=form.versions, by=request.user)
    except Gone as gone_meanwhile:
        return _told_gone(request, gone_meanwhile.person)
    except Stale as stale:
        return _again(request, one, two, stale=stale)
    except ValidationError as error:
        return _again(request, one, two, error=error)
    text = _("%(gone)s merged into %(kept)s") % {"gone": done.gone_name, "kept": done.kept_name}
    toast(request, text, undo_url=reverse("duplicates:undo", args=[done.pk]))
    return redirect(form.kept.get_absolute_url())


def _pair(request: Request, one: int, two: int) -> tuple[Any, Any]:
    """Return both people with all that is shown of them."""
    beside = ["account", "assigned_to", "relation", *(companion.name for companion in companions)]
    return fetch_pair(Person.with_trash.select_related(*beside), request, one, two)


def _again(
    request: Request, one: int, two: int, stale: Stale | None = None, error: ValidationError | None = None
) -> HttpResponse:
    """Show the form again as both stand now, with what was picked, and what was wrong or has changed."""
    form = MergeForm(Comparison(*_pair(request, one, two)), request.POST)
    form.is_valid()
    if error:
        form.take_errors(error)
    return _page(request, form, conflicts=stale.conflicts if stale else [])


def _page(request: Request, form: MergeForm, conflicts: Any = ()) -> HttpResponse:
    sides = [Side(person, letter) for person, letter in zip(form.comparison.people, "AB", strict=True)]
    context = {"form": form, "sides": sides, "conflicts": conflicts, "section": "contacts"}
    return render(request, "duplicates/compare.html", context, status=422 if form.errors or conflicts else 200)


def _told_gone(request: Request, person: Person) -> HttpResponse:
    """Say where somebody went whom one wanted to merge, and lead there."""
    done = Merge.objects.standing().select_related("kept", "by").filter(gone=person).first()
    if done is None:
        messages.error(request, _("%(name)s is in the trash.") % {"name": person.full_name})
        return redirect("duplicates:list")
    words = {"name": person.full_name, "kept": done.kept_name, "by": done.by.get_full_name() if done.by else "Tesoro"}
    messages.error(request, _("%(by)s has already merged %(name)s into %(kept)s. Nothing was changed.") % words)
    return redirect("duplicates:merge", done.pk)
